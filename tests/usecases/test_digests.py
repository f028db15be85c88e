"""The morning digest: one to each reader a working day, however often the clock runs."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.card import Status
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.notice import Audience, Notice
from chalicelib.usecases.digests import Morning, tell_morning
from tests.builders import a_card, an_appeal, local, number_of, registering
from tests.fakes import FakeMornings, FakeNotices, FakeQueues
from tests.usecases.collaborators import Centre

MORNING: Final = local("Mon 2026-03-02 08:00")
NUMBER: Final = "digest-2026-03-02"


class Desk:
    """A centre with one open card, and what its digests are written to."""

    def __init__(self) -> None:
        self.centre = Centre()
        self.notices, self.queues = FakeNotices(self.centre.shelf), FakeQueues()
        self.mornings = FakeMornings()
        self.centre.put(registering(a_card(), an_appeal()))

    def tell(self, at: datetime = MORNING, **changes: Any) -> int:
        """Run the schedule's minute."""
        run = Morning(
            at,
            city=self.centre.city,
            city_now=lambda: self.centre.city,
            cards=self.centre.cards,
            notices=changes.get("notices", self.notices),
            queues=changes.get("queues", self.queues),
            mornings=changes.get("mornings", self.mornings),
        )
        return tell_morning(run)

    def readers(self, number: str = NUMBER) -> Counter[str]:
        """Return who gets a digest of a day, and how many."""
        return Counter(notice.to for notice in self.notices.of(number))


@pytest.fixture
def desk() -> Desk:
    """A desk before its morning."""
    return Desk()


@pytest.mark.clause("K-5.1.6", "K-5.1.1")
class TestMorning:
    """5.1.6 … control the progress: those responsible and their heads hear of it every morning."""

    def test_the_responsible_person_and_the_head_get_one_each(self, desk: Desk) -> None:
        assert desk.tell() == 2
        assert desk.readers() == {"svitlo-responsible": 1, "svitlo-head": 1}
        told = {notice.audience for notice in desk.notices.of(NUMBER)}
        assert told == {Audience.RESPONSIBLE, Audience.HEAD}

    def test_they_are_on_the_queue_at_once_and_looked_after_later(self, desk: Desk) -> None:
        desk.tell()
        assert len(desk.queues.queued) == 2
        assert {n.wake_at for n in desk.notices.of(NUMBER)} == {MORNING + timedelta(minutes=15)}

    def test_not_before_the_hour_nor_on_a_day_off(self, desk: Desk) -> None:
        for at in ("Mon 2026-03-02 07:59", "Sat 2026-03-07 09:00"):
            assert desk.tell(local(at)) == 0

    def test_whose_queue_is_empty_is_left_alone(self, desk: Desk) -> None:
        number = number_of(2)
        card = a_card(number=number, root=number, executor="vodokanal", status=Status.CLOSED)
        desk.centre.put(registering(card, an_appeal(number=number)))
        desk.tell()
        assert not [reader for reader in desk.readers() if reader.startswith("vodokanal")]

    def test_once_a_day_however_often_and_late_the_clock_runs(self, desk: Desk) -> None:
        for minutes in (0, 0, 1, 60, 900):
            desk.tell(MORNING + timedelta(minutes=minutes))
        assert set(desk.readers().values()) == {1}
        assert desk.tell(MORNING + timedelta(days=1)) == 2

    def test_two_runs_at_once_write_it_once(self, desk: Desk) -> None:
        desk.tell(mornings=FakeMornings())
        assert desk.tell(mornings=FakeMornings()) == 0
        assert set(desk.readers().values()) == {1}

    @pytest.mark.parametrize("late_hours", range(0, 73, 6))
    def test_a_clock_that_stood_still_tells_of_the_day_it_runs_on(
        self, desk: Desk, late_hours: int
    ) -> None:
        at = MORNING + timedelta(hours=late_hours)
        desk.tell(at)
        desk.tell(at)
        days = [day for day in ("02", "03", "04", "05") if desk.readers(f"digest-2026-03-{day}")]
        assert len(days) <= 1

    @pytest.mark.parametrize("friday", ["Fri 2026-03-27 08:00", "Fri 2026-10-23 08:00"])
    def test_over_both_sundays_of_the_clocks_each_working_morning_has_one(
        self, desk: Desk, friday: str
    ) -> None:
        start = local(friday) - timedelta(hours=8)
        written = sum(desk.tell(start + timedelta(minutes=30 * i)) for i in range(2 * 24 * 5))
        assert written == 2 * 3


class BreakingNotices(FakeNotices):
    """Notices of which the second cannot be written once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.centre.shelf)
        self.written = 0

    def add(self, *notices: Notice) -> bool:
        """Break at the second call."""
        self.written += 1
        if self.written == 2:
            raise StoreAway
        return super().add(*notices)


def test_what_broke_off_is_finished_and_nothing_is_written_twice(desk: Desk) -> None:
    notices = BreakingNotices(desk)
    with pytest.raises(StoreAway):
        desk.tell(notices=notices)
    assert desk.tell(MORNING + timedelta(minutes=1), notices=notices) == 1
    assert desk.readers() == {"svitlo-responsible": 1, "svitlo-head": 1}


def test_a_queue_that_is_away_loses_none(desk: Desk) -> None:
    with pytest.raises(StoreAway):
        desk.tell(queues=FakeQueues(away=True))
    assert desk.tell() == 0
    assert all(notice.wake_at for notice in desk.notices.of(NUMBER))
