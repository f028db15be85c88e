"""What waits for people before it is registered, for how long, and who refuses it (K-3.4)."""

from datetime import datetime
from typing import Final

from chalicelib.domain.city import City, Topic, Urgency
from chalicelib.domain.errors import RoleNotPermitted, RuleRefused
from chalicelib.domain.people import Actor
from chalicelib.domain.quarantine import Held, HeldState
from chalicelib.domain.screening import Label, Screening
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.deadlines import within

QUARANTINE: Final = "quarantine"
"""The feature of a city whose regulation lets incitement be refused."""
INCITEMENT: Final = "incitement"
"""The flag of a card that was registered at once though its text may incite."""

FLAGS: Final = {
    Label.OBSCENE: "obscene",
    Label.INSULT: "rude",
    Label.MILD: "rude",
    Label.THREAT: "threat",
    Label.REPORT_OF_HATE: "report_of_hate",
}
"""What the queue says of a text that is registered."""


@clause("K-3.4")
def must_wait(found: Screening, topic: Topic | None, city: City) -> bool:
    """Tell whether a text waits for people: suspected incitement does, an emergency never."""
    if QUARANTINE not in city.features or Label.HATE not in found.labels:
        return False
    return topic is None or topic.urgency is not Urgency.EMERGENCY


@clause("K-3.4")
def waiting_ends(now: datetime, city: City) -> tuple[datetime, datetime]:
    """Return until when a person should look at a text, and when it is registered by itself."""
    edition, calendar = city.edition_at(now), city.calendar
    review_by_at = within(now, edition["quarantine_review"], calendar)
    return review_by_at, within(now, edition["quarantine_release"], calendar)


@clause("K-3.4")
def flags_of(found: Screening) -> frozenset[str]:
    """Return what the queue says of a text; incitement that did not wait has a flag too."""
    return frozenset(FLAGS.get(label, INCITEMENT) for label in found.labels)


@clause("K-3.4")
def require_named_person(actor: Actor) -> None:
    """Check that a person decides under their own name, not a machine. Raises RoleNotPermitted."""
    if not actor.name or actor.token_id is None:
        raise RoleNotPermitted(clause="K-3.4", role=actor.role)


@clause("K-3.4")
def require_waiting(held: Held) -> None:
    """Check that a text still waits for a decision. Raises RuleRefused."""
    if held.state is not HeldState.WAITING:
        raise RuleRefused(words="quarantine-decided", clause="K-3.4")


@clause("K-3.4")
def refusal_counts(held: Held, actor: Actor, now: datetime) -> bool:
    """Tell whether a refusal takes effect: it is the second person's.

    Raises RuleRefused for the same person's second refusal, and once the time is over.
    """
    if now >= held.release_at:
        raise RuleRefused(words="quarantine-over", clause="K-3.4")
    if held.refusal is None:
        return False
    if held.refusal.by == actor.person_id:
        raise RuleRefused(words="second-person-needed", clause="K-3.4")
    return True


@clause("LAW-17")
def kept_until(decided_at: datetime, city: City) -> datetime:
    """Return until when a decided text is kept: as long as its refusal may be complained of."""
    return within(decided_at, city.edition_at(decided_at)["quarantine_keep"], city.calendar)
