"""The repeat appeal: a new card and a new clock, linked both ways, to the same executor."""

from datetime import timedelta
from typing import Final

import pytest

from chalicelib.domain.card import Action, Card, CardFile, Status
from chalicelib.domain.errors import RoleNotPermitted, StepNotAllowed
from chalicelib.domain.events import EventName
from chalicelib.domain.people import APPLICANT
from chalicelib.usecases.repeats import Returning, returned
from tests.builders import a_card, an_appeal, number_of
from tests.usecases.collaborators import NOW, RESPONSIBLE, Centre

CITY: Final = Centre().city
LATER: Final = NOW + timedelta(days=10)
BY: Final = Returning(APPLICANT, Action.RETURN, "Не горить і досі", 7, LATER)


def a_closed_file(**changes: object) -> CardFile:
    """Return the file of a closed card."""
    edition = CITY.edition_at(NOW).name
    card = a_card(status=Status.CLOSED, closed_at=NOW, edition=edition, **changes)
    return CardFile(card, an_appeal())


def parent_and_repeat(file: CardFile) -> tuple[Card, Card]:
    """Return both cards after a return."""
    parent, repeat = returned(file, BY, city=CITY)
    return parent.card, repeat.card


@pytest.mark.clause("K-6.2")
class TestRepeat:
    """6.2 If not confirmed, a repeat appeal with the reason is formed and sent for rework."""

    def test_the_two_cards_name_each_other(self) -> None:
        parent, repeat = parent_and_repeat(a_closed_file())
        assert (parent.status, parent.repeats) == (Status.RETURNED, (repeat.number,))
        assert (repeat.repeat_of, repeat.repeat_no) == (parent.number, 1)

    def test_it_goes_to_the_same_executor_under_the_same_topic(self) -> None:
        parent, repeat = parent_and_repeat(a_closed_file())
        assert (repeat.status, repeat.executor, repeat.topic) == (
            *(Status.SENT, parent.executor, parent.topic),
        )

    def test_its_clock_is_a_new_one(self) -> None:
        parent, repeat = parent_and_repeat(a_closed_file())
        assert (repeat.received_at, repeat.closed_at) == (LATER, None)
        assert repeat.due_at > LATER > parent.due_at
        assert min(repeat.timers.values()) > LATER
        assert parent.timers == {}

    def test_it_begins_with_the_reason(self) -> None:
        _, repeat = returned(a_closed_file(), BY, city=CITY)
        assert repeat.appeal is not None
        assert repeat.appeal.text.startswith(BY.reason)
        assert repeat.card.excerpt.startswith(BY.reason)
        events = [event.name for event in repeat.events]
        assert events == [EventName.REGISTERED, EventName.REPEAT_REGISTERED, EventName.SENT]

    def test_the_code_of_the_first_card_opens_it_too(self) -> None:
        parent, repeat = parent_and_repeat(a_closed_file(root=number_of(1)))
        assert (repeat.root, repeat.code_key) == (number_of(1), parent.code_key)

    def test_the_first_return_is_the_executors_matter(self) -> None:
        _, repeat = parent_and_repeat(a_closed_file())
        assert "repeat" in repeat.flags
        assert "coordinator" not in repeat.flags

    @pytest.mark.parametrize("repeat_no", [1, 2])
    def test_from_the_second_on_it_is_the_coordinators_too(self, repeat_no: int) -> None:
        _, repeat = returned(a_closed_file(repeat_no=repeat_no), BY, city=CITY)
        assert "coordinator" in repeat.card.flags
        assert repeat.events[-1].name is EventName.ATTENTION
        assert repeat.events[-1].facts["times"] == str(repeat_no + 1)

    def test_only_who_was_asked_returns_a_card(self) -> None:
        by_executor = Returning(RESPONSIBLE, Action.RETURN, "Так", 7, LATER)
        with pytest.raises(RoleNotPermitted):
            returned(a_closed_file(), by_executor, city=CITY)

    def test_only_a_closed_card_is_returned(self) -> None:
        file = CardFile(a_card(edition=CITY.edition_at(NOW).name), an_appeal())
        with pytest.raises(StepNotAllowed):
            returned(file, BY, city=CITY)
