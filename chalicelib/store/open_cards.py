"""The open cards of the whole city: eight shards of the index `open`, read as one list."""

from collections.abc import Iterator, Mapping
from functools import partial
from heapq import merge
from itertools import islice
from typing import Final

from chalicelib.domain.card import QueueRow
from chalicelib.store.attributes import Raw
from chalicelib.store.cards import open_key, queue_row
from chalicelib.store.cursors import Cursors
from chalicelib.store.shards import SHARDS
from chalicelib.store.tables import INDEXES, KEYS, Found, Tables
from chalicelib.usecases.ports import Page, Start

_QUESTION: Final = "open"
_LEAST_ROWS: Final = 10
_KEY_NAMES: Final = (*KEYS["cards"], *INDEXES["open"])

Position = Mapping[str, Raw]
"""By shard, the key of its last row that was given."""


class OpenCards:
    """Reads pages of the city-wide list."""

    def __init__(self, tables: Tables, cursors: Cursors, start: Start) -> None:
        self._cards = tables.cards
        self._cursors = cursors
        self._start = start

    def page(self, *, limit: int, cursor: str | None) -> Page[QueueRow]:
        """Return a page, earliest `due_at` first; all shards are first read at once."""
        position: dict[str, Raw] = {}
        if cursor is not None:
            position |= self._cursors.open(_QUESTION, cursor)
        rows_a_shard = max(_LEAST_ROWS, 2 * limit // SHARDS)
        first = [
            self._start(partial(self._query, s, rows_a_shard, position.get(str(s))))
            for s in range(SHARDS)
        ]
        shards = [self._rows(s, rows_a_shard, found()) for s, found in enumerate(first)]
        merged = merge(*shards, key=lambda row: row[1]["due_at"]["S"])
        chosen = list(islice(merged, limit + 1))
        for shard, raw in chosen[:limit]:
            position[str(shard)] = {name: raw[name] for name in _KEY_NAMES}
        following = self._cursors.seal(_QUESTION, position) if len(chosen) > limit else None
        return Page(tuple(queue_row(raw) for _, raw in chosen[:limit]), following)

    def _query(self, shard: int, limit: int, after: Raw | None) -> Found:
        return self._cards.query(
            open_key(shard), index_name="open", limit=limit, exclusive_start_key=after
        )

    def _rows(self, shard: int, limit: int, found: Found) -> Iterator[tuple[int, Raw]]:
        while True:
            yield from ((shard, raw) for raw in found.items)
            if not found.last:
                return
            found = self._query(shard, limit, found.last)
