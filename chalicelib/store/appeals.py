"""The `APPEAL` item: what was asked, written once, so that no later step pays for the text.

Keys: `number`, `part` = `APPEAL`. Its indexes, each sparse and without the text:
- `applicant` (`phone`, `received_at`): what has this phone asked?
- `place` (`street`, `building_received_at`): what was asked about this building, this street?
- `external` (`external_id`): which card came under a foreign id?
- `cell` (`cell`, `received_at`): what was asked about 150 m around?
"""

from typing import Any, Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.appeal import (
    Appeal,
    Applicant,
    Channel,
    Kind,
    Place,
    ReplyChannel,
    Residence,
)
from chalicelib.domain.places import geohash, street_key
from chalicelib.store.attributes import (
    InstantAttribute,
    NamesAttribute,
    Raw,
    raw_of,
    written_instant,
)

PART: Final = "APPEAL"


class AppealItem(Model):
    """What was asked, by whom, about which place."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    text = UnicodeAttribute()
    kind = UnicodeAttribute()
    channel = UnicodeAttribute()
    reply_channel = UnicodeAttribute()
    language = UnicodeAttribute()
    received_at = InstantAttribute()
    place_street = UnicodeAttribute(null=True)
    street_id = UnicodeAttribute(null=True)
    building = UnicodeAttribute(null=True)
    flat = UnicodeAttribute(null=True)
    note = UnicodeAttribute(null=True)
    lat = NumberAttribute(null=True)
    lon = NumberAttribute(null=True)
    name = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    chat = UnicodeAttribute(null=True)
    home_settlement = UnicodeAttribute(null=True)
    home_street = UnicodeAttribute(null=True)
    home_building = UnicodeAttribute(null=True)
    home_flat = UnicodeAttribute(null=True)
    complaint_about = UnicodeAttribute(null=True)
    hide_identity = BooleanAttribute(null=True)
    consent_version = UnicodeAttribute(null=True)
    external_id = UnicodeAttribute(null=True)
    call_id = UnicodeAttribute(null=True)
    co_applicants = NamesAttribute(null=True)
    benefit = UnicodeAttribute(null=True)
    take_part = BooleanAttribute(null=True)
    street = UnicodeAttribute(null=True)
    building_received_at = UnicodeAttribute(null=True)
    cell = UnicodeAttribute(null=True)
    masks = NamesAttribute(null=True)


def appeal_item(appeal: Appeal) -> Raw:
    """Return the raw item of an appeal."""
    return raw_of(
        AppealItem,
        number=appeal.number,
        part=PART,
        text=appeal.text,
        kind=appeal.kind,
        channel=appeal.channel,
        reply_channel=appeal.reply_channel,
        language=appeal.language,
        received_at=appeal.received_at,
        name=appeal.applicant.name or None,
        phone=appeal.applicant.phone or None,
        email=appeal.applicant.email,
        chat=appeal.applicant.chat,
        complaint_about=appeal.complaint_about,
        hide_identity=appeal.hide_identity or None,
        consent_version=appeal.consent_version,
        external_id=appeal.external_id or None,
        call_id=appeal.call_id,
        co_applicants=appeal.co_applicants,
        benefit=appeal.benefit,
        take_part=appeal.take_part or None,
        masks=[f"{start}-{end}" for start, end in appeal.masks],
        **_place_values(appeal),
        **_home_values(appeal.applicant.residence),
    )


def appeal_of(raw: Raw) -> Appeal:
    """Return the appeal of a raw item."""
    item = AppealItem.from_raw_data(raw)
    return Appeal(
        number=item.number,
        text=item.text,
        place=_place(item),
        applicant=_applicant(item),
        kind=Kind(item.kind),
        channel=Channel(item.channel),
        reply_channel=ReplyChannel(item.reply_channel),
        language=item.language,
        received_at=item.received_at,
        complaint_about=item.complaint_about,
        hide_identity=bool(item.hide_identity),
        consent_version=item.consent_version,
        external_id=item.external_id,
        call_id=item.call_id,
        co_applicants=item.co_applicants or (),
        benefit=item.benefit,
        take_part=bool(item.take_part),
        masks=tuple(map(_place_in_text, item.masks or ())),
    )


def building_key(building: str) -> str:
    """Return what the `place` index begins a building's appeals with: `12 А` is `12а`."""
    return f"{''.join(building.split()).casefold()}#"


def _place_values(appeal: Appeal) -> dict[str, Any]:
    place = appeal.place
    values: dict[str, Any] = {
        "place_street": place.street or None,
        "street_id": place.street_id,
        "building": place.building or None,
        "flat": place.flat or None,
        "note": place.note or None,
        "lat": place.lat,
        "lon": place.lon,
    }
    if street := street_key(place):
        received = written_instant(appeal.received_at)
        values |= {
            "street": street,
            "building_received_at": building_key(place.building) + received,
        }
    if place.lat is not None and place.lon is not None:
        values["cell"] = geohash(place.lat, place.lon)
    return values


def _home_values(home: Residence | None) -> dict[str, Any]:
    if home is None:
        return {}
    return {
        "home_settlement": home.settlement or None,
        "home_street": home.street,
        "home_building": home.building or None,
        "home_flat": home.flat or None,
    }


def _place(item: AppealItem) -> Place:
    return Place(
        street=item.place_street or "",
        building=item.building or "",
        flat=item.flat or "",
        note=item.note or "",
        lat=item.lat,
        lon=item.lon,
        street_id=item.street_id,
    )


def _applicant(item: AppealItem) -> Applicant:
    return Applicant(
        name=item.name or "",
        phone=item.phone,
        email=item.email,
        residence=_home(item),
        chat=item.chat,
    )


def _home(item: AppealItem) -> Residence | None:
    street: str | None = item.home_street
    if street is None:
        return None
    return Residence(
        street=street,
        building=item.home_building or "",
        flat=item.home_flat or "",
        settlement=item.home_settlement or "",
    )


def _place_in_text(written: str) -> tuple[int, int]:
    start, _, end = written.partition("-")
    return int(start), int(end)
