"""The `residents` table: what is known of an address across cards.

Key: `identity`, such as `sms#+380…`: one item where nothing is delivered there any more.
"""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.notice import Medium
from chalicelib.store.attributes import InstantAttribute
from chalicelib.store.tables import Tables


class DeadAddressItem(Model):
    """An address to which nothing is delivered, since when and why."""

    identity = UnicodeAttribute(hash_key=True)
    off_since = InstantAttribute()
    reason = UnicodeAttribute()


class ResidentStore:
    """Implements `usecases.sending_ports.Residents`."""

    def __init__(self, tables: Tables) -> None:
        self._residents = tables.residents

    def is_off(self, medium: Medium, address: str) -> bool:
        """Tell whether nothing is delivered to an address any more."""
        return self._residents.get(_identity(medium, address)) is not None

    def switch_off(self, medium: Medium, address: str, *, reason: str, at: datetime) -> None:
        """Remember that nothing is delivered to an address."""
        identity = _identity(medium, address)
        self._residents.put(DeadAddressItem(identity=identity, off_since=at, reason=reason))

    def switch_on(self, medium: Medium, address: str) -> None:
        """Forget that nothing was delivered: the person has written from there again."""
        self._residents.delete(_identity(medium, address))


def _identity(medium: Medium, address: str) -> str:
    return f"{medium}#{address.strip().casefold()}"
