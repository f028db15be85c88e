"""Letters that wait for a person: in memory and in the tables alike."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.arrived_letter import Unreadable, UnreadLetter
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.store.unread_letters import UnreadLetterStore
from chalicelib.usecases.mail_ports import UnreadLetters
from tests.aws.tables import Stack
from tests.builders import RECEIVED_AT
from tests.fakes import FakeUnreadLetters
from tests.store.conftest import tables

NOW = RECEIVED_AT
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LETTER = UnreadLetter("b", "letters/b", NOW, Unreadable.NO_ID, "a@example.org", "Про ліхтар")


@pytest.fixture(params=["memory", "dynamodb"])
def letters(request: pytest.FixtureRequest) -> UnreadLetters:
    """An empty list, twice."""
    if request.param == "memory":
        return FakeUnreadLetters()
    stack: Stack = request.getfixturevalue("stack")
    return UnreadLetterStore(tables(stack.name))


def test_they_wait_the_oldest_first_each_once(letters: UnreadLetters) -> None:
    older = replace(LETTER, id="c", arrived_at=NOW - MINUTE, number="3-2026-000001")
    for letter in (LETTER, older, replace(LETTER, subject="again")):
        letters.keep(letter, until=NOW + DAY)
    assert letters.waiting(NOW) == [older, LETTER]
    assert letters.read("b", NOW) == LETTER


def test_a_letter_is_settled_once(letters: UnreadLetters) -> None:
    letters.keep(LETTER, until=NOW + DAY)
    settled = replace(LETTER, settled_at=NOW, settled_by="Олена", outcome="Внесено")
    letters.settle(settled, until=NOW + DAY)
    assert letters.waiting(NOW) == []
    assert letters.read("b", NOW) == settled
    with pytest.raises(ChangedMeanwhile):
        letters.settle(settled, until=NOW + DAY)
    letters.keep(LETTER, until=NOW + DAY)
    assert letters.waiting(NOW) == []


def test_it_is_kept_until_its_end_and_no_longer(letters: UnreadLetters) -> None:
    letters.keep(LETTER, until=NOW + DAY)
    assert letters.waiting(NOW + DAY) == []
    for letter_id, at in (("b", NOW + DAY), ("nothing", NOW)):
        with pytest.raises(NotFound):
            letters.read(letter_id, at)
