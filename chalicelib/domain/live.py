"""A console that is connected to hear at once what happens."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Connection:
    """One open line to a console, and who sits before it.

    Attributes:
        id: the gateway's name of the connection.
        audience: whose news it hears: an executor's id, or the centre.
        subject: stable id of the account that has signed in.
        token_id: the sign-in (`jti`) by which it was proven.
        signed_in_until: when that sign-in ends.
        expires_at: from when nothing is told to it any more, unless it pings before.
    """

    id: str
    audience: str
    subject: str
    token_id: str
    signed_in_until: datetime
    expires_at: datetime
