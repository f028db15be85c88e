"""The coordinator's message to the whole city: put up until an instant, taken down at once."""

from datetime import datetime

from chalicelib.domain.city_message import CityMessage
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.domain.people import Actor
from chalicelib.domain.words import Words
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.work_ports import CityMessages


def put_up(
    text: Words, until_at: datetime, *, actor: Actor, now: datetime, messages: CityMessages
) -> CityMessage:
    """Put up a message in the place of whatever stands.

    Raises RoleNotPermitted, InputRefused for an end in the past.
    """
    require(actor, Deed.CITY_MESSAGE)
    if until_at <= now:
        raise InputRefused(faults=(Fault("until_at", "in_the_past"),))
    message = CityMessage(text, until_at, put_at=now, put_by=actor.name)
    messages.put(message)
    return message


def take_down(*, actor: Actor, messages: CityMessages) -> None:
    """Take the message down, if one stands. Raises RoleNotPermitted."""
    require(actor, Deed.CITY_MESSAGE)
    messages.take_down()
