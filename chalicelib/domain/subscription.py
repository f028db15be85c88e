"""A subscription: who wants to hear of the repair works of a street; the tokens of its links.

A token is short enough for a link to leave room for words in an SMS.
"""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple

from chalicelib.domain.notice import Medium, Notice
from chalicelib.domain.numbers import link_mark

_MARK_LENGTH: Final = 16
"""80 bits: nobody finds one by guessing, at so many requests a minute as an address may send."""

_CODE_LENGTH: Final = 6


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


@dataclass(frozen=True, slots=True)
class SubscriptionWriting:
    """A subscription as it was read and as it shall stand, with what its owner is told of that.

    Attributes:
        before: None where there was none; the same as `after` where nothing changes.
    """

    before: Subscription | None
    after: Subscription
    notice: Notice | None = None


def subscription_id(medium: Medium, address: str) -> str:
    """Return the 80-bit id of an address, in 16 letters and digits."""
    return _short(f"{medium}|{address}")


def street_code(street: str) -> str:
    """Return what a token has for a street's id; no two streets of a registry have the same."""
    return _short(street)[:_CODE_LENGTH]


class NamedSubscription(NamedTuple):
    """What a token names, before it is proved; the street by its code."""

    street_code: str
    id: str
    key: str


def token_of(subscription: Subscription, purpose: Purpose, secret: str) -> str:
    """Return the token of a link, recomputed from the subscription's key."""
    named = NamedSubscription(street_code(subscription.street), subscription.id, subscription.key)
    return named_token(named, purpose, secret)


def named_token(named: NamedSubscription, purpose: Purpose, secret: str) -> str:
    """Return the token that proves a subscription for one purpose."""
    mark = link_mark(secret, named.key, purpose, f"{named.street_code}/{named.id}")
    return ".".join((*named, mark[:_MARK_LENGTH]))


def parse_token(token: str) -> NamedSubscription | None:
    """Return what a token names, or None for another shape."""
    parts = token.split(".")
    return NamedSubscription(*parts[:3]) if len(parts) == 4 and all(parts) else None


def _short(text: str) -> str:
    return b32encode(sha256(text.encode()).digest()[:10]).decode().lower()
