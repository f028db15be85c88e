"""Block a phone for abuse, confirm it, lift it: it acts at once and ends by itself (K-3.4)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.appeal import Applicant, Channel
from chalicelib.domain.call import Block, CallEvent, CallEventName
from chalicelib.domain.city import City, Topic, Urgency
from chalicelib.domain.errors import NotFound
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.regulation.calls import (
    asks_of_block,
    confirmed_until,
    kept_until,
    placed,
    require_may_lift,
    require_taken,
    require_unblocked,
)
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.call_ports import Blocks
from chalicelib.usecases.calls import month_of
from chalicelib.usecases.writing import while_beaten


@dataclass(frozen=True, slots=True)
class Blocking:
    """Who acts on the block of which phone, and how the answer is kept.

    Attributes:
        event_id: of the line that the journal gets.
    """

    phone: str
    actor: Actor
    once: Once[Block]
    now: datetime
    city: City
    event_id: str


def place(blocking: Blocking, *, reason: str, evidence: str, blocks: Blocks) -> Block:
    """Block a phone at once, for the city's short term; without a coordinator it then ends.

    Raises RoleNotPermitted, RuleRefused (blocked already), ChangedMeanwhile, OnceAnswered.
    """
    now, edition = blocking.now, blocking.city.edition_at(blocking.now)
    made = placed(blocking.phone, reason, evidence, blocking.actor, now, edition)

    def write(before: Block | None) -> Block:
        require_unblocked(before, now, edition)
        return replace(made, version=before.version + 1) if before else made

    return _written(blocking, CallEventName.BLOCK_PLACED, reason, write, blocks)


def confirm(blocking: Blocking, *, hours: int, blocks: Blocks) -> Block:
    """Let a block stand for some hours from now; it takes a coordinator who did not place it.

    Raises NotFound, RoleNotPermitted, RuleRefused (it has ended), InputRefused (too long),
    ChangedMeanwhile, OnceAnswered.
    """
    now, actor = blocking.now, blocking.actor
    edition = blocking.city.edition_at(now)
    require(actor, Deed.CONFIRM_BLOCK, clause=edition["block_longest"].clause)

    def write(before: Block | None) -> Block:
        block = _found(before)
        until = confirmed_until(block, hours, actor, now, edition)
        confirmed = replace(block, until=until, confirmed_at=now, confirmed_by=actor.name)
        return replace(confirmed, version=block.version + 1)

    return _written(blocking, CallEventName.BLOCK_CONFIRMED, "", write, blocks)


def lift(blocking: Blocking, *, blocks: Blocks) -> Block:
    """End a block now.

    Raises NotFound, RoleNotPermitted, RuleRefused (it has ended), ChangedMeanwhile, OnceAnswered.
    """
    now, edition = blocking.now, blocking.city.edition_at(blocking.now)
    require(blocking.actor, Deed.BLOCK, clause=edition["block_short"].clause)

    def write(before: Block | None) -> Block:
        block = _found(before)
        require_may_lift(block, blocking.actor, now, edition)
        return replace(block, lifted_at=now, version=block.version + 1)

    return _written(blocking, CallEventName.BLOCK_LIFTED, "", write, blocks)


def standing(*, actor: Actor, now: datetime, blocks: Blocks) -> list[Block]:
    """Return the blocks that stand now, the soonest to end first. Raises RoleNotPermitted."""
    require(actor, Deed.BLOCK)
    return blocks.standing(now)


def require_caller_taken(
    applicant: Applicant,
    channel: Channel,
    topic: Topic | None,
    *,
    now: datetime,
    city: City,
    blocks: Blocks,
) -> None:
    """Check that a call's appeal may be registered: an emergency always is (K-3.4).

    Raises RuleRefused with the block's end and how to complain of it.
    """
    urgency = topic.urgency if topic else Urgency.MEDIUM
    if applicant.phone is not None and asks_of_block(channel, urgency):
        require_taken(blocks.read(applicant.phone), now, city)


def _found(block: Block | None) -> Block:
    if block is None:
        raise NotFound(words="no-block")
    return block


def _written(
    blocking: Blocking,
    name: CallEventName,
    text: str,
    write: Callable[[Block | None], Block],
    blocks: Blocks,
) -> Block:
    """Save what `write` makes of the phone's block as it stands, with a line of the journal."""

    def attempt(_again: bool) -> Block:
        before = blocks.read(blocking.phone)
        block = write(before)
        event = CallEvent(
            id=blocking.event_id,
            at=blocking.now,
            name=name,
            by=blocking.actor,
            phone=blocking.phone,
            text=text,
            facts={"until": block.until.isoformat()},
        )
        blocks.write(
            before,
            block,
            event,
            month=month_of(blocking.now, blocking.city),
            until=kept_until(block.until, blocking.city.edition_at(blocking.now)),
            once=blocking.once.record(block),
        )
        return block

    return while_beaten(attempt)
