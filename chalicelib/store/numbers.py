"""The `counter` items of `directory`: the sequence of each year's registration numbers.

Keys: `kind` = `counter`, `id` = the year. Counted outside the transaction, so that intake
never waits for a hot item; a number drawn and not used is a gap.
"""

from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.store.tables import Tables

_KIND: Final = "counter"


class CounterItem(Model):
    """The last number drawn in a year."""

    kind = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    last = NumberAttribute()


class NumberStore:
    """Implements `usecases.ports.Numbers`."""

    def __init__(self, tables: Tables) -> None:
        self._directory = tables.directory

    def next_sequence(self, year: int) -> int:
        """Return the next number of a Kyiv year; never the same twice, gaps are possible."""
        return self._directory.count_one(_KIND, str(year), "last")

    def last_sequence(self, year: int) -> int:
        """Return the last number drawn in a Kyiv year; 0 before the first."""
        raw = self._directory.get(_KIND, str(year))
        return int(CounterItem.from_raw_data(raw).last) if raw else 0
