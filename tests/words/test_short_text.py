"""An SMS is two parts at most; the first sentence and the link stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.words.short_text import fits, parts, shortened

LINK = "https://contact-centre.example.org/uk/track/#2026-000123-7/7KQ2-M9XR-4T0B-WZ1C"
FIRST = "Звернення 2026-000123-7 зареєстровано."


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 159 + "і", 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_are_counted_as_phones_do(text: str, count: int) -> None:
    assert parts(text) == count


def test_what_fits_is_said_whole() -> None:
    assert shortened([FIRST, "Строк: 06.03."], LINK) == f"{FIRST} Строк: 06.03. {LINK}"


def test_the_last_sentences_are_left_out_first() -> None:
    said = shortened([FIRST, "Строк: 06.03.", "КП «Міськсвітло»."], LINK)
    assert said == f"{FIRST} Строк: 06.03. {LINK}"
    assert shortened([FIRST, "Дуже довге пояснення." * 3, "Код."], LINK) == f"{FIRST} {LINK}"


def test_a_long_first_sentence_is_cut_at_a_word_and_the_link_is_whole() -> None:
    said = shortened(["Повідомляємо, що звернення передано за належністю органові."], LINK)
    assert said == f"Повідомляємо, що звернення передано за належністю… {LINK}"
    assert fits(said)


def test_a_link_that_leaves_no_room_is_left_out() -> None:
    said = shortened([FIRST * 5], f"https://example.org/{'x' * 110}")
    assert "https" not in said
    assert said.startswith(FIRST)
    assert said.endswith("…")


def test_nothing_but_a_link() -> None:
    assert shortened([], LINK) == LINK
    assert shortened(["", "  "], LINK) == LINK
    assert shortened([]) == ""


def test_a_hostile_sentence_is_one_line() -> None:
    assert shortened(["Рядок\r\nдругий\tрядок"]) == "Рядок другий рядок"


TEXTS = st.text(alphabet="абвіїє ABC 123.,!€😀\n", max_size=90)


@given(st.lists(TEXTS, max_size=5), st.sampled_from(["", LINK, "https://e.org/" + "x" * 200]))
def test_whatever_is_said_has_two_parts_at_most(sentences: list[str], link: str) -> None:
    said = shortened(sentences, link)
    assert fits(said)
    assert "\n" not in said
    if link == LINK:
        assert said.endswith(LINK)
