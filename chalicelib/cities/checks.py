"""Checks of a city's rows against each other: topics, executors, people, accounts, streets."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from chalicelib.cities.faults import Fault
from chalicelib.cities.files import CityFiles
from chalicelib.cities.rows import PersonRow, Row, TopicRow
from chalicelib.cities.sources import Sheet
from chalicelib.domain.city import Bounds, Law

CENTRE_ROLES: Final = frozenset({"operator", "coordinator", "admin", "clerk", "signatory"})
"""People of the centre and of the committee: they belong to no executor."""

EXECUTOR_ROLES: Final = ("responsible", "deputy", "head", "next_head", "performer")
"""Every executor has each of these (K-5.1.1, K-5.1.5, K-5.2.2, KR-2.3, KR-2.6)."""

_PASSWORD_LENGTH: Final = 12


def topic_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield topics without executor, of two names, outside the delegated powers (KR-1.3)."""
    sheet = files.topics
    yield from _repeated(sheet, "code", ((line, row.code) for line, row in sheet.rows))
    groups: dict[str, tuple[str, str]] = {}
    delegated = files.city.value.delegated_groups if files.city.value else frozenset()
    for line, row in sheet.rows:
        if files.executors.lacks(row.executor):
            yield sheet.fault(line, "executor", f"no executor is called {row.executor}")
        if delegated and row.group_code not in delegated:
            yield sheet.fault(line, "group_code", f"{row.group_code} is not delegated (KR-1.3)")
        if groups.setdefault(row.group_code, (row.group_uk, row.group_en)) != (
            row.group_uk,
            row.group_en,
        ):
            yield sheet.fault(line, "group_uk", f"{row.group_code} has another name above")
        yield from _topic_row_faults(sheet, line, row)


def _topic_row_faults(sheet: Sheet[TopicRow], line: int, row: TopicRow) -> Iterator[Fault]:
    if not row.code.startswith(f"{row.group_code}-"):
        yield sheet.fault(line, "code", f"{row.code} is not of the group {row.group_code}")
    if (row.safety_redirect_uk is None) != (row.safety_redirect_en is None):
        lacking = "safety_redirect_en" if row.safety_redirect_uk else "safety_redirect_uk"
        yield sheet.fault(line, lacking, "the advice stands in one language only")


def executor_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield executors of one name and executors that lack somebody (K-5.1.1)."""
    sheet = files.executors
    yield from _repeated(sheet, "id", ((line, row.id) for line, row in sheet.rows))
    yield from _repeated(sheet, "name_uk", ((line, row.name_uk) for line, row in sheet.rows))
    present = {(cells["executor"], cells["role"]) for cells in files.people.cells}
    for line, row in sheet.rows:
        for role in EXECUTOR_ROLES:
            if files.people.readable and (row.id, role) not in present:
                yield sheet.fault(line, "id", f"{row.id} has no {role} in {files.people.file}")


def people_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield people of unknown executors, without place, or with substitutes unknown."""
    sheet = files.people
    yield from _repeated(sheet, "id", ((line, row.id) for line, row in sheet.rows))
    groups = {cells["group_code"] for cells in files.topics.cells}
    for line, row in sheet.rows:
        yield from _place_faults(files, line, row)
        if row.substitute is not None and row.substitute not in sheet.keys - {row.id}:
            yield sheet.fault(line, "substitute", f"no other person is called {row.substitute}")
        for group in row.topic_groups:
            if files.topics.readable and group not in groups:
                yield sheet.fault(line, "topic_groups", f"no topic is of the group {group}")
    yield from _duty_faults(files, groups)


def _duty_faults(files: CityFiles, groups: set[str]) -> Iterator[Fault]:
    """KR-2.4: by the distribution of duties each group of topics has one signatory."""
    if files.city.value is None or files.city.value.law is not Law.KR:
        return
    sheet = files.people
    duties = [(line, group) for line, row in sheet.rows for group in row.topic_groups]
    yield from _repeated(sheet, "topic_groups", duties)
    signed = {group for cells in sheet.cells for group in cells["topic_groups"].split(";")}
    for group in sorted(groups - signed) if sheet.readable else ():
        yield sheet.fault(0, "topic_groups", f"nobody signs replies of the group {group} (KR-2.4)")


def _place_faults(files: CityFiles, line: int, row: PersonRow) -> Iterator[Fault]:
    sheet = files.people
    if row.role in CENTRE_ROLES and row.executor is not None:
        yield sheet.fault(line, "executor", f"the role {row.role} belongs to no executor")
    elif row.role not in CENTRE_ROLES and row.executor is None:
        yield sheet.fault(line, "executor", f"the role {row.role} needs an executor")
    elif row.executor is not None and files.executors.lacks(row.executor):
        yield sheet.fault(line, "executor", f"no executor is called {row.executor}")


def account_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield accounts of nobody, accounts unlike their person, and passwords too weak."""
    sheet = files.accounts
    yield from _repeated(sheet, "username", ((line, row.username) for line, row in sheet.rows))
    people = {row.id: row for _, row in files.people.rows}
    for line, row in sheet.rows:
        if files.people.lacks(row.person):
            yield sheet.fault(line, "person", f"no person is called {row.person}")
        elif (person := people.get(row.person)) is not None:
            for name in ("name", "role", "executor"):
                if getattr(row, name) != getattr(person, name):
                    yield sheet.fault(line, name, f"{files.people.file} says otherwise")
        if not _is_strong(row.password):
            yield sheet.fault(line, "password", "needs 12 characters: Aa, a digit and a sign")


def street_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield streets that stand twice and streets outside the city's box."""
    sheet = files.streets
    yield from _repeated(sheet, "id", ((line, row.id) for line, row in sheet.rows))
    names = ((line, (row.kind, row.name_uk)) for line, row in sheet.rows)
    yield from _repeated(sheet, "name_uk", names)
    if files.city.value is None:
        return
    box = files.city.value.map
    bounds = Bounds(box.south, box.west, box.north, box.east)
    for line, row in sheet.rows:
        if row.lat is None or row.lon is None:
            if row.lat is not row.lon:
                yield sheet.fault(line, "lat", "latitude and longitude stand together")
        elif not bounds.hold(row.lat, row.lon):
            yield sheet.fault(line, "lat", "the street lies outside the city's box")


def _repeated(
    sheet: Sheet[Row], column: str, values: Iterable[tuple[int, Hashable]]
) -> Iterator[Fault]:
    first: dict[Hashable, int] = {}
    for line, value in values:
        if first.setdefault(value, line) != line:
            yield sheet.fault(line, column, f"stands already on line {first[value]}")


def _is_strong(password: str) -> bool:
    return len(password) >= _PASSWORD_LENGTH and all(
        any(has(letter) for letter in password)
        for has in (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
    )
