"""What is said to people: the same things in both languages, in the right grammar."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

from chalicelib.domain.card import Action, Result, Status
from chalicelib.domain.events import EventName
from chalicelib.domain.executor_request import RequestKind, RequestStatus
from chalicelib.domain.people import Role
from chalicelib.domain.survey import Outcome
from chalicelib.words.say import LANGUAGES, keys, knows, language_of, phrase, say

SOURCES: Final = sorted((Path(__file__).parents[2] / "chalicelib").rglob("*.py"))
WORDS_OF_A_REFUSAL: Final = re.compile(r'words="([a-z-]+)"')
CODE_OF_A_FAULT: Final = re.compile(r'(?:Fault\(\s*f?"[^"]*",|PydanticCustomError\()\s*"([a-z_]+)"')

GROUPS: Final = {
    "status": Status,
    "event": EventName,
    "action": Action,
    "result": Result,
    "role": Role,
    "request": RequestKind,
    "request_status": RequestStatus,
    "outcome": Outcome,
}


def _named_in_code(pattern: re.Pattern[str]) -> set[str]:
    found: set[str] = set()
    for source in SOURCES:
        found.update(pattern.findall(source.read_text(encoding="utf-8")))
    return found


def _facts(language: str, key: str) -> set[tuple[str, str]]:
    parsed = Formatter().parse(phrase(language, key))
    return {(name, form or "") for _, name, form, _ in parsed if name is not None}


def test_both_languages_say_the_same_things() -> None:
    assert keys("uk") == keys("en")


@pytest.mark.parametrize("key", sorted(keys("uk")))
def test_both_languages_mention_the_same_facts_in_known_forms(key: str) -> None:
    if key.startswith("moment."):
        return
    uk, en = _facts("uk", key), _facts("en", key)
    assert {name for name, _ in uk} == {name for name, _ in en}
    for language, facts in (("uk", uk), ("en", en)):
        assert say(language, key, **{name: "1" for name, _ in facts})


@pytest.mark.parametrize(
    "key", sorted(f"{group}.{value}" for group, values in GROUPS.items() for value in values)
)
def test_every_name_of_the_domain_has_words(key: str) -> None:
    assert knows(key)


@pytest.mark.parametrize("words", sorted(_named_in_code(WORDS_OF_A_REFUSAL)))
def test_every_refusal_in_the_code_has_words(words: str) -> None:
    assert knows(f"problem.{words}.title")
    assert knows(f"problem.{words}.detail")


@pytest.mark.parametrize("code", sorted(_named_in_code(CODE_OF_A_FAULT)))
def test_every_fault_in_the_code_has_words(code: str) -> None:
    assert knows(f"fault.{code}")


def test_ukrainian_words_have_no_letters_of_other_alphabets() -> None:
    mixed = re.compile(r"[а-щьюяґєії][a-z]|[a-z][а-щьюяґєії]|[ыэъё]", re.IGNORECASE)
    found = {key: phrase("uk", key) for key in keys("uk") if mixed.search(phrase("uk", key))}
    assert not found


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 днів"),
        (1, "1 день"),
        (2, "2 дні"),
        (4, "4 дні"),
        (5, "5 днів"),
        (11, "11 днів"),
        (12, "12 днів"),
        (14, "14 днів"),
        (15, "15 днів"),
        (21, "21 день"),
        (45, "45 днів"),
        (102, "102 дні"),
        (111, "111 днів"),
    ],
)
def test_days_are_counted_in_ukrainian(count: int, words: str) -> None:
    assert words in say("uk", "explain.K.day", days=str(count), last_day="2026-03-06")


def test_a_day_term_is_said_by_its_last_day() -> None:
    midnight = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
    said = say("uk", "event.registered", due_at=midnight.isoformat())
    assert said == "Звернення зареєстровано. Строк виконання: до кінця 6 березня 2026."
    assert "by the end of 6 March 2026" in say("en", "event.registered", due_at=midnight)


def test_a_day_term_over_the_change_of_clocks_is_said_by_its_last_day() -> None:
    midnight = datetime(2026, 3, 29, 21, 0, tzinfo=UTC)
    assert "до кінця 29 березня 2026" in say("uk", "event.registered", due_at=midnight)


def test_an_hour_term_is_said_by_its_kyiv_time() -> None:
    due_at = datetime(2026, 3, 3, 7, 15, tzinfo=UTC)
    said = say("uk", "explain.KR.hour", hours=23, due_at=due_at)
    assert said.endswith("23 години після отримання, тобто до 3 березня 2026, 09:15.")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 секунду"),
        (60, "60 секунд"),
        (121, "3 хвилини"),
        (900, "15 хвилин"),
        (7200, "2 години"),
    ],
)
def test_a_wait_is_said_in_whole_units(seconds: int, words: str) -> None:
    said = say("uk", "problem.too-many-requests.detail", retry_after_seconds=seconds)
    assert said.startswith(f"Спробуйте через {words}.")


def test_a_moment_and_a_day_are_said_in_words() -> None:
    at = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
    assert "7 березня 2026, 00:00" in say("uk", "problem.sweep-ahead.detail", at=at)
    said = say("uk", "explain.KR.day", days=4, last_day=date(2026, 3, 6))
    assert said == "Не пізніше 4-го дня після отримання: до кінця 6 березня 2026."


def test_names_of_the_domain_are_said_in_words_one_or_several() -> None:
    said = say("uk", "event.attention", cause="same_picture taken_before")
    assert "таке саме фото є в іншій картці, фото зроблено раніше" in said
    assert "виконано частково" in say("uk", "event.reported", result=Result.PARTLY_DONE)
    assert "unheard_of" in say("en", "event.reported", result="unheard_of")


def test_a_fact_is_never_read_as_a_pattern() -> None:
    said = say("uk", "event.sent", executor="{executor.__class__} {0}")
    assert "{executor.__class__} {0}" in said


def test_a_missing_fact_is_a_dash_and_an_unknown_key_a_defect() -> None:
    assert say("uk", "event.sent") == "Звернення передано виконавцю: —."
    with pytest.raises(LookupError):
        say("uk", "event.never")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "uk"),
        ("en", "en"),
        ("en-GB,en;q=0.9,uk;q=0.8", "en"),
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("de,en;q=0.5,uk;q=0.9", "uk"),
        ("fr, *;q=0.5", "uk"),
        ("en;q=0", "uk"),
        ("en;q=junk", "uk"),
        ("ru", "uk"),
        (",;=,", "uk"),
    ],
)
def test_the_language_is_the_one_asked_for(header: str, language: str) -> None:
    assert language_of(header) == language
    assert language in LANGUAGES
