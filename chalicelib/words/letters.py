"""Notices in words: letters, SMS and chat messages, by one template a message in `notices/`.

A template is blocks of plain text in both languages; nothing in it is HTML. The layouts make a
letter of the blocks, and everything that a person has written is escaped there, once. Loading
this module loads Jinja2, so wiring does it on the first letter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from chalicelib.domain.city import City
from chalicelib.usecases.sending_ports import Worded
from chalicelib.words.say import say
from chalicelib.words.sections import (
    Section,
    lines_of,
    one_line,
    paragraphs_of,
    rows_of,
    without_controls,
)
from chalicelib.words.short_text import shortened
from chalicelib.words.templates import MISSING, block, laid_out

SUBJECT_LENGTH: Final = 100
"""The most letters of a subject: mail programs show fewer."""

LONG: Final = frozenset({"text", "reply", "statement", "result_text", "asked_for"})
"""Facts that may have lines of their own; every other one is one line."""

LISTED: Final = ("external_id", "topic", "place", "executor")
"""The facts of a card that a letter lists, in this order."""

_NO_LINKS: Final = dict.fromkeys(("card", "survey", "queue", "work", "confirm", "off"), "")
_READERS: Final = {
    "staff": "staff",
    "duty": "staff",
    "digest": "digest",
    "centre": "centre",
    "work": "subscriber",
    "subscription": "asked",
}
_OF_WORKS: Final = "staff_work_"


class Letters:
    """Implements `usecases.sending_ports.Wording`."""

    def __init__(self, city: City) -> None:
        """Say in whose name letters are written."""
        self._city = city

    def words(self, templates: Sequence[str], language: str, facts: Mapping[str, object]) -> Worded:
        """Return several messages to one person as one; the first gives subject and button.

        Args:
            templates: names of files in `notices/`, what matters most first.
            facts: what all of them may mention (`notice_facts.card_facts`), and under `each`
                the facts of every message in the same order (`notice_facts.event_facts`).

        Raises LookupError for a template that is not there: a defect.
        """
        language = "en" if language == "en" else "uk"
        own = _own_facts(facts, len(templates))
        known = {**facts, "lang": language, "authority": self._authority(language)}
        sections = [
            section(name, language, {**known, **more})
            for name, more in zip(templates, own, strict=True)
        ]
        frame = self._frame(templates[0], language, {**facts, **own[0]}, sections)
        return Worded(
            subject=_subject(sections[0], language, str(frame["number"])),
            text=_tidy(laid_out("letter.txt", language, frame)),
            html=laid_out("letter.html", language, frame),
            short=_short(sections, language, str(frame["number"])),
            chat=_tidy(laid_out("chat.html", language, frame)).rstrip(),
            button=sections[0].button,
        )

    def _frame(
        self, template: str, language: str, facts: Mapping[str, object], sections: list[Section]
    ) -> dict[str, object]:
        known, links, centre = _clean(facts), facts.get("links"), self._city.centre
        listed = [
            (say(language, f"letter.{name}"), known[name]) for name in LISTED if name in known
        ]
        return {
            "lang": language,
            "lead": sections[0],
            "others": list(_without_repeated_terms(sections)),
            "number": known.get("number", ""),
            "topic": known.get("topic", ""),
            "rows": [*(listed if "number" in known else []), *sections[0].rows],
            "groups": facts.get("groups", ()),
            "centre": (centre.name if centre else self._city.name).in_language(language),
            "authority": self._authority(language),
            "phone": self._city.centre_phone,
            "accent": self._city.accent,
            "why": say(language, f"letter.why.{reader_of(template)}"),
            "off": links.get("off", "") if isinstance(links, Mapping) else "",
        }

    def _authority(self, language: str) -> str:
        centre = self._city.centre
        return centre.authority.in_language(language) if centre else ""


def reader_of(template: str) -> str:
    """Return whom a template speaks to, as `letter.why` of the words says it."""
    if template.startswith(_OF_WORKS):
        return "works"
    return _READERS.get(template.partition("_")[0], "resident")


def section(template: str, language: str, facts: Mapping[str, object]) -> Section:
    """Return one message in words. Raises LookupError for an unknown template."""
    links = facts.get("links")
    known = {**_NO_LINKS, **(links if isinstance(links, Mapping) else {})}
    read = partial(block, template, language, {**_clean(facts), "links": known})
    label, _, due = one_line(read("due")).partition(": ")
    link = one_line(read("link"))
    button = say(language, f"letter.button.{reader_of(template)}")
    return Section(
        headline=one_line(read("headline")),
        paragraphs=paragraphs_of(read("text")),
        quote=_quoted(lines_of(read("quote"))),
        quoted=one_line(read("quoted")),
        due=(label, due) if due else None,
        next=paragraphs_of(read("next")),
        button=one_line(read("button", default=button)) if link else "",
        link=link,
        sms=tuple(line for line in map(one_line, read("sms").splitlines()) if line),
        sms_link=one_line(read("sms_link", default=link)),
        rows=rows_of(read("rows")),
    )


def _quoted(words: str) -> str:
    """Return what a person wrote; of one who wrote nothing there is no quote."""
    return "" if words == MISSING else words


def _own_facts(facts: Mapping[str, object], count: int) -> list[Mapping[str, object]]:
    each = facts.get("each")
    own = list(each) if isinstance(each, Sequence) else []
    return [*own[:count], *({} for _ in range(count - len(own)))]


def _clean(facts: Mapping[str, object]) -> dict[str, object]:
    """Return facts whose texts cannot break a line, an address or a header."""
    return {name: _cleaned(name, value) for name, value in facts.items() if value is not None}


def _cleaned(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    return without_controls(value) if name in LONG else one_line(value)


def _without_repeated_terms(sections: Sequence[Section]) -> Iterator[Section]:
    """Yield the sections after the first; a term that was said is not said again."""
    said = {sections[0].due}
    for other in sections[1:]:
        yield replace(other, due=None) if other.due in said else other
        said.add(other.due)


def _subject(lead: Section, language: str, number: str) -> str:
    if not number:
        return _cut(lead.headline)
    for begins in say(language, "letter.begins").split("|"):
        if lead.headline.startswith(begins):
            said = lead.headline.removeprefix(begins)
            return _cut(say(language, "letter.subject_said", number=number, said=said))
    return _cut(say(language, "letter.subject", number=number, said=lowered(lead.headline)))


def lowered(sentence: str) -> str:
    """Return a sentence to stand after a colon; capitals and names keep theirs."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def _cut(subject: str) -> str:
    if len(subject) <= SUBJECT_LENGTH:
        return subject
    return subject[: SUBJECT_LENGTH - 1].rpartition(" ")[0] + "…"


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def _short(sections: Sequence[Section], language: str, number: str) -> str:
    lead, *others = sections
    said = lead.sms or (_ended(_subject(lead, language, number)),)
    also = (say(language, "letter.also_short", said=lowered(other.headline)) for other in others)
    return shortened([*said, *also], lead.sms_link)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."
