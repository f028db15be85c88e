"""A messenger brings updates late, again and mixed with others': the cards are the same."""

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any, Final

import pytest

from tests.talks.chain import Chain, chain
from tests.talks.stories import Person, filed

PLACES: Final = ("Проскурівська 12", "Зарічанська 5", "Подільська 7")
"""Far from one another: whose neighbour's card is there first is offered to join it."""
PEOPLE: Final[tuple[Callable[[Chain], Person], ...]] = (
    lambda talk: talk.telegram(700_100_201),
    lambda talk: talk.telegram(700_100_202),
    lambda talk: talk.viber("01234567890B="),
)
COPIES: Final = 3
Told = tuple[int, dict[str, Any]]
"""Who has sent an update, and the update."""


def text_of(at: int) -> str:
    """Return what somebody's appeal says."""
    return f"Не горить ліхтар біля будинку {at}, темно"


@cache
def told() -> tuple[tuple[dict[str, Any], ...], ...]:
    """Return what residents send who file an appeal each, in the order they send it."""
    with chain() as talk:
        people = [each(talk) for each in PEOPLE]
        for at, person in enumerate(people):
            filed(talk, person, photos=at, text=text_of(at), place=PLACES[at])
        assert len(talk.files()) == len(PEOPLE)
        return tuple(tuple(person.sent) for person in people)


def brought(stream: list[Told]) -> tuple[list[tuple[str, str, int]], list[str]]:
    """Bring a stream to a city; return what its cards hold, whatever their numbers, and defects."""
    with chain() as talk:
        people = [each(talk) for each in PEOPLE]
        for at, person in enumerate(people):
            for photo in range(at):
                talk.photo(f"{person.name}-{photo}", (photo * 40 % 255, 90, 20))
        for at, update in stream:
            assert people[at].deliver(moved(update, talk)) == 200
        cards = sorted(
            (file.appeal.text, file.appeal.applicant.chat or "", len(file.evidence))
            for file in talk.files()
        )
        return cards, talk.dead


def moved(update: dict[str, Any], talk: Chain) -> dict[str, Any]:
    """Return a callback whose picture lies with the messenger of another run."""
    message = update.get("message", {})
    if "media" not in message:
        return update
    media = f"{talk.fake.url}/media/{message['media'].rpartition('/')[2]}"
    return {**update, "message": {**message, "media": media}}


def mixed(random: Random) -> list[Told]:
    """Mix residents' updates, each resident's in order, and bring each again later.

    The messenger keeps one chat's order and knows of none between chats; what it brings again it
    brings at any time after the first.
    """
    left = [list(each) for each in told()]
    stream: list[Told] = []
    while any(left):
        at = random.choice([at for at, each in enumerate(left) if each])
        stream.append((at, left[at].pop(0)))
    for one in list(stream):
        for _ in range(COPIES - 1):
            stream.insert(random.randint(stream.index(one) + 1, len(stream)), one)
    return stream


@pytest.mark.parametrize("count", [2, pytest.param(50, marks=pytest.mark.deep)])
@pytest.mark.clause("K-2")
def test_updates_thrice_and_shuffled_make_the_same_cards(count: int) -> None:
    right = [
        (text_of(at), "viber#01234567890B=" if at == 2 else f"telegram#{700_100_201 + at}", at)
        for at in range(len(PEOPLE))
    ]
    for seed in range(count):
        cards, dead = brought(mixed(Random(seed)))
        assert cards == right, seed
        assert dead == [], seed


@pytest.mark.parametrize("count", [1, pytest.param(50, marks=pytest.mark.deep)])
def test_in_no_order_at_all_nobody_has_two_cards_and_nothing_breaks(count: int) -> None:
    """Presses and messages of one resident overtake each other: their queues are two."""
    for seed in range(count):
        random, stream = Random(seed), []
        for _ in range(COPIES):
            stream += [(at, update) for at, each in enumerate(told()) for update in each]
        random.shuffle(stream)
        cards, dead = brought(stream)
        chats = [chat for _, chat, _ in cards]
        assert len(chats) == len(set(chats)), seed
        assert dead == [], seed
