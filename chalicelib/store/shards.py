"""Shards: how a key that everybody writes is spread, so that none of its parts is hot."""

from typing import Final
from zlib import crc32

SHARDS: Final = 8
TELL_SHARDS: Final = 4
"""What is to be told leaves its index within seconds, so fewer parts carry it, and an idle minute
asks fewer of them."""


def shard_of(number: str) -> int:
    """Return the shard of a card, from 0; the same for ever."""
    return crc32(number.encode()) % SHARDS


def tell_shard_of(number: str) -> int:
    """Return the shard of what is to be told of a card, from 0; the same for ever."""
    return shard_of(number) % TELL_SHARDS
