"""A messenger brings updates late, again and mixed with others': the cards are the same."""

from random import Random
from typing import Any, Final

import pytest

from tests.support.messenger_people import TelegramPerson
from tests.talks.chain import Chain, chain
from tests.talks.stories import filed

PEOPLE: Final = (700_100_201, 700_100_202, 700_100_203)
COPIES: Final = 3


def told() -> dict[int, list[dict[str, Any]]]:
    """Return what residents send who file an appeal each, in the order they send it."""
    with chain() as talk:
        people = [talk.telegram(each) for each in PEOPLE]
        for at, person in enumerate(people):
            filed(talk, person, photos=at, text=f"Не горить ліхтар біля будинку {at}, темно")
        photos = dict(talk.fake.files)
        assert len(photos) == sum(range(len(PEOPLE)))
        return {person.id: person.sent for person in people}


def cards(talk: Chain) -> list[tuple[str, str, int]]:
    """Return what has come of it, whatever the numbers."""
    return sorted(
        (file.appeal.text, file.appeal.applicant.chat or "", len(file.evidence))
        for file in talk.files()
    )


def mixed(updates: dict[int, list[dict[str, Any]]], random: Random) -> list[dict[str, Any]]:
    """Mix residents' updates, each resident's in order, and bring each again later.

    The messenger keeps one chat's order and knows of none between chats; what it brings again it
    brings at any time after the first.
    """
    left = {person: list(each) for person, each in updates.items()}
    stream: list[dict[str, Any]] = []
    while any(left.values()):
        person = random.choice([each for each in left if left[each]])
        stream.append(left[person].pop(0))
    for update in list(stream):
        for _ in range(COPIES - 1):
            first = stream.index(update)
            stream.insert(random.randint(first + 1, len(stream)), update)
    return stream


@pytest.mark.parametrize("count", [3, pytest.param(50, marks=pytest.mark.deep)])
@pytest.mark.clause("K-2")
def test_updates_thrice_and_shuffled_make_the_same_cards(count: int) -> None:
    updates = told()
    for seed in range(count):
        with chain() as talk:
            people: dict[int, TelegramPerson] = {each: talk.telegram(each) for each in PEOPLE}
            for at, each in enumerate(PEOPLE):
                for photo in range(at):
                    talk.photo(f"{each}-{photo}", (photo * 40 % 255, 90, 20))
            for update in mixed(updates, Random(seed)):
                who = (update.get("message") or update["callback_query"])["from"]["id"]
                assert people[who].deliver(update) == 200
            assert cards(talk) == [
                (f"Не горить ліхтар біля будинку {at}, темно", f"telegram#{each}", at)
                for at, each in enumerate(PEOPLE)
            ]
            assert talk.dead == []
