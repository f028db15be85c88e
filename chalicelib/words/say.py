"""Say something in the caller's language: find the words by key and put the facts in.

A fact may carry a form after a colon, as in `{due_at:until}`:

    {at:moment}       7 березня 2026, 00:00 (Kyiv)
    {day:day}         6 березня 2026
    {due_at:until}    до кінця 6 березня 2026 for a midnight, до 7 березня 2026, 09:15 otherwise
    {due_at:brief}    06.03 for that midnight, 07.03 09:15 otherwise
    {seconds:wait}    60 секунд, 15 хвилин, 2 години: whole units, never too short
    {days:days}       4 дні; other names of counted things are in `[counted]` of the language's file
    {status:status}   the words of `status.<value>`, of each value where there are several;
                      so `result`, `request`, `outcome` and every other group of phrases

Instants and dates are given as objects or in ISO 8601. A fact that is none is said as it stands.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, Final
from zoneinfo import ZoneInfo

LANGUAGES: Final = ("uk", "en")
"""The languages of the product, the default first."""

_FOLDER: Final = Path(__file__).parent
_ZONE: Final = ZoneInfo("Europe/Kyiv")
_MINUTE_SECONDS: Final = 60
_HOUR_MINUTES: Final = 60
_INSTANT_FORMS: Final = frozenset({"moment", "day", "until", "brief"})


@dataclass(frozen=True, slots=True)
class _Language:
    code: str
    phrases: Mapping[str, str]
    groups: frozenset[str]
    months: tuple[str, ...]
    counted: Mapping[str, tuple[str, ...]]


class _Dashed(dict[str, object]):
    """Facts, with a dash for one that an older record does not have."""

    def __missing__(self, name: str) -> str:
        return "—"


class _Facts(Formatter):
    """Puts facts into a phrase, each in the form that the phrase asks for."""

    def __init__(self, language: _Language) -> None:
        self._language = language

    def format_field(self, value: Any, form: str) -> str:
        """Return one fact in words. Raises LookupError for an unknown form."""
        if not form:
            return str(value)
        if form in _INSTANT_FORMS:
            return _instant(self._language, value, form)
        if form in self._language.counted:
            return _counted(self._language, str(value), form)
        if form == "wait":
            return _wait(self._language, str(value))
        if form in self._language.groups:
            named = (
                self._language.phrases.get(f"{form}.{word}", word) for word in f"{value}".split()
            )
            return ", ".join(named)
        raise LookupError(form)


def say(language: str, key: str, **facts: object) -> str:
    """Return the words of `key` with their facts; any language but `en` is Ukrainian.

    A missing fact is said as a dash. Raises LookupError for an unknown key: a defect.
    """
    words = _words(language)
    phrase = words.phrases[key]
    return _Facts(words).vformat(phrase, (), _Dashed(facts)) if "{" in phrase else phrase


def in_form(language: str, value: object, form: str) -> str:
    """Return one fact in words, in a form of this page. Raises LookupError for an unknown form."""
    return _Facts(_words(language)).format_field(value, form)


def knows(key: str) -> bool:
    """Tell whether there are words for a key (both languages have the same keys)."""
    return key in _words(LANGUAGES[0]).phrases


def keys(language: str) -> frozenset[str]:
    """Return every key of a language."""
    return frozenset(_words(language).phrases)


def phrase(language: str, key: str) -> str:
    """Return the words of a key before facts are put in. Raises LookupError."""
    return _words(language).phrases[key]


@lru_cache(maxsize=256)
def language_of(accept_language: str) -> str:
    """Return `uk` or `en` by an Accept-Language header; `uk` when neither is asked for."""
    best, best_weight = LANGUAGES[0], 0.0
    for item in accept_language[:200].lower().split(","):
        tag, _, parameters = item.partition(";")
        code = tag.strip().partition("-")[0]
        weight = _weight(parameters)
        if code in LANGUAGES and weight > best_weight:
            best, best_weight = code, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _words(language: str) -> _Language:
    return _read("en" if language == "en" else "uk")


@cache
def _read(code: str) -> _Language:
    document = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    counted = {name: tuple(forms) for name, forms in document.pop("counted").items()}
    months = tuple(document.pop("months"))
    return _Language(code, dict(_flat("", document)), frozenset(document), months, counted)


def _flat(prefix: str, table: Mapping[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        found += _flat(f"{key}.", value) if isinstance(value, dict) else [(key, value)]
    return found


def _instant(language: _Language, value: object, form: str) -> str:
    at = _local(value)
    if at is None:
        return str(value)
    midnight = at.time() == time.min
    if form == "until" and midnight:
        return language.phrases["moment.end_of_day"].format(_day(language, at - timedelta(days=1)))
    if form == "brief":
        return f"{at - timedelta(days=1):%d.%m}" if midnight else f"{at:%d.%m %H:%M}"
    if form == "day":
        return _day(language, at)
    moment = f"{_day(language, at)}, {at:%H:%M}"
    return language.phrases["moment.before"].format(moment) if form == "until" else moment


def _local(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value.astimezone(_ZONE) if value.tzinfo else value.replace(tzinfo=_ZONE)
    return datetime.combine(value, time.min, _ZONE) if isinstance(value, date) else None


def _day(language: _Language, at: datetime) -> str:
    return f"{at.day} {language.months[at.month - 1]} {at.year}"


def _counted(language: _Language, value: str, name: str) -> str:
    if not value.lstrip("-").isdecimal():
        return value
    forms, count = language.counted[name], abs(int(value))
    return f"{value} {forms[min(_plural(count, language.code), len(forms) - 1)]}"


def _wait(language: _Language, seconds: str) -> str:
    if not seconds.isdecimal():
        return seconds
    if int(seconds) < 2 * _MINUTE_SECONDS:
        return _counted(language, seconds, "in_seconds")
    minutes = -(-int(seconds) // _MINUTE_SECONDS)
    if minutes < 2 * _HOUR_MINUTES:
        return _counted(language, str(minutes), "in_minutes")
    return _counted(language, str(-(-minutes // _HOUR_MINUTES)), "in_hours")


def _plural(count: int, language: str) -> int:
    if language == "en":
        return 0 if count == 1 else 1
    tens, ones = divmod(count % 100, 10)
    if tens == 1 or ones == 0 or ones > 4:
        return 2
    return 0 if ones == 1 else 1
