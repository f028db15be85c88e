"""What must hold of every card, whatever anybody does in whatever order."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain.card import CardFile, Status
from chalicelib.domain.city import City
from chalicelib.regulation.deadlines import law_cap
from chalicelib.regulation.history import status_told
from chalicelib.regulation.lifecycle import OPEN


def check_card(file: CardFile, city: City, now: datetime) -> None:
    """Assert what holds of one card."""
    card = file.card
    assert [event.seq for event in file.events] == list(range(1, card.seq + 1))
    assert all(a.at <= b.at for a, b in zip(file.events, file.events[1:], strict=False))
    assert status_told(file.events, city.law) is card.status, card.status
    if card.status in OPEN - {Status.REGISTERED}:
        assert card.executor in city.executors
        assert card.executor not in card.co_executors
    cap = law_cap(card.received_at, edition=city.edition(card.edition), calendar=city.calendar)
    assert card.due_at <= cap
    assert card.due_at <= card.certain_late_at
    assert (card.status in OPEN) or card.executor or card.status is not Status.CLOSED
    assert all(at.tzinfo is not None for at in card.timers.values())
    assert card.registered_at <= now


def check_links(files: Mapping[str, CardFile]) -> None:
    """Assert that cards which name each other do so both ways."""
    for number, file in files.items():
        card = file.card
        for repeat in card.repeats:
            assert files[repeat].card.repeat_of == number
            assert files[repeat].card.root == card.root
        if card.repeat_of:
            assert number in files[card.repeat_of].card.repeats
        for part in card.parts:
            assert files[part].card.part_of == number


def check_balance(before: int, files: Mapping[str, CardFile]) -> None:
    """Assert that nothing is lost: what was received is open or has left the queue."""
    open_cards = sum(file.card.status in OPEN for file in files.values())
    left = sum(file.card.status not in OPEN for file in files.values())
    assert before <= len(files) == open_cards + left
