"""By which way a notice goes and when: the applicant's own channel first, nobody woken at night."""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import Final

from chalicelib.domain.appeal import Appeal, ReplyChannel
from chalicelib.domain.city import City
from chalicelib.domain.notice import Audience, Medium
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.notices import Haste, Weight

GATHERING: Final = timedelta(minutes=2)
"""How long a notice that is in no hurry waits for what else changes."""

_QUIET_MEDIA: Final = frozenset({Medium.SMS, Medium.TELEGRAM, Medium.VIBER, Medium.CALL})
_RESIDENTS: Final = frozenset({Audience.APPLICANT, Audience.SUBSCRIBER})
_ASKED: Final[Mapping[ReplyChannel, Medium]] = {
    ReplyChannel.PHONE: Medium.SMS,
    ReplyChannel.EMAIL: Medium.EMAIL,
    ReplyChannel.SMS: Medium.SMS,
    ReplyChannel.TELEGRAM: Medium.TELEGRAM,
    ReplyChannel.VIBER: Medium.VIBER,
    ReplyChannel.POST: Medium.POST,
}
_NEXT: Final = (Medium.TELEGRAM, Medium.VIBER, Medium.SMS, Medium.EMAIL, Medium.POST)
_STAFF: Final[Mapping[Audience, tuple[Medium, ...]]] = {
    Audience.DUTY: (Medium.SMS, Medium.EMAIL),
    Audience.SYSTEM: (Medium.WEBHOOK,),
}


def address_of(appeal: Appeal, medium: Medium) -> str | None:
    """Return where an applicant is reached by a medium: an address, a phone, a chat's identity."""
    applicant = appeal.applicant
    if medium is Medium.EMAIL:
        return applicant.email
    if medium in (Medium.SMS, Medium.CALL):
        return applicant.phone
    if medium is Medium.POST:
        return applicant.residence.street if applicant.residence else None
    chat = applicant.chat or ""
    return chat if chat.startswith(f"{medium}#") else None


@clause("K-6.2", "KR-2.10")
def media_of(audience: Audience, appeal: Appeal, weight: Weight) -> tuple[Medium, ...]:
    """Return by which ways somebody is reached, the first one first; an applicant as they asked.

    A mere word is not worth a letter on paper. Who asked for no answer gets none.
    """
    if audience is not Audience.APPLICANT:
        return _STAFF.get(audience, (Medium.EMAIL,))
    asked = _ASKED.get(appeal.reply_channel)
    if asked is None:
        return ()
    media = dict.fromkeys((asked, *_NEXT))
    return tuple(
        medium
        for medium in media
        if address_of(appeal, medium) and (medium is not Medium.POST or weight is not Weight.WORD)
    )


def next_medium(
    audience: Audience, appeal: Appeal, weight: Weight, tried: Collection[Medium]
) -> Medium | None:
    """Return the next way to reach somebody after those that were tried in vain."""
    media = media_of(audience, appeal, weight)
    return next((medium for medium in media if medium not in tried), None)


def is_quiet(audience: Audience, medium: Medium, *, emergency: bool) -> bool:
    """Tell whether a notice keeps the residents' quiet hours; an emergency never does."""
    return audience in _RESIDENTS and medium in _QUIET_MEDIA and not emergency


def send_after(haste: Haste, now: datetime, *, quiet: bool, city: City) -> datetime:
    """Return from when a notice may go."""
    soonest = now if haste is Haste.NOW else now + GATHERING
    return out_of_quiet_hours(soonest, city) if quiet else soonest


def out_of_quiet_hours(at: datetime, city: City) -> datetime:
    """Return `at`, or the end of the quiet hours (a city setting) that it falls into."""
    edition = city.edition_at(at)
    begins, ends = edition["quiet_from"], edition["quiet_until"]
    local = at.astimezone(city.calendar.zone)
    morning = datetime.combine(local.date(), time(ends.value), city.calendar.zone)
    if local.hour < ends.value:
        return morning.astimezone(at.tzinfo)
    if local.hour >= begins.value:
        tomorrow = local.date() + timedelta(days=1)
        morning = datetime.combine(tomorrow, time(ends.value), city.calendar.zone)
        return morning.astimezone(at.tzinfo)
    return at
