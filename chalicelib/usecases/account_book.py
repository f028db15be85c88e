"""Which account a person signs in by: named as people know it, kept as the pool knows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.usecases.ports import Directory


@dataclass(frozen=True, slots=True)
class AccountBook:
    """Which accounts there are, and whose they already are.

    Attributes:
        subject_of: the stable id of an account by its name, None where there is none.
    """

    subject_of: Callable[[str], str | None]
    directory: Directory

    def account(self, username: str, person: str, now: datetime) -> str:
        """Return the id of the account that a person is to act by.

        Raises InputRefused for an unknown account and for somebody else's, StoreAway.
        """
        subject = self.subject_of(username)
        if subject is None:
            raise InputRefused(faults=(Fault("username", "unknown_account"),))
        owner = self.directory.person(subject, now)
        if owner is not None and owner.person_id != person:
            raise InputRefused(faults=(Fault("username", "account_of_another"),))
        return subject
