"""Take in what arrives at the official address, each message once (KR-2.1)."""

from chalicelib.domain.appeal import Channel
from chalicelib.domain.city import City
from chalicelib.domain.people import Actor
from chalicelib.regulation.arrivals import require_first, require_may_register
from chalicelib.usecases.ports import Cards


def admit(
    actor: Actor, channel: Channel, external_id: str | None, *, city: City, cards: Cards
) -> None:
    """Check that the actor may register what came through a channel, and that it is new.

    Two that arrive at the same instant both pass here; the store lets one of them in.
    Raises RoleNotPermitted, and RuleRefused for a message that has a card.
    """
    if channel is not Channel.OFFICIAL_MAIL:
        return
    require_may_register(actor, city)
    if external_id is not None:
        require_first(cards.by_external_id(external_id), city)
