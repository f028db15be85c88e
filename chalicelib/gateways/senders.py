"""Which gateway a deployment sends by; loading this loads HTTP, so wiring does it late."""

from typing import Final

from chalicelib.config import Settings
from chalicelib.domain.city import City
from chalicelib.domain.words import Words
from chalicelib.gateways.hooks import StandardWebhooks
from chalicelib.gateways.mail import SesMailer
from chalicelib.gateways.sms import SnsSms
from chalicelib.gateways.sms_http import HttpSms
from chalicelib.usecases.ports import Secrets
from chalicelib.usecases.sending_delivery import Gateways
from chalicelib.usecases.sending_ports import Mailer, SmsGateway

SMS_TOKEN: Final = "sms"  # noqa: S105 - the token's name among the secrets


def gateways(settings: Settings, city: City, secrets: Secrets) -> Gateways:
    """Return what messages of this deployment leave by."""
    return Gateways(
        mail=_mail(settings, city),
        sms=_sms(settings, secrets),
        hooks=StandardWebhooks(anywhere=bool(settings.local_endpoint)),
    )


def _mail(settings: Settings, city: City) -> Mailer:
    """Letters come from the city's own address, by its name, unless the settings say otherwise."""
    centre = city.centre
    address = settings.mail_from or (centre.email if centre else "")
    name: Words = centre.name if centre else city.name
    return SesMailer(
        address,
        name=name,
        reply_to=centre.email if centre else "",
        configuration_set=settings.mail_events,
    )


def _sms(settings: Settings, secrets: Secrets) -> SmsGateway:
    if not settings.sms_url:
        return SnsSms(settings.sms_sender)
    return HttpSms(
        settings.sms_url, sender=settings.sms_sender, token=lambda: secrets.key(SMS_TOKEN)
    )
