"""The quarantine: texts that people have to judge before they are registered (K-3.4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from chalicelib.domain.appeal import Appeal
from chalicelib.domain.screening import Screening

BEGINS: Final = "q-"
"""What ids of texts begin with, so that no card can have one."""


class HeldState(StrEnum):
    """What became of a text that was kept back.

    Attributes:
        WAITING: nobody has decided, or one person has refused and no second one agreed.
        REGISTERED: a person found no incitement in it.
        RELEASED: nobody decided in time, so it was registered by itself.
        REFUSED: two people refused it.
    """

    WAITING = "waiting"
    REGISTERED = "registered"
    RELEASED = "released"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided, and why; `by` is their stable id."""

    by: str
    name: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A text that waits for people, or what became of it.

    Attributes:
        id: begins with `q-`; what follows is the id of its receipt. It has no registration
            number before it is registered.
        key_id: of the key that makes its receipt; the receipt itself is not stored.
        appeal: what came in, its `number` being `id`; its text is dropped once a card has it.
        topic, uploads, join: what else the applicant gave.
        found: labels and places, with the edition of the list they were found by.
        review_by_at: until when a person should have looked at it.
        release_at: when it is registered by itself.
        refusal: the first person's refusal; it has no effect before a second one agrees.
        decision: by whom and why it was registered, or refused for good; None if by itself.
        number, code_key: of the card it became, and the key that makes its code.
        expires_at: when it may be deleted; None while it waits.
    """

    id: str
    key_id: str
    state: HeldState
    appeal: Appeal
    found: Screening
    review_by_at: datetime
    release_at: datetime
    topic: str | None = None
    uploads: tuple[str, ...] = ()
    join: str | None = None
    refusal: Verdict | None = None
    decision: Verdict | None = None
    decided_at: datetime | None = None
    number: str | None = None
    code_key: str | None = None
    expires_at: datetime | None = None
    version: int = 1

    @property
    def receipt_id(self) -> str:
        """What the token of its receipt proves."""
        return self.id.removeprefix(BEGINS)
