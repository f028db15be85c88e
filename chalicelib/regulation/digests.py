"""When the morning digest is due: once a working day, from the city's hour on (K-5.1.6, KR-1.2)."""

from datetime import date, datetime

from chalicelib.domain.city import City
from chalicelib.regulation.calendar import is_working
from chalicelib.regulation.clauses import clause

DIGEST_HOUR = "digest"


@clause("K-5.1.6", "KR-1.2")
def digest_day(now: datetime, city: City) -> date | None:
    """Return the working day whose digest should have gone by now, None where none is due.

    The hour is that of the city's clocks, summer and winter; a clock that runs late catches up
    on the same day, and a day that is over is not told of any more.
    """
    hour = city.edition_at(now).get(DIGEST_HOUR)
    local = now.astimezone(city.calendar.zone)
    if hour is None or local.hour < hour.value or not is_working(local.date(), city.calendar):
        return None
    return local.date()
