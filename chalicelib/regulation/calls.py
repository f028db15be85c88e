"""Talks by phone: two warnings, the end of the talk, the block of a number (K-3.4)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.appeal import Channel
from chalicelib.domain.call import Block, CallEvent, CallEventName, EndReason
from chalicelib.domain.city import City, Edition, Urgency
from chalicelib.domain.errors import Fault, InputRefused, RoleNotPermitted, RuleRefused
from chalicelib.domain.people import Actor
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.permissions import Deed, require

RECORDING: Final = "call_recording"
"""The feature of a city that records calls; none does until the city says so."""

_HOUR: Final = timedelta(hours=1)


def warnings_of(events: Iterable[CallEvent], call_id: str | None) -> int:
    """Return how many warnings were given in a call; in all calls read where it is not known."""
    return sum(
        event.name is CallEventName.WARNED and call_id in {None, event.call_id} for event in events
    )


def warnings_since(now: datetime, edition: Edition) -> datetime:
    """Return from when on a caller's warnings count."""
    return now - edition["phone_warnings_count"].value * _HOUR


@clause("K-3.4")
def may_end(warnings: int, edition: Edition) -> bool:
    """Tell whether the caller was warned as often as it takes to end the talk for abuse."""
    return warnings >= edition["phone_warnings"].value


@clause("K-3.4")
def require_may_end(reason: EndReason, warnings: int, edition: Edition) -> None:
    """Check that a talk ended for abuse was preceded by its warnings. Raises RuleRefused."""
    number = edition["phone_warnings"]
    if reason is EndReason.ABUSE and not may_end(warnings, edition):
        raise RuleRefused(words="warn-first", clause=number.clause, warnings=number.value)


@clause("K-3.4")
def placed(
    phone: str, reason: str, evidence: str, actor: Actor, now: datetime, edition: Edition
) -> Block:
    """Return a block as an operator places it: at once, for the city's short term.

    Raises RoleNotPermitted.
    """
    number = edition["block_short"]
    require(actor, Deed.BLOCK, clause=number.clause)
    return Block(phone, reason, evidence, now, actor, now + number.value * _HOUR)


@clause("K-3.4")
def require_unblocked(block: Block | None, now: datetime, edition: Edition) -> None:
    """Check that a phone is not blocked already. Raises RuleRefused."""
    if block is not None and block.stands(now):
        number = edition["block_short"]
        raise RuleRefused(words="blocked-already", clause=number.clause, until=block.until)


@clause("K-3.4")
def confirmed_until(
    block: Block, hours: int, actor: Actor, now: datetime, edition: Edition
) -> datetime:
    """Return when a block ends that a coordinator confirms for some hours from now.

    Raises:
        RoleNotPermitted: somebody else than a coordinator, or who placed it: it takes two people.
        RuleRefused: it has ended already.
        InputRefused: longer than the city allows.
    """
    longest = edition["block_longest"]
    require(actor, Deed.CONFIRM_BLOCK, clause=longest.clause)
    if not block.stands(now):
        raise RuleRefused(words="block-over", clause=longest.clause)
    if actor.person_id == block.placed_by.person_id:
        raise RoleNotPermitted(clause=longest.clause, words="own-block", role=actor.role)
    if hours > longest.value:
        facts = {"most": str(longest.value)}
        raise InputRefused(faults=(Fault("hours", "too_big", facts, longest.clause),))
    return now + hours * _HOUR


@clause("K-3.4")
def require_may_lift(block: Block, actor: Actor, now: datetime, edition: Edition) -> None:
    """Check that a block stands and may be lifted by the actor.

    An operator lifts only what nobody has confirmed. Raises RoleNotPermitted, RuleRefused.
    """
    number = edition["block_short"]
    deed = Deed.CONFIRM_BLOCK if block.confirmed_at else Deed.BLOCK
    require(actor, deed, clause=number.clause)
    if not block.stands(now):
        raise RuleRefused(words="block-over", clause=number.clause)


@clause("K-3.4")
def asks_of_block(channel: Channel, urgency: Urgency) -> bool:
    """Tell whether a block of the applicant's phone stands in an appeal's way.

    A block is of calls only, and never of an emergency.
    """
    return channel is Channel.PHONE and urgency is not Urgency.EMERGENCY


@clause("K-3.4")
def require_taken(block: Block | None, now: datetime, city: City) -> None:
    """Check that calls of a phone are taken. Raises RuleRefused with how the block ends."""
    if block is not None and block.stands(now):
        number = city.edition_at(now)["block_short"]
        raise RuleRefused(
            words="caller-blocked", clause=number.clause, until=block.until, reason=block.reason
        )


@clause("K-3.5(5)")
def recording_kept_until(recorded_at: datetime, city: City) -> datetime | None:
    """Return until when a recording is kept; None where the city does not record calls."""
    keep = city.edition_at(recorded_at).get("recording_keep")
    if RECORDING not in city.features or keep is None:
        return None
    return recorded_at + timedelta(days=keep.value)


def kept_until(at: datetime, edition: Edition) -> datetime:
    """Return until when what happened in a call is kept."""
    return at + timedelta(days=edition["call_log_keep"].value)
