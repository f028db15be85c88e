"""Checks of the Regulation's dated numbers: which a city must have, may not have, and when."""

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from typing import Final

from chalicelib.cities.faults import Fault
from chalicelib.cities.files import CityFiles
from chalicelib.cities.sources import Table
from chalicelib.cities.tables import NumberTable, RegulationTable
from chalicelib.domain.city import Law, Unit

ALWAYS: Final = frozenset(
    {
        "term_emergency",
        "term_normal",
        "term_medium",
        "law_cap",
        "law_15_days",
        "law_month",
        "forward",
        "return_form",
        "return_data",
        "warning_first",
        "warning_second",
        "route_emergency",
        "route_other",
        "accept_emergency",
        "accept_other",
        "assign_emergency",
        "assign_other",
        "question_emergency",
        "question_other",
        "escalate_emergency",
        "escalate_other",
        "digest",
        "quiet_from",
        "quiet_until",
        "decide_request",
        "decide_request_emergency",
        "changes_of_executor_max",
        "contact_attempts",
        "keep_years",
        "block_short",
        "block_confirmed",
        "block_longest",
        "phone_warnings",
        "phone_warnings_count",
        "call_log_keep",
        "chronic_place",
        "quarantine_review",
        "quarantine_release",
    }
)
"""Numbers that rules ask of every city."""

ONLY: Final[Mapping[Law, frozenset[str]]] = {
    Law.K: frozenset(
        {
            "survey_attempts",
            "survey_silence",
            "survey_reminder",
            "survey_call_from",
            "survey_call_until",
            "survey_call_again",
            "plan_reminder",
            "dispute",
            "returns_to_coordinator",
            "quarantine_keep",
        }
    ),
    Law.KR: frozenset({"margin_emergency", "decide_extension", "extension_max"}),
}
"""Numbers that one regulation has (K-6.2; KR-2.12.3, KR-2.13) and the other may not have."""

_COUNTED_IN: Final[Mapping[str, Unit]] = {
    "term_emergency": Unit.HOUR,
    "term_normal": Unit.DAY,
    "term_medium": Unit.DAY,
    "margin_emergency": Unit.HOUR,
    "decide_extension": Unit.HOUR,
    "extension_max": Unit.WORKING_DAY,
    "warning_first": Unit.PERCENT,
    "warning_second": Unit.PERCENT,
    "keep_years": Unit.YEAR,
    "quarantine_keep": Unit.YEAR,
    "plan_reminder": Unit.YEAR,
    "survey_call_from": Unit.HOUR,
    "survey_call_until": Unit.HOUR,
    "survey_call_again": Unit.HOUR,
    "digest": Unit.HOUR,
    "quiet_from": Unit.HOUR,
    "quiet_until": Unit.HOUR,
    "block_short": Unit.HOUR,
    "block_confirmed": Unit.HOUR,
    "block_longest": Unit.HOUR,
    "phone_warnings": Unit.TIME,
    "phone_warnings_count": Unit.HOUR,
    "call_log_keep": Unit.DAY,
    "chronic_place": Unit.TIME,
    "recording_keep": Unit.DAY,
}

_Numbered = tuple[int, NumberTable]


def number_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield the faults of `regulation.toml` as a whole."""
    table = files.regulation
    if table.value is None:
        return
    law = table.value.regulation.law
    if files.city.value is not None and files.city.value.law is not law:
        yield table.fault(("regulation", "law"), f"city.toml says {files.city.value.law}")
    yield from _presence_faults(table, table.value, law)
    for index, row in enumerate(table.value.number):
        yield from _row_faults(table, index, row, law)
    yield from _dating_faults(table, table.value)


def _presence_faults(
    table: Table[RegulationTable], value: RegulationTable, law: Law
) -> Iterator[Fault]:
    first = min((row.since for row in value.number), default=None)
    from_the_start = {row.name for row in value.number if row.since == first}
    for name in sorted((ALWAYS | ONLY[law]) - from_the_start):
        yield table.fault(("number",), f"{name} is not in force from the first edition on")


def _row_faults(
    table: Table[RegulationTable], index: int, row: NumberTable, law: Law
) -> Iterator[Fault]:
    for other, names in ONLY.items():
        if other is not law and row.name in names:
            yield table.fault(("number", index, "name"), f"only {other} has {row.name}")
    if row.clause.split("-")[0] not in {law, "LAW"}:
        yield table.fault(("number", index, "clause"), f"{row.clause} is no clause of {law}")
    if _COUNTED_IN.get(row.name, row.unit) is not row.unit:
        unit = _COUNTED_IN[row.name]
        yield table.fault(("number", index, "unit"), f"{row.name} is counted in {unit}")
    if row.until is not None and row.until <= row.since:
        yield table.fault(("number", index, "until"), "the row ends before it begins")


def _dating_faults(table: Table[RegulationTable], value: RegulationTable) -> Iterator[Fault]:
    def by_name(item: _Numbered) -> tuple[str, str]:
        return item[1].name, item[1].since.isoformat()

    rows = sorted(enumerate(value.number), key=by_name)
    for name, same in groupby(rows, key=lambda item: item[1].name):
        for (_, earlier), (index, later) in pairwise(same):
            place = ("number", index, "since")
            until = earlier.until or later.since
            if earlier.since == later.since or until > later.since:
                yield table.fault(place, f"{name} overlaps the row since {earlier.since}")
            elif until < later.since:
                yield table.fault(place, f"{name} has a gap from {until}")
