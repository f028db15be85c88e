"""The bots of a city: what proves that a messenger calls, and what proves us to it."""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

TELEGRAM: Final = "telegram"
VIBER: Final = "viber"
CHANNELS: Final = (TELEGRAM, VIBER)

SECRET: Final = "webhook"  # noqa: S105 - the name of the secret's entry that proves callers
PREVIOUS: Final = "previous_"
"""What begins the name of an entry that was replaced and still counts."""


@dataclass(frozen=True, slots=True)
class Bot:
    """One bot in one messenger.

    Attributes:
        keys: last part of its webhook's address; the newest first.
        secrets: what its messenger repeats in every call; the newest first.
        tokens: what proves us, and signs what Viber sends; the newest first.
    """

    channel: str
    keys: tuple[str, ...]
    secrets: tuple[str, ...]
    tokens: tuple[str, ...]

    @property
    def token(self) -> str:
        """The token that counts now."""
        return self.tokens[0]


def bots_of(entries: Mapping[str, str]) -> dict[str, Bot]:
    """Return the bots whose tokens are kept, by channel; a channel without a token is off.

    Args:
        entries: `webhook` proves callers, `telegram` and `viber` are tokens; each may have a
            `previous_` one that still counts.
    """
    webhooks = tuple(_current_and_previous(entries, SECRET))
    found = {}
    for channel in CHANNELS:
        tokens = tuple(_current_and_previous(entries, channel))
        if tokens and webhooks and entries.get(channel):
            found[channel] = Bot(
                channel,
                keys=tuple(_made(each, channel, "key")[:24] for each in webhooks),
                secrets=tuple(_made(each, channel, "secret")[:48] for each in webhooks),
                tokens=tokens,
            )
    return found


def is_one_of(given: str, expected: tuple[str, ...]) -> bool:
    """Tell in constant time whether a text is one of some secrets."""
    data = given.encode("utf-8", "surrogatepass")
    found = [hmac.compare_digest(data, each.encode()) for each in expected]
    return any(found)


def _current_and_previous(entries: Mapping[str, str], name: str) -> Iterator[str]:
    for each in (name, PREVIOUS + name):
        if entries.get(each):
            yield entries[each]


def _made(secret: str, channel: str, purpose: str) -> str:
    return hmac.new(secret.encode(), f"{channel}|{purpose}".encode(), sha256).hexdigest()
