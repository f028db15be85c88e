"""Addresses to which nothing is delivered any more: asked before each sending."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.notice import Medium, Notice
from chalicelib.usecases.ports import Appointments
from chalicelib.usecases.sending_ports import Residents
from chalicelib.usecases.webhooks import switch_off


@dataclass(frozen=True, slots=True)
class Addresses:
    """Which addresses are off: residents' and staff's by the address, a webhook by its entry."""

    residents: Residents
    appointments: Appointments

    def is_off(self, medium: Medium, address: str) -> bool:
        """Tell whether nothing is delivered to an address any more."""
        return medium is not Medium.WEBHOOK and self.residents.is_off(medium, address)

    def switch_off(self, notice: Notice, address: str, reason: str, at: datetime) -> None:
        """Remember that nothing is delivered where a notice was sent."""
        if notice.medium is not Medium.WEBHOOK:
            self.residents.switch_off(notice.medium, address, reason=reason, at=at)
            return
        hook = self.appointments.entries(at, fresh=True).webhook_of(notice.to)
        if hook is not None and hook.url == address:
            switch_off(hook, reason, at, self.appointments)
