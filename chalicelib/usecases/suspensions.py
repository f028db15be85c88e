"""Suspend an executor, and let it receive cards again (K-1.4, KR-2.2)."""

from dataclasses import replace

from chalicelib.domain.directory import DirectoryEvent, Suspension
from chalicelib.domain.errors import NotFound, RuleRefused
from chalicelib.domain.once import Once
from chalicelib.regulation.appointments import appointed, registered_by, require_no_open_cards
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.directory import Entering, Standing, as_it_stands, line, require_executor
from chalicelib.usecases.ports import Cards


def suspend(
    entering: Entering, executor: str, reason: str, *, once: Once[Standing], cards: Cards
) -> Standing:
    """Suspend an executor: it receives nothing. Its open cards are reassigned first (K-1.4).

    Raises NotFound, RoleNotPermitted, RuleRefused, ChangedMeanwhile.
    """
    require(entering.actor, Deed.SUSPEND)
    city = entering.city
    require_executor(city, executor)
    entries = entering.entries()
    before = entries.suspensions.get(executor)
    if before is not None and not before.lifted:
        raise RuleRefused(words="suspended-already", clause=registered_by(city.law))
    left = cards.queue(executor, limit=1, cursor=None)
    require_no_open_cards((row.number for row in left.items), city.law)
    by = entering.actor.name or entering.actor.subject
    version = before.version + 1 if before else 1
    entry = Suspension(executor, entering.now, by, reason, version=version)
    told = line(entering, DirectoryEvent.SUSPENDED, executor, "", reason)
    after = replace(entries, suspensions={**entries.suspensions, executor: entry})
    result = Standing(appointed(city, after, entering.now), after)
    entering.appointments.enter(entry, told, once=once.record(result))
    return result


def lift_suspension(entering: Entering, executor: str) -> Standing:
    """Let an executor receive cards again. Raises NotFound, RoleNotPermitted, ChangedMeanwhile."""
    require(entering.actor, Deed.SUSPEND)
    require_executor(entering.city, executor)
    before = entering.entries().suspensions.get(executor)
    if before is None or before.lifted:
        raise NotFound(words="no-suspension")
    entry = replace(before, lifted=True, version=before.version + 1)
    told = line(entering, DirectoryEvent.SUSPENSION_LIFTED, executor, "")
    entering.appointments.enter(entry, told)
    return as_it_stands(entering)
