"""The appeals around a place, by the indexes `place` and `cell`: what is known there already?

Houses are asked one by one and by time, so that a long street with a long history costs no more
than a short one. The indexes are late by design: a card of this second may be missing.
"""

from datetime import datetime
from typing import Final

from chalicelib.store.appeals import AppealItem, building_key
from chalicelib.store.attributes import Raw, written_instant
from chalicelib.store.tables import Tables

_END: Final = "~"
_PARTS: Final = (("-", "/:"), ("a", "\u0500"))
"""Between which signs the parts of a house stand: `12-а` to `12/99`, `12a` to `12я`."""


class PlaceStore:
    """Implements `usecases.place_ports.Places`."""

    def __init__(self, tables: Tables) -> None:
        self._cards = tables.cards

    def at_house(
        self, street_key: str, building: str, since: datetime, *, limit: int, parts: bool
    ) -> list[str]:
        """Return numbers of appeals at a house since an instant, newest first.

        Args:
            parts: whether its parts are meant too: `12а` and `12/1` of `12`.
        """
        key, written = building_key(building), written_instant(since)
        rows = self._between(street_key, key + written, key + _END, limit)
        for low, high in _PARTS if parts else ():
            house = key.removesuffix("#")
            found = self._between(street_key, house + low, house + high, limit)
            rows += [raw for raw in found if _received(raw) >= written]
        newest = sorted(rows, key=_received, reverse=True)
        return [raw["number"]["S"] for raw in newest[:limit]]

    def in_cell(self, cell: str, since: datetime, *, limit: int) -> list[str]:
        """Return numbers of appeals in a cell of about 150 m since an instant, newest first."""
        found = self._cards.query(
            cell,
            index_name="cell",
            range_key_condition=AppealItem.received_at >= since,
            scan_index_forward=False,
            limit=limit,
        )
        return [raw["number"]["S"] for raw in found.items]

    def _between(self, street_key: str, low: str, high: str, limit: int) -> list[Raw]:
        found = self._cards.query(
            street_key,
            index_name="place",
            range_key_condition=AppealItem.building_received_at.between(low, high),
            scan_index_forward=False,
            limit=limit,
        )
        return found.items


def _received(raw: Raw) -> str:
    return str(raw["building_received_at"]["S"]).rpartition("#")[2]
