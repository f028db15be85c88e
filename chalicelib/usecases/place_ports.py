"""What looking around a place depends on, as a Protocol: the part of ports.py about places."""

from datetime import datetime
from typing import Protocol


class Places(Protocol):
    """The appeals by where the trouble is."""

    def at_house(
        self, street_key: str, building: str, since: datetime, *, limit: int, parts: bool
    ) -> list[str]:
        """Return numbers of appeals at a house since an instant, newest first.

        Args:
            parts: whether its parts are meant too: `12а` and `12/1` of `12`.
        """

    def in_cell(self, cell: str, since: datetime, *, limit: int) -> list[str]:
        """Return numbers of appeals in a cell of about 150 m since an instant, newest first."""
