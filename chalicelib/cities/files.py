"""All files of one city, read but not yet checked against each other."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chalicelib.cities.faults import Fault
from chalicelib.cities.rows import (
    AccountRow,
    ExecutorRow,
    LexiconLine,
    PersonRow,
    StreetRow,
    TopicRow,
)
from chalicelib.cities.sources import Reader, Sheet, Table
from chalicelib.cities.tables import CalendarTable, CityTable, RegulationTable

CITIES_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class CityFiles:
    """What stands in the files, and the faults of single rows."""

    id: str
    city: Table[CityTable]
    regulation: Table[RegulationTable]
    calendar: Table[CalendarTable]
    topics: Sheet[TopicRow]
    executors: Sheet[ExecutorRow]
    people: Sheet[PersonRow]
    accounts: Sheet[AccountRow]
    streets: Sheet[StreetRow]
    lexicon: Sheet[LexiconLine]
    faults: tuple[Fault, ...]


def read_files(folder: Path) -> CityFiles:
    """Read a city's folder.

    `accounts.csv` may be absent, it is for demonstration only; so may `lexicon.csv`: a city
    without it screens nothing.
    """
    reader = Reader(folder)
    return CityFiles(
        id=folder.name,
        city=reader.table("city.toml", CityTable),
        regulation=reader.table("regulation.toml", RegulationTable),
        calendar=reader.table("calendar.toml", CalendarTable),
        topics=reader.sheet("topics.csv", TopicRow),
        executors=reader.sheet("executors.csv", ExecutorRow),
        people=reader.sheet("people.csv", PersonRow),
        accounts=reader.sheet("accounts.csv", AccountRow, optional=True),
        streets=reader.sheet("streets.csv", StreetRow),
        lexicon=reader.sheet("lexicon.csv", LexiconLine, optional=True),
        faults=tuple(reader.faults),
    )
