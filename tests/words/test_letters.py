"""Every notice is said in both languages, with every fact, and shows what people wrote as text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import pytest
from jinja2 import Undefined, meta

from chalicelib.cities.catalogue import available_cities, load_city
from chalicelib.domain.card import Result
from chalicelib.domain.city import City
from chalicelib.regulation.notices import TEMPLATES
from chalicelib.regulation.work_notices import WORK_TEMPLATES
from chalicelib.usecases.sending_ports import Worded
from chalicelib.words import templates as reading
from chalicelib.words.letters import SUBJECT_LENGTH, Letters, reader_of, section
from chalicelib.words.say import LANGUAGES
from chalicelib.words.short_text import fits
from infra.letter_examples import example_facts, variants
from infra.letters import examples, templates
from tests.words.said import CITY, LETTERS, Page, worded

ENDED: Final = re.compile(
    r"\bвиконан[оаіий]\b|\bзроблен[оаіий]\b|\bусунен|\bвиправлен|\bполагоджен|\bfixed\b|\bdone\b",
    re.IGNORECASE,
)
"""Words by which a letter would say that the work is done."""


class Loud(Undefined):
    """A missing fact: a template may ask whether it is there, but not say it."""

    def __str__(self) -> str:
        raise AssertionError(self._undefined_name)


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a missing fact be a defect, where it is a dash in production."""
    reading._environment.cache_clear()
    monkeypatch.setattr(reading, "_Dash", Loud)
    yield
    reading._environment.cache_clear()


def test_there_is_a_file_for_every_name_of_the_tables_and_no_other() -> None:
    assert set(templates()) == TEMPLATES | WORK_TEMPLATES


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", templates())
def test_every_message_is_said_with_every_fact(name: str, language: str) -> None:
    for variant in variants(name):
        said = worded(name, language, **variant)
        assert said.subject
        assert len(said.subject) <= SUBJECT_LENGTH
        assert fits(said.short), said.short
        assert "—." not in said.text
        assert "None" not in said.text
        assert "{" not in said.text
        for part in (said.html, said.text):
            assert CITY.centre_phone in part
            assert CITY.centre is not None
            assert CITY.centre.authority.in_language(language) in part


@pytest.mark.parametrize("name", templates())
def test_both_languages_have_the_same_blocks(name: str) -> None:
    blocks = reading._environment("uk").get_template(f"{name}{reading.SUFFIX}").blocks
    own = {each for each in blocks if each in ("link", "sms_link")}
    uk = {each.removeprefix("uk_") for each in blocks if each.startswith("uk_")}
    en = {each.removeprefix("en_") for each in blocks if each.startswith("en_")}
    assert uk == en
    assert len(blocks) == 2 * len(uk) + len(own)
    assert {"headline"} <= uk


@pytest.mark.parametrize("name", templates())
def test_ukrainian_is_written_in_one_alphabet(name: str) -> None:
    source = (reading.FOLDER / f"{name}{reading.SUFFIX}").read_text(encoding="utf-8")
    ours = re.sub(r"{{.*?}}|{%.*?%}", " ", source)
    assert not re.search(r"[а-щьюяґєії][a-z]|[a-z][а-щьюяґєії]|[ыэъё]", ours, re.IGNORECASE)


def test_the_facts_are_those_that_the_page_names() -> None:
    named = set(re.findall(r"`(\w+)`", (reading.FOLDER / "README.md").read_text("utf-8")))
    environment = reading._environment("uk")
    for path in reading.FOLDER.glob(f"*{reading.SUFFIX}"):
        used = meta.find_undeclared_variables(environment.parse(path.read_text("utf-8")))
        assert used - {"say"} <= named, path.name


class TestALetter:
    """What its reader sees."""

    def test_has_number_due_date_next_and_one_button(self) -> None:
        said = worded("registered")
        page = Page(said.html)
        words = " ".join(" ".join(page.words).split())
        assert "<b class=" in said.html
        for expected in ("2026-000123-7", "до кінця 6 березня 2026", "Що далі", "7KQ2-M9XR"):
            assert expected in words
            assert expected in said.text
        opened = [link for link in page.links if link.startswith("https:")]
        assert opened == [
            "https://contact-centre.example.org/uk/track/#2026-000123-7/7KQ2-M9XR-4T0B-WZ1C"
        ]

    @pytest.mark.parametrize("name", templates())
    def test_loads_nothing_and_runs_nothing(self, name: str) -> None:
        page = Page(worded(name).html)
        assert not {"img", "script", "link", "iframe", "form", "object"} & set(page.tags)
        assert "url(" not in worded(name).html

    @pytest.mark.parametrize("name", templates())
    def test_is_of_moderate_size_and_600_wide(self, name: str) -> None:
        html = worded(name).html
        assert len(html.encode()) < 25_000, "mail programs cut letters of 100 kB"
        assert "max-width:600px" in html
        assert 'content="light dark"' in html

    def test_does_not_break_a_number_over_two_lines(self) -> None:
        html = worded("joined").html
        assert '<span style="white-space:nowrap">2026-000098-3,</span>' in html

    def test_to_the_centre_has_no_button(self) -> None:
        said = worded("centre_reply")
        assert [link for link in Page(said.html).links if link.startswith("http")] == []
        assert "15-80/4471" in said.text

    def test_is_left_by_a_link_only_where_it_may_be(self) -> None:
        assert "Відписатися" in worded("work_registered").html
        for name in ("registered", "staff_sent", "centre_reply", "digest"):
            assert "Відписатися" not in worded(name).html

    def test_names_the_authority_once_where_it_is_the_centre(self) -> None:
        assert CITY.centre is not None
        same = replace(CITY, centre=replace(CITY.centre, authority=CITY.centre.name))
        facts = example_facts("accepted", same, "uk")
        text = Letters(same).words(["accepted"], "uk", facts).text
        assert text.count(CITY.centre.name.uk) == 1

    def test_of_an_old_record_says_a_dash(self) -> None:
        facts = {"number": "2026-000123-7", "links": {}}
        said = LETTERS.words(["extended"], "uk", facts)
        assert "(—)" in said.text
        assert "Undefined" not in said.text


class TestAChatMessage:
    """The same in a messenger: `<b>` is the one tag, the link is a button."""

    @pytest.mark.parametrize("name", templates())
    def test_has_one_tag_and_no_link(self, name: str) -> None:
        said = worded(name)
        page = Page(said.chat)
        assert set(page.tags) == {"b"}
        assert "http" not in said.chat
        assert "\n\n\n" not in said.chat
        assert bool(said.button) != name.startswith("centre")

    def test_begins_with_what_happened_and_the_number(self) -> None:
        lines = worded("registered").chat.splitlines()
        assert lines[:2] == [
            "<b>Звернення зареєстровано</b>",
            f"Звернення № <b>2026-000123-7</b>, {next(iter(CITY.topics.values())).name.uk}",
        ]
        assert worded("registered").button == "Переглянути звернення"

    @pytest.mark.parametrize("name", templates())
    def test_fits_into_any_messenger(self, name: str) -> None:
        long = worded(name, text="дуже " * 2000, reply="дуже " * 2000).chat
        assert len(long) < 4000

    def test_of_several_says_them_all(self) -> None:
        facts = example_facts("accepted", CITY, "uk")
        chat = LETTERS.words(["accepted", "in_work"], "uk", facts).chat
        assert "<b>Виконавець прийняв звернення</b>" in chat
        assert "<b>Роботу доручено працівникові</b>" in chat


class TestNotDone:
    """A card closed but not done never says that it is done."""

    NOT_DONE: Final = [result for result in Result if result is not Result.DONE]

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("result", NOT_DONE)
    @pytest.mark.parametrize(
        "name", ["closed", "survey_opened", "survey_reminder", "reply_published"]
    )
    def test_never_says_done(self, name: str, result: Result, language: str) -> None:
        facts = {"result": result, "result_text": "Роз’яснення надано листом."}
        said = worded(name, language, **facts)
        for text in (said.subject, said.text, said.html, said.short, said.chat):
            assert ENDED.search(text) is None, text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_unknown_result_does_not_say_it_either(self, language: str) -> None:
        for name in ("closed", "survey_opened"):
            said = worded(name, language, result=None, result_text=None)
            assert ENDED.search(said.text) is None

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_is_done_is_said_to_be(self, language: str) -> None:
        for name in ("closed", "survey_opened"):
            assert ENDED.search(worded(name, language, result=Result.DONE).text)


class TestSeveralInOne:
    """What changes within two minutes is told in one message."""

    def words(self, *names: str, each: tuple[Mapping[str, object], ...] = ()) -> Worded:
        return LETTERS.words(names, "uk", {**example_facts(names[0], CITY, "uk"), "each": each})

    def test_the_first_gives_subject_and_button(self) -> None:
        said = self.words("survey_opened", "commented", each=({}, {"text": "Лампу замінили."}))
        assert said.subject == worded("survey_opened").subject
        assert "Також за цим зверненням" in said.text
        assert "> Лампу замінили." in said.text
        assert said.text.count("https://") == 1

    def test_each_has_its_own_facts(self) -> None:
        said = self.words("commented", "commented", each=({"text": "Перший."}, {"text": "Другий."}))
        assert said.text.index("> Перший.") < said.text.index("> Другий.")

    def test_a_term_that_all_share_is_said_once(self) -> None:
        said = self.words("accepted", "in_work", "commented")
        assert said.text.count("до кінця 6 березня 2026") == 1

    def test_a_new_term_is_said(self) -> None:
        was = {"due_at": "2026-03-03T22:00:00+00:00"}
        said = self.words("commented", "extended", each=(was, {}))
        assert "Новий строк виконання: до кінця 6 березня 2026" in said.text

    def test_the_short_text_names_the_others_where_there_is_room(self) -> None:
        facts = {**example_facts("accepted", CITY, "uk"), "links": {}}
        said = LETTERS.words(["accepted", "in_work"], "uk", facts)
        assert said.short.endswith("Також: роботу доручено працівникові.")


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("registered", "resident"),
        ("reply_published", "resident"),
        ("repeat_registered", "resident"),
        ("staff_sent", "staff"),
        ("duty_emergency", "staff"),
        ("digest", "digest"),
        ("centre_reply", "centre"),
        ("work_closed", "subscriber"),
        ("subscription_confirmation", "asked"),
        ("subscription_standing", "asked"),
        ("staff_work_overdue", "works"),
    ],
)
def test_a_letter_says_why_it_came(name: str, reader: str) -> None:
    assert reader_of(name) == reader


@pytest.mark.parametrize("city_id", available_cities())
def test_the_examples_can_be_looked_at_in_every_city(city_id: str) -> None:
    city: City = load_city(city_id)
    made = examples(city)
    assert len(made) > 2 * len(templates())
    assert all(city.accent in said.html for said in made.values())


def test_an_emergency_says_where_first() -> None:
    short = worded("duty_emergency").short
    assert short.startswith("АВАРІЯ: вулиця Ялинкова, 12")
    assert "2026-000123-7" in short
    assert "http" not in short


def test_an_unknown_message_is_a_defect_and_an_unknown_language_ukrainian() -> None:
    with pytest.raises(LookupError):
        LETTERS.words(["never"], "uk", {})
    facts = example_facts("accepted", CITY, "uk")
    assert LETTERS.words(["accepted"], "de", facts) == LETTERS.words(["accepted"], "uk", facts)


def test_a_section_without_a_link_has_no_button() -> None:
    assert section("accepted", "uk", {"number": "2026-000123-7"}).button == ""


@pytest.mark.parametrize("name", ["accepted", "in_work"])
def test_who_wrote_nothing_is_not_quoted(name: str) -> None:
    facts = {**example_facts(name, CITY, "uk"), "text": None}
    assert section(name, "uk", facts).quote == ""
    said = LETTERS.words([name, name], "uk", facts)
    assert "\n—\n" not in said.text + said.chat
    assert "Виконавець пише" not in said.text + said.chat
