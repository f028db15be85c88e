"""Asking by phone: who is called, when, and when enough attempts are silence (K-6.2).

The clause names the phone and no numbers: hours, attempts and the time between them are the
city's dated rows.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from chalicelib.domain.appeal import Appeal, ReplyChannel
from chalicelib.domain.card import Card, CardFile, Status
from chalicelib.domain.city import Calendar, Edition
from chalicelib.domain.notice import Audience, Medium
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.notices import Weight
from chalicelib.regulation.notices_media import media_of

_DAY: Final = timedelta(days=1)


@clause("K-6.2")
def is_called(appeal: Appeal) -> bool:
    """Tell whether the survey is asked by phone: it was wished, or no faster way is known."""
    asked = appeal.reply_channel
    if not appeal.applicant.phone or asked is ReplyChannel.NONE:
        return False
    if asked is ReplyChannel.PHONE:
        return True
    media = media_of(Audience.APPLICANT, appeal, Weight.LETTER)
    return not media or media[0] is Medium.POST


@clause("K-6.2")
def first_call(
    appeal: Appeal, now: datetime, edition: Edition, calendar: Calendar
) -> datetime | None:
    """Return from when the applicant is called; None for whom the survey reaches otherwise."""
    return in_calling_hours(now, edition, calendar) if is_called(appeal) else None


@clause("K-6.2")
def call_instead(
    file: CardFile, now: datetime, edition: Edition, calendar: Calendar
) -> datetime | None:
    """Return from when an applicant is called whom no message about the survey has reached.

    None where the survey waits no more, the call is set already, or there is no phone.
    """
    card = file.card
    asked = card.status is Status.CLOSED and card.call_at is None
    if not asked or not file.appeal.applicant.phone:
        return None
    return in_calling_hours(now, edition, calendar)


@clause("K-6.2")
def attempted(card: Card, now: datetime, edition: Edition, calendar: Calendar) -> Card:
    """Return the card after an attempt that met nobody.

    The first one counts whenever it is made; a later one before its time is no other day or
    hour, so it is kept in the history and does not count.
    """
    if card.calls and card.call_at is not None and now < card.call_at:
        return card
    later = now + timedelta(hours=edition["survey_call_again"].value)
    call_at = in_calling_hours(later, edition, calendar)
    return replace(card, calls=card.calls + 1, call_at=call_at)


@clause("K-6.2")
def is_silence(card: Card, edition: Edition) -> bool:
    """Tell whether so many attempts met nobody that the survey ends unconfirmed."""
    limit = edition.get("survey_attempts")
    return limit is not None and card.calls >= limit.value


def in_calling_hours(at: datetime, edition: Edition, calendar: Calendar) -> datetime:
    """Return `at`, or the next instant after it at which people are called."""
    begins, ends = edition.get("survey_call_from"), edition.get("survey_call_until")
    if begins is None or ends is None:
        return at
    hour, day = at.astimezone(calendar.zone).hour, local_date(at, calendar)
    if begins.value <= hour < ends.value:
        return at
    day = day if hour < begins.value else day + _DAY
    return datetime.combine(day, time(begins.value), calendar.zone).astimezone(at.tzinfo)
