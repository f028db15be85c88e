"""The morning digest: when it is due."""

from datetime import date
from typing import Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.city import City
from chalicelib.regulation.digests import digest_day
from tests.builders import local

CITY: Final = load_city("khmelnytskyi")
DISTRICT: Final = load_city("kryvyi-rih")


@pytest.mark.clause("K-5.1.6", "KR-1.2")
@pytest.mark.parametrize("city", [CITY, DISTRICT], ids=lambda city: city.id)
class TestDay:
    """5.1.6 Who answers for the work controls its progress: every working morning."""

    @pytest.mark.parametrize(
        ("at", "day"),
        [
            ("Mon 2026-03-02 07:59", None),
            ("Mon 2026-03-02 08:00", date(2026, 3, 2)),
            ("Mon 2026-03-02 23:59", date(2026, 3, 2)),
            ("Tue 2026-03-03 00:00", None),
            ("Sat 2026-03-07 09:00", None),
            ("Sun 2026-03-08 09:00", None),
        ],
    )
    def test_from_the_citys_hour_of_a_working_day_to_its_end(
        self, city: City, at: str, day: date | None
    ) -> None:
        assert digest_day(local(at), city) == day

    @pytest.mark.parametrize(
        "morning",
        [
            "Fri 2026-03-27 08:00", "Mon 2026-03-30 08:00",
            "Fri 2026-10-23 08:00", "Mon 2026-10-26 08:00",
        ],
    )  # fmt: skip
    def test_the_hour_is_that_of_the_clocks_before_and_after_both_sundays(
        self, city: City, morning: str
    ) -> None:
        assert digest_day(local(morning), city) is not None
        assert digest_day(local(morning.replace("08:00", "07:59")), city) is None
