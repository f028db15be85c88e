"""A city that cannot be used says everything that is wrong with it, with file, line and field."""

from pathlib import Path

import pytest

from chalicelib.cities.catalogue import read_city
from chalicelib.cities.faults import CityDataFault, Fault
from tests.cities.broken_data import UNREADABLE, Spoilt, spoilt_rows
from tests.cities.copies import (
    KR,
    Edit,
    K,
    appended,
    cell,
    copy_of,
    faults_of,
    number,
    text,
    without_file,
)

ROWS = spoilt_rows()
EVERYTHING = ROWS | UNREADABLE


@pytest.mark.parametrize("spoilt", EVERYTHING.values(), ids=EVERYTHING)
def test_a_fault_is_named_with_file_line_and_field(tmp_path: Path, spoilt: Spoilt) -> None:
    folder = copy_of(K, tmp_path)
    spoilt.edit(folder)
    faults = faults_of(folder)
    named = [fault for fault in faults if _is_of(spoilt, fault)]
    assert named, [str(fault) for fault in faults]
    assert named[0].line > 0 or spoilt.words in {"missing", "not UTF-8"}


def _is_of(spoilt: Spoilt, fault: Fault) -> bool:
    same_place = (fault.file, fault.field) == (spoilt.file, spoilt.field)
    return same_place and spoilt.words in fault.message


FAULTS_OF_KR: dict[str, tuple[Edit, str, str]] = {
    "survey number (K-6.2)": (
        appended("regulation.toml", number("survey_attempts", "2020-09-07", clause="KR-2.10")),
        "name",
        "only K has survey_attempts",
    ),
    "survey feature": (
        text("city.toml", '"official_mail", "signed', '"survey", "official_mail", "signed'),
        "features",
        "KR does not provide survey",
    ),
    "topic that is not delegated (KR-1.3)": (
        cell("topics.csv", "TR-02", "group_code", "LI"),
        "group_code",
        "LI is not delegated",
    ),
    "official mail lacking (KR-2.7)": (
        text("city.toml", 'official_mail = "', '# official_mail = "'),
        "official_mail",
        "KR-2.7",
    ),
    "signals of a group that is none (LAW-8)": (
        text("city.toml", 'signals = "all"', 'signals = ["HS", "XX"]'),
        "signals",
        "XX is no group",
    ),
    "incitement that nothing keeps back (K-3.4)": (
        appended("lexicon.csv", "циган,group,,2020-09-07,\n"),
        "part",
        "for the feature quarantine",
    ),
    "group that nobody signs (KR-2.4)": (
        cell("people.csv", "signatory-2", "topic_groups", "TR;SH;CD;SO"),
        "topic_groups",
        "nobody signs replies of the group GV",
    ),
    "group that two sign": (
        cell("people.csv", "signatory-2", "topic_groups", "TR;SH;CD;SO;GV;HS"),
        "topic_groups",
        "stands already on line",
    ),
}


@pytest.mark.parametrize(("edit", "field", "words"), FAULTS_OF_KR.values(), ids=FAULTS_OF_KR)
def test_the_district_may_have_only_what_its_procedure_gives(
    tmp_path: Path, edit: Edit, field: str, words: str
) -> None:
    folder = copy_of(KR, tmp_path)
    edit(folder)
    faults = faults_of(folder)
    assert any(field in fault.field and words in fault.message for fault in faults), faults


AT_ONCE = (
    "topics.csv WA-01 urgency=soon",
    "topics.csv WA-02 evidence=video",
    "topics.csv WA-03 executor=nobody",
    "topics.csv WA-04 name_en=",
    "topics.csv GS-01 safety_redirect_en=",
    "topics.csv WA-06 code twice",
    "executors.csv haz duty_phone=call us",
    "executors.csv teplo id twice",
    "executor without a responsible person",
    "people.csv lift-performer-1 role=wizard",
    "people.csv osvita-head id twice",
    "accounts.csv svitlo-head person=ghost",
    "accounts.csv operator2 password=password1234",
    "streets.csv vul-svobody kind=канал",
    "streets.csv vul-sadova buildings=1 to 9",
    "streets.csv vul-soborna id twice",
    "lexicon.csv млять pattern=мл*ть",
    'regulation.toml name = "dispute" > name = "row"',
    'regulation.toml clause = "K-4.2" > clause = "KR-2.2"',
    "numbers that overlap",
    'city.toml "survey", > "survey", "telepathy",',
    'city.toml muted = "#4f5f59" > muted = "#b0b8b4"',
    'city.toml number = "104" > number = "105"',
    "calendar.toml 2021-01-16 > 2021-01-15",
)


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    folder = copy_of(K, tmp_path)
    for kind in AT_ONCE:
        ROWS[kind].edit(folder)

    faults = faults_of(folder)

    for kind in AT_ONCE:
        assert any(_is_of(ROWS[kind], fault) for fault in faults), kind
    checked = {path.name for path in folder.iterdir() if path.suffix != ".txt"}
    assert {fault.file for fault in faults} == checked


@pytest.mark.parametrize(
    ("file", "key", "column"),
    [
        ("executors.csv", "svitlo", "duty_phone"),
        ("people.csv", "svitlo-responsible", "phone"),
        ("topics.csv", "EL-01", "urgency"),
    ],
)
def test_a_row_that_cannot_be_read_is_one_fault_and_not_many(
    tmp_path: Path, file: str, key: str, column: str
) -> None:
    folder = copy_of(K, tmp_path)
    cell(file, key, column, "?")(folder)
    assert [(fault.file, fault.field) for fault in faults_of(folder)] == [(file, column)]


@pytest.mark.parametrize("city_id", [K, KR])
@pytest.mark.parametrize("file", ["topics.csv", "executors.csv", "people.csv", "streets.csv"])
def test_a_file_that_is_missing_is_one_fault_and_not_many(
    tmp_path: Path, city_id: str, file: str
) -> None:
    folder = copy_of(city_id, tmp_path)
    without_file(file)(folder)
    assert [(fault.file, fault.message) for fault in faults_of(folder)] == [
        (file, "the file is missing")
    ]


def test_the_line_is_where_an_editor_shows_it(tmp_path: Path) -> None:
    folder = copy_of(K, tmp_path)
    cell("topics.csv", "LI-01", "urgency", "soon")(folder)
    text("city.toml", 'email = "contact-centre@example.org"', 'email = "nowhere"')(folder)
    places = {(fault.file, fault.line) for fault in faults_of(folder)}
    topics = (folder / "topics.csv").read_text(encoding="utf-8").splitlines()
    city = (folder / "city.toml").read_text(encoding="utf-8").splitlines()
    [line] = [at for at, row in enumerate(topics, 1) if row.startswith("LI-01,")]
    assert places == {("topics.csv", line), ("city.toml", city.index('email = "nowhere"') + 1)}


def test_a_gap_between_rows_of_one_number_is_a_fault(tmp_path: Path) -> None:
    folder = copy_of(K, tmp_path)
    ended = 'value = 5\nunit = "day"\nuntil = 2024-01-01\n'
    text("regulation.toml", 'value = 5\nunit = "day"\n', ended)(folder)
    appended("regulation.toml", number("term_normal", "2024-03-01"))(folder)
    messages = [fault.message for fault in faults_of(folder)]
    assert messages == ["term_normal has a gap from 2024-01-01"]


def test_a_later_row_makes_a_new_edition_and_leaves_the_old(tmp_path: Path) -> None:
    folder = copy_of(K, tmp_path)
    appended("regulation.toml", number("term_normal", "2027-01-01"))(folder)
    city = read_city(folder)
    assert [edition.name for edition in city.editions] == ["2021-01-01", "2027-01-01"]
    assert city.edition("2021-01-01")["term_normal"].value == 5
    assert city.edition("2027-01-01")["term_normal"].value == 6
    assert city.edition("2027-01-01")["term_medium"].value == 15


def test_a_city_without_demonstration_accounts_is_sound(tmp_path: Path) -> None:
    folder = copy_of(K, tmp_path)
    without_file("accounts.csv")(folder)
    assert faults_of(folder) == ()


@pytest.mark.clause("K-3.5(5)")
def test_a_city_may_record_calls(tmp_path: Path) -> None:
    folder = copy_of(K, tmp_path)
    text("city.toml", "features = [", 'features = ["call_recording",')(folder)
    assert "call_recording" in read_city(folder).features


def test_the_refusal_is_a_list_to_read(tmp_path: Path) -> None:
    folder = copy_of(K, tmp_path)
    cell("topics.csv", "WA-01", "executor", "nobody")(folder)
    with pytest.raises(
        CityDataFault, match=r"topics.csv:2: executor: no executor is called nobody"
    ):
        read_city(folder)
