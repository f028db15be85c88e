"""Every refusal, drawn as one hierarchy. What is not a DomainError is a defect and answers 500.

DomainError
├── InputRefused            the request is malformed: every fault named at once
├── NotFound                no such card, topic, survey, upload or page for this caller
├── NotSignedIn             no or bad token, wrong name or password
├── RoleNotPermitted        the caller's role may not do this
├── SignInLocked            too many failed attempts
├── TooManyRequests         a rate limit
├── StepNotAllowed          the lifecycle has no such step from this status
├── RuleRefused             a clause refuses in this state
├── VersionStale            If-Match names an older version
├── VersionRequired         If-Match is missing
├── ChangedMeanwhile        another writer was first (retried by the use case)
├── OnceReused              the idempotency key came with another body
└── StoreAway               the database does not answer now
"""

import dataclasses
from collections.abc import Mapping
from typing import ClassVar


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an input: where, what kind, and the facts its words need."""

    field: str
    code: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    clause: str | None = None


class DomainError(Exception):
    """Base of every refusal.

    Attributes:
        kind: stable name; clients may match on it and words are found by it.
        clause: the clause that refuses, or None if none is involved.
        facts: what the words of the refusal mention.
        faults: the faults of an input, all at once.
    """

    kind: ClassVar[str] = "refused"

    def __init__(
        self,
        *,
        clause: str | None = None,
        words: str | None = None,
        faults: tuple[Fault, ...] = (),
        **facts: object,
    ) -> None:
        self.words = words or self.kind
        self.clause = clause
        self.faults = faults
        self.facts = {name: str(value) for name, value in facts.items()}
        super().__init__(f"{self.words} {self.facts}")


class InputRefused(DomainError):
    """The request is malformed; `faults` names each fault."""

    kind = "input-refused"


class NotFound(DomainError):
    """There is no such thing for this caller; absent and forbidden look the same."""

    kind = "not-found"


class NotSignedIn(DomainError):
    """Nobody is signed in, or the name and password do not match."""

    kind = "not-signed-in"


class RoleNotPermitted(DomainError):
    """The caller's role may not do this here."""

    kind = "role-not-permitted"


class SignInLocked(DomainError):
    """Too many failed sign-ins for one name. Fact `retry_after_seconds`."""

    kind = "sign-in-locked"


class TooManyRequests(DomainError):
    """A rate limit is reached. Fact `retry_after_seconds`."""

    kind = "too-many-requests"


class StepNotAllowed(DomainError):
    """No step leads from this status by this action."""

    kind = "step-not-allowed"


class RuleRefused(DomainError):
    """A clause of the Regulation refuses in this state; `words` says which rule."""

    kind = "rule-refused"


class VersionStale(DomainError):
    """The card has changed since the version that If-Match names."""

    kind = "version-stale"


class VersionRequired(DomainError):
    """If-Match is required for this action."""

    kind = "version-required"


class ChangedMeanwhile(DomainError):
    """Another writer changed the card between reading and writing."""

    kind = "changed-meanwhile"


class OnceReused(DomainError):
    """The Idempotency-Key was used before with another body."""

    kind = "idempotency-key-reused"


class StoreAway(DomainError):
    """The database does not answer now; nothing was written, the request may be repeated."""

    kind = "store-away"
