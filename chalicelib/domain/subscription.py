"""A subscription: who wants to hear of the repair works of a street; the tokens of its links."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from chalicelib.domain.notice import Medium
from chalicelib.domain.numbers import link_mark


class Purpose(StrEnum):
    """What a link of a subscription does; a link of one purpose does nothing else."""

    CONFIRM = "subscription-confirm"
    OFF = "subscription-off"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One address that is told of the works of one street, once it was confirmed.

    Attributes:
        street: id of the street in the registry.
        address: e-mail, phone in E.164, or chat identity; only the owner can confirm it.
        asked_at: when it was last asked for.
        confirmed_at: when its owner confirmed it; None until then.
        key: id of the key that its links are made with.
        expires_at: until when it may be confirmed; None once it was.
    """

    street: str
    medium: Medium
    address: str
    language: str
    asked_at: datetime
    key: str
    confirmed_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def id(self) -> str:
        """What the address is known by, the same in every street; it does not tell the address."""
        return subscription_id(self.medium, self.address)


def subscription_id(medium: Medium, address: str) -> str:
    """Return the 80-bit id of an address, in hexadecimal letters."""
    return sha256(f"{medium}|{address}".encode()).hexdigest()[:20]


class NamedSubscription(NamedTuple):
    """What a token names, before it is proved."""

    street: str
    id: str
    key: str


def token_of(subscription: Subscription, purpose: Purpose, secret: str) -> str:
    """Return the token of a link, recomputed from the subscription's key."""
    return named_token(
        NamedSubscription(subscription.street, subscription.id, subscription.key), purpose, secret
    )


def named_token(named: NamedSubscription, purpose: Purpose, secret: str) -> str:
    """Return the token that proves a subscription for one purpose."""
    mark = link_mark(secret, named.key, purpose, f"{named.street}/{named.id}")
    return f"{named.street}.{named.id}.{named.key}.{mark}"


def parse_token(token: str) -> NamedSubscription | None:
    """Return what a token names, or None for another shape."""
    parts = token.split(".")
    return NamedSubscription(*parts[:3]) if len(parts) == 4 and all(parts) else None
