"""The coordinator's message to the city, such as "no water on the left bank until 18:00"."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.words import Words


@dataclass(frozen=True, slots=True)
class CityMessage:
    """What stands on the site, in the bot and in the telephone answer until `until_at`."""

    text: Words
    until_at: datetime
    put_at: datetime
    put_by: str
