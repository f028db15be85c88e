"""Who acts: roles and actors."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Roles of people and machines; the first two and the last are not accounts."""

    APPLICANT = "applicant"
    SYSTEM = "system"
    OPERATOR = "operator"
    COORDINATOR = "coordinator"
    ADMIN = "admin"
    RESPONSIBLE = "responsible"
    HEAD = "head"
    NEXT_HEAD = "next_head"
    PERFORMER = "performer"
    CLERK = "clerk"
    SIGNATORY = "signatory"


EXECUTOR_ROLES = frozenset({Role.RESPONSIBLE, Role.HEAD, Role.NEXT_HEAD, Role.PERFORMER})
"""Roles that belong to one executor and see its cards only."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or something, that acts.

    Attributes:
        subject: stable id of the account, `applicant` or `system`.
        executor: id of the executor the actor belongs to, None for people of the centre.
        token_id: the sign-in (`jti`) by which the actor came, for signing out.
        person: id of the person in the city's data, where it differs from `subject`.
    """

    subject: str
    role: Role
    name: str = ""
    executor: str | None = None
    token_id: str | None = None
    person: str | None = None

    @property
    def person_id(self) -> str:
        """The id by which the city's data knows this person."""
        return self.person or self.subject


APPLICANT = Actor(subject="applicant", role=Role.APPLICANT)
SYSTEM = Actor(subject="system", role=Role.SYSTEM)
