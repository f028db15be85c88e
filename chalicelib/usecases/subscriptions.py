"""Subscribe to the works of a street, confirm that by its link, and end it by one click (K-7)."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.city import City, Street
from chalicelib.domain.errors import Fault, InputRefused, NotFound, StoreAway, TooManyRequests
from chalicelib.domain.notice import Medium, Notice
from chalicelib.domain.numbers import same_token
from chalicelib.domain.once import Once
from chalicelib.domain.subscription import (
    NamedSubscription,
    Purpose,
    Subscription,
    SubscriptionWriting,
    named_token,
    parse_token,
    street_code,
)
from chalicelib.regulation.repair_works import require_kept_here
from chalicelib.regulation.street_search import resolve
from chalicelib.regulation.work_notices import notice_to_owner
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.outbox import put_on_queues
from chalicelib.usecases.ports import Guards, Secrets
from chalicelib.usecases.sending_ports import Queues
from chalicelib.usecases.work_ports import Subscriptions
from chalicelib.usecases.writing import while_beaten

CONFIRMED_WITHIN: Final = timedelta(hours=48)
_ASKED_AN_HOUR: Final = 5
_HOUR_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks to be told of which street; `street` as typed."""

    street: str
    medium: Medium
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Subscribing:
    """What subscribing needs besides what was asked."""

    now: datetime
    city: City
    subscriptions: Subscriptions
    guards: Guards
    secrets: Secrets
    queues: Queues


@dataclass(frozen=True, slots=True)
class Proved:
    """What the token of a link has proved: the street and the id of a subscription."""

    street: str
    id: str


def subscribe(
    asked: Asked, subscribing: Subscribing, *, once: Once[Subscription], limits: Limits
) -> Subscription:
    """Keep a subscription that counts once its owner confirms it, and ask them to.

    Whether the address was subscribed before is its owner's to know: they are sent the link that
    ends it, while the answer is the same.

    Raises RuleRefused (no repair works in this city), InputRefused for a street that the
    registry does not have, TooManyRequests, ChangedMeanwhile.
    """
    require_kept_here(subscribing.city)
    now, city = subscribing.now, subscribing.city
    street = _street(asked, city)
    limits.check_address(now)
    made = Subscription(
        street=street.id,
        medium=asked.medium,
        address=asked.address,
        language=asked.language,
        asked_at=now,
        key=subscribing.secrets.current(),
        expires_at=now + CONFIRMED_WITHIN,
    )
    _count(made, subscribing)
    record = once.record(made)

    def attempt(_again: bool) -> Notice:
        kept = subscribing.subscriptions.read(street.id, made.id, now)
        standing = kept if kept and kept.confirmed_at else made
        notice = notice_to_owner(standing, city, now)
        writing = SubscriptionWriting(kept, standing, notice)
        subscribing.subscriptions.write(writing, record, now=now)
        return notice

    notice = while_beaten(attempt)
    with suppress(StoreAway):  # the sweep looks after every notice
        put_on_queues((notice,), now, subscribing.queues)
    return made


def _street(asked: Asked, city: City) -> Street:
    street = resolve(city, asked.street)
    if street is None:
        raise InputRefused(faults=(Fault("street", "unknown_street"),))
    return street


def confirm(
    token: str,
    *,
    once: Once[Subscription],
    now: datetime,
    city: City,
    subscriptions: Subscriptions,
    secrets: Secrets,
) -> Subscription:
    """Confirm a subscription by the link that its owner was sent; again is the same.

    Raises NotFound for a wrong token and for one that has lapsed, alike; ChangedMeanwhile.
    """
    proved = _proved(token, Purpose.CONFIRM, city, secrets)

    def attempt(_again: bool) -> Subscription:
        kept = subscriptions.read(proved.street, proved.id, now)
        if kept is None:
            raise NotFound(words="no-subscription")
        since = kept.confirmed_at or now
        confirmed = replace(kept, confirmed_at=since, expires_at=None)
        record = once.record(confirmed)
        subscriptions.write(SubscriptionWriting(kept, confirmed), record, now=now)
        return confirmed

    return while_beaten(attempt)


def end(
    token: str,
    *,
    once: Once[Proved],
    now: datetime,
    city: City,
    subscriptions: Subscriptions,
    secrets: Secrets,
) -> Proved:
    """End a subscription and forget its address; ending what has ended is no fault.

    Raises NotFound for a wrong token.
    """
    proved = _proved(token, Purpose.OFF, city, secrets)
    subscriptions.remove(proved.street, proved.id, once.record(proved), now=now)
    return proved


def _proved(token: str, purpose: Purpose, city: City, secrets: Secrets) -> Proved:
    named = parse_token(token)
    street = _street_of(named, city) if named else None
    try:
        secret = secrets.key(named.key) if named else ""
    except LookupError:
        street = None
    if not (named and street and same_token(token, named_token(named, purpose, secret))):
        raise NotFound(words="no-subscription")
    return Proved(street, named.id)


def _street_of(named: NamedSubscription, city: City) -> str | None:
    return next((each for each in city.streets if street_code(each) == named.street_code), None)


def _count(made: Subscription, subscribing: Subscribing) -> None:
    """Count one more request for an address, so that nobody's mailbox is flooded with ours."""
    bucket = f"subscribe#{made.id}"
    asked = subscribing.guards.count(bucket, window_seconds=_HOUR_SECONDS, now=subscribing.now)
    if asked > _ASKED_AN_HOUR:
        raise TooManyRequests(retry_after_seconds=_HOUR_SECONDS)
