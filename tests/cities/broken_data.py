"""Ways to spoil a city's data, each with the fault that must then be named."""

from typing import Final, NamedTuple

from chalicelib.cities.files import CITIES_FOLDER
from tests.cities.copies import (
    Edit,
    appended,
    cell,
    not_utf8,
    number,
    row_twice,
    text,
    without_file,
    without_row,
)


class Spoilt(NamedTuple):
    """An edit, and the file, field and words of the fault it must cause."""

    edit: Edit
    file: str
    field: str
    words: str


AT_ONCE: Final = 'name = "change_executor_emergency"'


def row_of(name: str | None = None) -> str:
    """Return the clause of a row of numbers, or the place of one that is appended."""
    numbers = (CITIES_FOLDER / "khmelnytskyi" / "regulation.toml").read_text(encoding="utf-8")
    before = numbers if name is None else numbers.partition(name)[0]
    place = before.count("[[number]]") + (name is None)
    return f"number[{place}]" if name is None else f"number[{place}].clause"


# fmt: off
CELLS: Final = (
    # file, row, column, what is written, field and words of the fault
    ("topics.csv", "WA-01", "urgency", "soon", "urgency: emergency"),
    ("topics.csv", "WA-02", "evidence", "video", "evidence: photo"),
    ("topics.csv", "WA-03", "executor", "nobody", "executor: no executor"),
    ("topics.csv", "WA-04", "name_en", "", "name_en: at least 1"),
    ("topics.csv", "WA-05", "name_uk", " ", "name_uk: at least 1"),
    ("topics.csv", "GS-01", "safety_redirect_en", "", "safety_redirect_en: one language"),
    ("topics.csv", "WA-07", "group_code", "LI", "code: not of the group LI"),
    ("topics.csv", "WA-08", "group_uk", "Вода", "group_uk: another name"),
    ("topics.csv", "SW-01", "code", "sewer", "code: pattern"),
    ("executors.csv", "haz", "duty_phone", "call us", "duty_phone: pattern"),
    ("executors.csv", "zelen", "email", "zelen", "email: pattern"),
    ("people.csv", "lift-performer-1", "role", "wizard", "role: performer"),
    ("people.csv", "lift-deputy", "executor", "nobody", "executor: no executor"),
    ("people.csv", "operator-1", "executor", "lift", "executor: belongs to no"),
    ("people.csv", "teplo-head", "executor", "", "executor: needs an executor"),
    ("people.csv", "admin-1", "substitute", "ghost", "substitute: ghost"),
    ("people.csv", "admin-1", "topic_groups", "ZZ", "topic_groups: group ZZ"),
    ("accounts.csv", "svitlo-head", "person", "ghost", "person: ghost"),
    ("accounts.csv", "admin", "role", "operator", "role: says otherwise"),
    ("accounts.csv", "operator", "name", "Хтось Інший", "name: says otherwise"),
    ("accounts.csv", "operator2", "password", "password1234", "password: 12 characters"),
    ("streets.csv", "vul-svobody", "kind", "канал", "kind: вулиця"),
    ("streets.csv", "vul-sadova", "buildings", "1 to 9", "buildings[1]: 1-45 odd"),
    ("streets.csv", "vul-lisova", "buildings", "9-1 odd", "buildings[1]: ends before"),
    ("streets.csv", "vul-pryozerna", "lat", "52.2", "lat: outside"),
    ("streets.csv", "vul-kyivska", "lon", "", "lat: together"),
    ("lexicon.csv", "млять", "pattern", "мл*ть", "pattern: letters"),
    ("lexicon.csv", "циган", "part", "people", "part: obscene"),
    ("lexicon.csv", "дурень", "masked", "no", "masked: yes or empty"),
    ("lexicon.csv", "дурнів", "until", "2020-01-01", "until: ends before"),
)

TWICE: Final = (
    ("topics.csv", "WA-06", "code"),
    ("executors.csv", "teplo", "id"),
    ("people.csv", "osvita-head", "id"),
    ("accounts.csv", "coordinator", "username"),
    ("streets.csv", "vul-soborna", "id"),
    ("streets.csv", "vul-soborna", "name_uk"),
    ("lexicon.csv", "млять", "pattern"),
)

MARTIAL_LAW: Final = '\n[[martial_law]]\nsince = 2030-01-01\nlaw = "x"\n'
DAYS: Final = 'value = 5\nunit = "day"'

LINES: Final = (
    ("regulation.toml", 'unit = "percent"', 'unit = "fortnight"', "number[4].unit: hour"),
    ("regulation.toml", 'clause = "K-4.2"', 'clause = "KR-2.2"', f"{row_of(AT_ONCE)}: no clause"),
    ("regulation.toml", DAYS, 'value = 5\nunit = "hour"', "number[2].unit: counted in day"),
    ("regulation.toml", 'name = "dispute"', 'name = "row"', "number: dispute is not in force"),
    ("regulation.toml", 'source = "city"\n', "", "number[1].source: required"),
    ("regulation.toml", 'law = "K"', 'law = "KR"', "regulation.law: city.toml says K"),
    ("city.toml", '"survey", ', '"survey", "telepathy", ', "features: telepathy"),
    ("lexicon.csv", "рятуйте,report,", "рятуйте,report,perhaps", "masked: yes or empty"),
    ("city.toml", '["uk", "en"]', '["uk"]', "languages: both"),
    ("city.toml", 'number = "104"', 'number = "105"', "emergency_number: 104"),
    ("city.toml", 'muted = "#4f5f59"', 'muted = "#b0b8b4"', "theme.muted: 4.5:1"),
    ("city.toml", 'border = "#768a82"', 'border = "#dddddd"', "theme.border: 3.0:1"),
    ("city.toml", "Europe/Kyiv", "Europe/Atlantis", "timezone: Atlantis"),
    ("city.toml", 'id = "khmelnytskyi"', 'id = "another"', "id: folder"),
    ("city.toml", "[centre]\n", '[centre]\nfax = "1"\n', "centre.fax: not permitted"),
    ("calendar.toml", '"03-08"', '"02-30"', "fixed[3].month_day: every year"),
    ("calendar.toml", '"05-08"', '"12-25"', "fixed[6].since: holiday already"),
    ("calendar.toml", "2023-09-01", "2020-09-01", "fixed[2].until: ends before"),
    ("calendar.toml", "2026-04-12, ", "", "movable[1].dates: 0 dates in 2026"),
    ("calendar.toml", "2021-01-16", "2021-01-15", "moved[1].workday: workday anyway"),
    ("calendar.toml", "2021-08-23", "2021-08-22", "moved[2].day_off: day off anyway"),
    ("calendar.toml", "last_year = 2035", "last_year = 2020", "last_year: ends before"),
)

MORE: Final = {
    "executor without a responsible person": Spoilt(
        without_row("people.csv", "svitlo-responsible"),
        "executors.csv", "id", "svitlo has no responsible",
    ),
    "executor without a next-level head": Spoilt(
        without_row("people.csv", "lift-next-head"), "executors.csv", "id", "lift has no next_head",
    ),
    "numbers that overlap": Spoilt(
        appended("regulation.toml", number("term_normal", "2021-01-01")),
        "regulation.toml", f"{row_of()}.since", "overlaps",
    ),
    "number of the other regulation": Spoilt(
        appended("regulation.toml", number("decide_extension", "2021-01-01", unit="hour")),
        "regulation.toml", f"{row_of()}.name", "only KR has",
    ),
    "row that ends too early": Spoilt(
        appended("regulation.toml", number("x", "2022-01-01", until="2021-01-01")),
        "regulation.toml", f"{row_of()}.until", "ends before",
    ),
    "martial law twice": Spoilt(
        appended("calendar.toml", MARTIAL_LAW),
        "calendar.toml", "martial_law[2].since", "not ended",
    ),
    "cells missing": Spoilt(
        appended("topics.csv", "ZZ-01,ZZ\n"), "topics.csv", "", "2 cells under 12",
    ),
}

UNREADABLE: Final = {
    "quotation mark never closed": Spoilt(
        appended("people.csv", '"' + "x" * 140_000), "people.csv", "", "field larger",
    ),
    "not UTF-8": Spoilt(not_utf8("topics.csv"), "topics.csv", "", "not UTF-8"),
    "file missing": Spoilt(without_file("streets.csv"), "streets.csv", "", "missing"),
    "city missing": Spoilt(without_file("city.toml"), "city.toml", "", "missing"),
    "column missing": Spoilt(
        text("executors.csv", "duty_phone", "phone"),
        "executors.csv", "duty_phone", "column is missing",
    ),
    "column unknown": Spoilt(
        text("people.csv", "substitute", "deputy"), "people.csv", "deputy", "column is unknown",
    ),
    "no TOML": Spoilt(appended("regulation.toml", "[[number\n"), "regulation.toml", "", "line"),
}
# fmt: on


def spoilt_rows() -> dict[str, Spoilt]:
    """Return the ways that spoil rows of readable files, by what they write."""
    found: dict[str, Spoilt] = {}
    for file, row, column, value, fault in CELLS:
        field, words = fault.split(": ")
        found[f"{file} {row} {column}={value}"] = Spoilt(
            cell(file, row, column, value), file, field, words
        )
    for file, row, field in TWICE:
        words = "stands already on line"
        found[f"{file} {row} {field} twice"] = Spoilt(row_twice(file, row), file, field, words)
    for file, old, new, fault in LINES:
        field, words = fault.split(": ")
        found[f"{file} {old.strip()} > {new.strip()}"] = Spoilt(
            text(file, old, new), file, field, words
        )
    return found | MORE
