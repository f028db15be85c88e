"""What a person has written is text wherever it stands in a notice."""

from typing import Final

import pytest

from chalicelib.words.short_text import fits
from infra.letter_examples import example_facts
from infra.letters import templates
from tests.words.said import CITY, LETTERS, Page, worded

HOSTILE: Final = (
    '<script>alert(1)</script>\r\nBcc: all@example.com\u202e"><img src=x> {{ 7 * 7 }} {% x %}'
)
# fmt: off
OURS: Final = frozenset((
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "p", "b", "h1",
    "h2", "a", "span", "blockquote", "br",
))
# fmt: on
"""The tags of the layout."""


class TestHostileText:
    """What a person has written is text, in every place where it may stand."""

    @pytest.mark.parametrize("name", templates())
    def test_is_shown_and_never_run(self, name: str) -> None:
        facts = example_facts(name, CITY, "uk")
        hostile = {
            key: HOSTILE if isinstance(value, str) else value for key, value in facts.items()
        }
        plain = Page(LETTERS.words([name], "uk", facts).html)
        said = LETTERS.words([name], "uk", hostile)
        attacked = Page(said.html)
        assert set(attacked.tags) <= OURS
        assert attacked.links == plain.links
        for text in (said.subject, said.short):
            assert "\n" not in text
            assert "\r" not in text
        assert set(Page(said.chat).tags) == {"b"}
        for text in (said.subject, said.short, said.text, said.html, said.chat):
            assert "\u202e" not in text
            assert "49" not in text.replace("2026-000049", "")
        assert fits(said.short)

    def test_of_a_quote_keeps_its_lines_and_its_mark(self) -> None:
        said = worded(
            "staff_message", text="Перший\r\n\r\n\r\n\r\nДругий <b>рядок</b>\n-- \nПідпис"
        )
        assert "> Перший\n>\n> Другий <b>рядок</b>\n> --\n> Підпис\n" in said.text
        assert "Перший<br><br>Другий &lt;b&gt;рядок&lt;/b&gt;<br>--" in said.html

    def test_without_a_space_is_broken_and_widens_no_letter(self) -> None:
        said = worded("staff_message", text="щ" * 500)
        assert "overflow-wrap:anywhere;word-break:break-word" in said.html.partition("<body")[2]

    def test_in_a_link_stays_in_the_link(self) -> None:
        facts = example_facts("registered", CITY, "uk")
        links = {"card": 'https://e.org/"><script>x</script>'}
        page = Page(LETTERS.words(["registered"], "uk", {**facts, "links": links}).html)
        assert "script" not in page.tags
        assert links["card"] in page.links
