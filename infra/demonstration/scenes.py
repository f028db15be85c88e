"""Which appeal stands where in its life, filed by whom, how long ago: all by the text's number."""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from chalicelib.domain.appeal import Applicant, Channel, Place, ReplyChannel, Residence
from chalicelib.domain.city import City, Law, Street
from chalicelib.regulation.street_search import building_known
from chalicelib.usecases.new_appeals import NewAppeal

CREDIT = (
    "Текст звернення: відкриті дані Кропивницької міської ради, CC BY 4.0, знеособлено. "
    "Заявника, адресу і фото вигадано."
)
_TEXTS = Path(__file__).parent / "hotline_texts.csv"

_NAMES = (
    "Олена Дубогай", "Ігор Травневий", "Марія Ластівка", "Степан Ясенко", "Ганна Полуденна",
    "Юрій Криничний", "Лідія Веселкова", "Павло Зимогляд", "Тамара Барвінок", "Роман Кленовий",
    "Віра Світанкова", "Антон Гайовий",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """One appeal of the demonstration and the stage that it has reached."""

    index: int
    stage: str
    filed_at: datetime
    new: NewAppeal


_STAGES = (
    # stage, youngest and oldest age in hours
    ("sent", 1, 40),
    ("accepted", 20, 60),
    ("in_work", 30, 90),
    ("reported", 40, 110),
    ("closure_asked", 48, 118),
    ("closed", 60, 150),
    ("confirmed", 120, 700),
    ("returned", 150, 500),
    ("unconfirmed", 300, 710),
    ("overdue", 260, 640),
    ("confirmed", 200, 690),
    ("in_work", 24, 80),
)
_KR_STAGES = ("registered", "sent", "accepted", "in_work", "reported", "overdue")


def scenes(city: City, now: datetime) -> list[Scene]:
    """Return the scenes of a city, the oldest first."""
    with _TEXTS.open(encoding="utf-8", newline="") as rows:
        made = [_scene(int(row["n"]), row, city, now) for row in csv.DictReader(rows)]
    return sorted(made, key=lambda scene: scene.filed_at)


def _scene(number: int, row: dict[str, str], city: City, now: datetime) -> Scene:
    stage, youngest, oldest = _STAGES[number % len(_STAGES)]
    if city.law is Law.KR:
        stage = _KR_STAGES[number % len(_KR_STAGES)]
        youngest, oldest = (260, 640) if stage == "overdue" else (1, 70)
    hours = youngest + number * 37 % (oldest - youngest)
    filed_at = now - timedelta(hours=hours, minutes=number * 7 % 60)
    return Scene(number, stage, filed_at, _appeal(number, row, city, filed_at))


def _appeal(number: int, row: dict[str, str], city: City, filed_at: datetime) -> NewAppeal:
    codes = [code for code in row["suggested_topic_codes"].split(";") if code in city.topics]
    street, building = _address(number, city)
    home, home_building = _address(number + 17, city)
    phone = f"+38050000{number:04d}"
    official = city.law is Law.KR
    return NewAppeal(
        text=row["text"],
        topic=codes[0] if codes else None,
        place=Place(street.full_name.uk, building, lat=street.lat, lon=street.lon),
        applicant=Applicant(
            name=_NAMES[number % len(_NAMES)],
            phone=phone,
            email=f"applicant{number}@example.org" if number % 3 else None,
            residence=Residence(home.full_name.uk, home_building, str(number % 60 + 1)),
        ),
        reply_channel=ReplyChannel.EMAIL if number % 3 else ReplyChannel.PHONE,
        channel=Channel.OFFICIAL_MAIL if official else _CHANNELS[number % len(_CHANNELS)],
        received_at=filed_at,
        external_id=f"CC-{10_000 + number}" if official else None,
    )


_CHANNELS = (Channel.PHONE, Channel.WEB, Channel.PHONE, Channel.EMAIL)


def _address(number: int, city: City) -> tuple[Street, str]:
    streets = [street for street in city.streets.values() if street.buildings]
    street = streets[number * 29 % len(streets)]
    known = [str(n) for n in range(1, 80) if building_known(street, str(n))]
    return street, known[number * 13 % len(known)]
