"""Connect an executor's own system: where it hears of its cards, and by which secret (K-3.3)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.directory import DirectoryChange, DirectoryEvent
from chalicelib.domain.errors import ChangedMeanwhile, Fault, InputRefused, NotFound
from chalicelib.domain.numbers import webhook_secret
from chalicelib.domain.people import SYSTEM
from chalicelib.domain.webhook import Webhook
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.directory import Entering, line, require_executor
from chalicelib.usecases.ports import Appointments, Secrets

REMOVED = "removed"
"""Why a webhook is off that the admin has taken away."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A webhook, and its secret where it is new: it is shown this one time."""

    hook: Webhook
    secret: str | None = None


def read(entering: Entering, executor: str) -> Webhook:
    """Return an executor's webhook. Raises NotFound, RoleNotPermitted."""
    require(entering.actor, Deed.SET_WEBHOOK)
    require_executor(entering.city, executor)
    hook = entering.entries().webhooks.get(executor)
    if hook is None or hook.off_reason == REMOVED:
        raise NotFound(words="no-webhook")
    return hook


def enter(
    entering: Entering,
    executor: str,
    url: str,
    *,
    new_secret: bool,
    secrets: Secrets,
    may_be_called: Callable[[str], bool],
) -> Shown:
    """Enter where an executor's system hears of its cards, and switch it on.

    A first webhook gets a secret; a new address keeps the secret it has, unless a `new_secret`
    is asked for: the one before it signs too for a day.

    Raises NotFound, RoleNotPermitted, InputRefused for an address that we do not call,
    ChangedMeanwhile.
    """
    require(entering.actor, Deed.SET_WEBHOOK)
    require_executor(entering.city, executor)
    if not may_be_called(url):
        raise InputRefused(faults=(Fault("url", "address_not_allowed"),))
    before = entering.entries().webhooks.get(executor)
    if before is None or before.off_reason == REMOVED or new_secret:
        hook = _with_new_secret(before, executor, url, entering.now, secrets)
        secret = secret_of(hook, secrets)
    else:
        hook = replace(before, url=url, off_reason="", version=before.version + 1)
        secret = None
    rotated = before is not None and secret is not None
    event = DirectoryEvent.WEBHOOK_ROTATED if rotated else DirectoryEvent.WEBHOOK_ENTERED
    told = line(entering, event, executor, "", facts={"url": url})
    entering.appointments.enter(hook, told)
    return Shown(hook, secret)


def remove(entering: Entering, executor: str) -> None:
    """Take a webhook away; a later one gets another secret.

    Raises NotFound, RoleNotPermitted, ChangedMeanwhile.
    """
    before = read(entering, executor)
    hook = replace(before, off_reason=REMOVED, version=before.version + 1)
    told = line(entering, DirectoryEvent.WEBHOOK_REMOVED, executor, "")
    entering.appointments.enter(hook, told)


def switch_off(hook: Webhook, reason: str, now: datetime, appointments: Appointments) -> None:
    """Send no more to a system that takes no more, until the admin enters its webhook anew."""
    told = DirectoryChange(
        at=now,
        event=DirectoryEvent.WEBHOOK_SWITCHED_OFF,
        executor=hook.executor,
        about="",
        by=SYSTEM.subject,
        by_name=SYSTEM.name,
        reason=reason,
    )
    off = replace(hook, off_reason=reason, version=hook.version + 1)
    with suppress(ChangedMeanwhile):  # the admin was first: what they have entered stands
        appointments.enter(off, told)


def secret_of(hook: Webhook, secrets: Secrets) -> str:
    """Return the newest secret of a webhook; computed, never kept."""
    return webhook_secret(secrets.key(hook.key), hook.key, hook.executor, hook.serial)


def _with_new_secret(
    before: Webhook | None, executor: str, url: str, now: datetime, secrets: Secrets
) -> Webhook:
    return Webhook(
        executor=executor,
        url=url,
        key=secrets.current(),
        serial=before.serial + 1 if before else 1,
        changed_at=now,
        version=before.version + 1 if before else 1,
    )
