"""The one way in: an appeal is registered at once, or waits for people (K-3.1, K-3.4)."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.domain.quarantine import Held
from chalicelib.regulation.quarantine import must_wait
from chalicelib.usecases.intake import Registered
from chalicelib.usecases.new_appeals import NewAppeal
from chalicelib.usecases.quarantine import Registry, hold
from chalicelib.usecases.screening import as_screened, screened_text


def take_in(
    new: NewAppeal,
    *,
    actor: Actor,
    new_id: Callable[[], str],
    once: Once[Registered | Held],
    now: datetime,
    registry: Registry,
) -> Registered | Held:
    """Screen an appeal, then register it or keep it back.

    Raises InputRefused, TooManyRequests, OnceAnswered, ChangedMeanwhile, StoreAway.
    """
    city = registry.city
    found = screened_text(new.text, now, city)
    if must_wait(found, city.topics.get(new.topic or ""), city):
        return hold(new, found, new_id=new_id, once=once, now=now, registry=registry)
    return registry.register(as_screened(new, found), actor=actor, once=once, now=now)
