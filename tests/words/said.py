"""Notices in words, as tests look at them."""

from html.parser import HTMLParser
from typing import Final

from chalicelib.cities.catalogue import load_city
from chalicelib.usecases.sending_ports import Worded
from chalicelib.words.letters import Letters
from infra.letter_examples import example_facts

CITY: Final = load_city("khmelnytskyi")
LETTERS: Final = Letters(CITY)


def worded(name: str, language: str = "uk", **facts: object) -> Worded:
    """Return one message with the facts of its example and others."""
    return LETTERS.words([name], language, {**example_facts(name, CITY, language), **facts})


class Page(HTMLParser):
    """What a mail program reads of a letter: its tags, links and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)
