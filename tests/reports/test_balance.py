"""Opening balance + received = closed + closing balance, for each executor and in total."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.card import Card
from chalicelib.reports.balance import NOBODY, Balance, Period, balances, concerns, total
from tests.builders import RECEIVED_AT, a_card, number_of

DAY = timedelta(days=1)
MARCH = Period(RECEIVED_AT, RECEIVED_AT + 30 * DAY)


def registered(days: float, closed_after: float | None = None, **changes: object) -> Card:
    at = RECEIVED_AT + days * DAY
    closed_at = None if closed_after is None else at + closed_after * DAY
    return a_card(registered_at=at, closed_at=closed_at, **changes)


CARDS = st.lists(
    st.builds(
        registered,
        st.floats(-60, 60),
        st.none() | st.floats(0, 90),
        executor=st.sampled_from(["svitlo", "vodokanal", None]),
    ),
    max_size=30,
)


@given(CARDS)
def test_every_line_and_the_total_add_up(cards: list[Card]) -> None:
    lines = balances(cards, MARCH)
    for line in (*lines.values(), total(lines.values())):
        assert line.opening + line.received == line.closed + line.closing


@given(CARDS)
def test_what_closes_a_period_opens_the_next(cards: list[Card]) -> None:
    following = Period(MARCH.until_at, MARCH.until_at + 30 * DAY)
    closing = total(balances(cards, MARCH).values()).closing
    assert closing == total(balances(cards, following).values()).opening


class TestWhereACardCounts:
    def test_open_from_before(self) -> None:
        assert balances([registered(-5)], MARCH) == {"svitlo": Balance(opening=1, closing=1)}

    def test_came_and_went(self) -> None:
        assert balances([registered(5, 2)], MARCH) == {"svitlo": Balance(received=1, closed=1)}

    def test_closed_after_the_period_is_still_open_in_it(self) -> None:
        assert balances([registered(5, 60)], MARCH) == {"svitlo": Balance(received=1, closing=1)}

    def test_what_nobody_answers_for_has_a_line(self) -> None:
        assert set(balances([registered(5, executor=None)], MARCH)) == {NOBODY}

    def test_what_was_over_before_or_came_after_does_not_count(self) -> None:
        assert not concerns(registered(-5, 1), MARCH)
        assert not concerns(registered(35), MARCH)
        assert balances([registered(35, number=number_of(2))], MARCH) == {}

    def test_the_end_is_exclusive(self) -> None:
        assert not MARCH.holds(MARCH.until_at)
        assert MARCH.holds(MARCH.from_at)
        assert not MARCH.holds(None)
