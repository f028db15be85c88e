"""Instants as clients write them, as the type of fields: ISO 8601 with an offset."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError

_YEARS: Final = range(1970, 3000)
"""Years in which every calculation of terms stays within the calendar."""


def _within_years(instant: datetime) -> datetime:
    if instant.year not in _YEARS:
        raise PydanticCustomError("not_an_instant", "not an instant")
    return instant


Instant = Annotated[AwareDatetime, AfterValidator(_within_years)]
