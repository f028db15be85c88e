"""The queue, and finding a card in it."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from chalicelib.domain.card import Card, QueueRow, Status
from chalicelib.domain.people import Actor
from chalicelib.usecases.cards import ROWS_SEARCHED, Wanted, queue
from chalicelib.usecases.ports import Page
from tests.builders import a_card, an_appeal, number_of, registering
from tests.usecases.collaborators import COORDINATOR, NOW, RESPONSIBLE, Centre

FOREIGN: Final = replace(RESPONSIBLE, executor="vodokanal")


def asked(
    centre: Centre,
    wanted: Wanted,
    *,
    actor: Actor = COORDINATOR,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[QueueRow]:
    """Ask for a page."""
    return queue(
        wanted, actor=actor, limit=limit, cursor=cursor, now=NOW, city=centre.city,
        cards=centre.cards,
    )  # fmt: skip


def numbers(page: Page[QueueRow]) -> list[str]:
    """Return the numbers of a page."""
    return [row.number for row in page.items]


def filled(count: int, found_every: int) -> Centre:
    """Return a centre whose queue holds so many cards, one in so many about a cat."""
    centre = Centre()
    for at in range(1, count + 1):
        card: Card = a_card(
            number=number_of(at),
            due_at=NOW + timedelta(minutes=at),
            excerpt="Кіт на дереві" if at % found_every == 0 else "Яма",
        )
        centre.put(registering(card, an_appeal(number=card.number)))
    return centre


class TestWords:
    """Words that no index answers filter the chosen queue, at most 1,000 rows of it."""

    def test_it_says_when_the_queue_was_too_long_to_read(self) -> None:
        centre = filled(ROWS_SEARCHED + 60, found_every=ROWS_SEARCHED + 60)
        page = asked(centre, Wanted(words="кіт"))
        assert (page.items, page.cut) == ((), True)
        assert page.cursor is not None
        following = asked(centre, Wanted(words="кіт"), cursor=page.cursor)
        assert (numbers(following), following.cut) == ([number_of(ROWS_SEARCHED + 60)], False)

    def test_a_queue_read_to_its_end_is_not_cut(self) -> None:
        page = asked(filled(120, found_every=120), Wanted(words="кіт"))
        assert (numbers(page), page.cut, page.cursor) == ([number_of(120)], False, None)

    @pytest.mark.parametrize("limit", [1, 3, 7, 20])
    @pytest.mark.parametrize("found_every", [1, 2, 3])
    def test_a_page_is_no_longer_than_asked_and_nothing_is_lost(
        self, limit: int, found_every: int
    ) -> None:
        centre, got, cursor = filled(23, found_every), list[str](), None
        while True:
            page = asked(centre, Wanted(words="кіт"), limit=limit, cursor=cursor)
            assert len(page.items) <= limit
            got += numbers(page)
            cursor = page.cursor
            if cursor is None:
                break
        assert got == [number_of(at) for at in range(1, 24) if at % found_every == 0]

    def test_every_word_must_be_there_in_any_case_and_order(self) -> None:
        centre = filled(3, found_every=3)
        assert numbers(asked(centre, Wanted(words="ДЕРЕВІ кіт"))) == [number_of(3)]
        assert numbers(asked(centre, Wanted(words="кіт собака"))) == []

    def test_the_topics_name_counts_as_words_of_the_card(self) -> None:
        centre = filled(1, found_every=1)
        assert numbers(asked(centre, Wanted(words="вуличне освітлення"))) == [number_of(1)]


class TestNumber:
    """A full number is one card, whatever the filters say, for whoever may see it."""

    def test_filters_do_not_hide_it(self) -> None:
        centre = filled(2, found_every=2)
        wanted = Wanted(words=number_of(2), statuses=frozenset({Status.CLOSED}), overdue=True)
        assert numbers(asked(centre, wanted)) == [number_of(2)]

    def test_a_foreign_one_is_not_shown(self) -> None:
        centre = filled(2, found_every=2)
        assert numbers(asked(centre, Wanted(words=number_of(2)), actor=FOREIGN)) == []

    def test_an_absent_one_is_not_looked_for_among_words(self) -> None:
        assert numbers(asked(filled(2, found_every=2), Wanted(words=number_of(9)))) == []


class TestScope:
    """An executor's people ask for their own queue, whatever they ask for."""

    def test_the_queue_of_another_is_not_given(self) -> None:
        centre = filled(2, found_every=2)
        assert numbers(asked(centre, Wanted(executor="svitlo"), actor=FOREIGN)) == []

    def test_their_own_is(self) -> None:
        page = asked(filled(2, found_every=2), Wanted(executor="vodokanal"), actor=RESPONSIBLE)
        assert numbers(page) == [number_of(1), number_of(2)]
