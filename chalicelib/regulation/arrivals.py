"""Cards of the city's centre, as they arrive at the committee's official address (KR-2.1)."""

from collections.abc import Sequence

from chalicelib.domain.appeal import Channel
from chalicelib.domain.city import City, Law
from chalicelib.domain.errors import Fault, RuleRefused
from chalicelib.domain.people import Actor
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.permissions import Deed, require

_CLAUSES = {Law.K: "K-3.1", Law.KR: "KR-2.1"}


@clause("KR-2.1")
def require_may_register(actor: Actor, city: City) -> None:
    """Check that the official address is read by the actor. Raises RoleNotPermitted."""
    if city.law is Law.KR:
        require(actor, Deed.REGISTER_ARRIVAL, clause="KR-2.1")


@clause("K-3.1", "KR-2.1")
def missing_id(channel: object, external_id: object, law: Law) -> list[Fault]:
    """Return the fault of an arrival without the id that the city's centre gave it.

    By that id a message sent twice is one card, and the reply finds its way back (KR-2.9).

    Args:
        channel, external_id: as they came, of any type.
    """
    if channel != Channel.OFFICIAL_MAIL or (isinstance(external_id, str) and external_id):
        return []
    return [Fault("external_id", "required", clause=_CLAUSES[law])]


@clause("K-3.1", "KR-2.1")
def require_first(numbers: Sequence[str], city: City) -> None:
    """Check that what arrived has no card yet: one message is one card (R10, R71).

    Args:
        numbers: cards that came under the same foreign id.

    Raises RuleRefused with the number of the first of them.
    """
    if numbers:
        clause_of_city = _CLAUSES[city.law]
        raise RuleRefused(words="arrived-already", clause=clause_of_city, number=min(numbers))
