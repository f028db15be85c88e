"""What appeals are registered with, put together for whichever door sets it off."""

from chalicelib.usecases.limits import Limits
from chalicelib.usecases.ports import Numbers
from chalicelib.usecases.quarantine import Registry
from chalicelib.wiring import Centre


def registry_of(
    centre: Centre, limits: Limits | None = None, numbers: Numbers | None = None
) -> Registry:
    """Return the registry; without limits it is staff or the clock that registers."""
    return Registry(
        city=centre.city,
        city_soon=centre.city_soon(),
        cards=centre.cards,
        numbers=numbers or centre.numbers,
        tickets=centre.tickets,
        secrets=centre.secrets,
        works=centre.works,
        quarantine=centre.doors.quarantine,
        limits=limits or centre.limits(""),
        start=centre.start,
    )
