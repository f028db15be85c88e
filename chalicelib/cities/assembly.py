"""From a city's sound rows to the domain's `City`."""

from collections.abc import Iterator
from types import MappingProxyType

from chalicelib.cities.calendar_days import calendar_of
from chalicelib.cities.files import CityFiles
from chalicelib.cities.rows import LexiconLine, PersonRow, StreetRow, TopicRow
from chalicelib.cities.tables import CalendarTable, CityTable, NumberTable, RegulationTable
from chalicelib.domain.city import (
    Bounds,
    Centre,
    City,
    Edition,
    Executor,
    Number,
    Person,
    RegulationTitle,
    Street,
    Topic,
)
from chalicelib.domain.screening import Lexicon, LexiconRow
from chalicelib.domain.words import Words


def city_of(files: CityFiles) -> City | None:
    """Return the city, or None where a file that it cannot do without was not readable."""
    city, regulation, calendar = files.city.value, files.regulation.value, files.calendar.value
    if city is None or regulation is None or calendar is None:
        return None
    return _city(files, city, regulation, calendar)


def _city(
    files: CityFiles, city: CityTable, regulation: RegulationTable, calendar: CalendarTable
) -> City:
    people = {row.id: _person(row) for _, row in files.people.rows}
    title = regulation.regulation
    return City(
        id=city.id,
        name=Words(city.name.uk, city.name.en),
        name_genitive=city.name.uk_genitive,
        name_locative=city.name.uk_locative,
        calendar=calendar_of(calendar, city.timezone),
        regulation=RegulationTitle(city.law, title.title, title.number, title.approved_on),
        editions=tuple(_editions(regulation.number)),
        topics=MappingProxyType({row.code: _topic(row) for _, row in files.topics.rows}),
        executors=MappingProxyType(dict(_executors(files, people))),
        streets=MappingProxyType({row.id: _street(row) for _, row in files.streets.rows}),
        people=MappingProxyType(people),
        lexicon=Lexicon(tuple(_lexicon_row(row) for _, row in files.lexicon.rows)),
        centre=_centre(city),
        centre_phone=city.centre.phone,
        emergency_numbers=tuple(
            (each.number, Words(each.uk, each.en)) for each in city.emergency_number
        ),
        channels=city.channels,
        languages=city.languages,
        features=city.features,
        bounds=Bounds(city.map.south, city.map.west, city.map.north, city.map.east),
        demonstration=city.demonstration,
        delegated_groups=city.delegated_groups,
        signal_groups=frozenset() if city.signals == "all" else city.signals,
        ladder=tuple(city.ladder),
        accent=city.theme.accent,
    )


def _editions(rows: tuple[NumberTable, ...]) -> Iterator[Edition]:
    """Yield an edition for each day on which a number begins or ends."""
    days = {row.since for row in rows} | {row.until for row in rows if row.until is not None}
    for day in sorted(days):
        in_force = {
            row.name: Number(row.name, row.value, row.unit, row.clause, row.since, row.source)
            for row in rows
            if row.since <= day and (row.until is None or day < row.until)
        }
        yield Edition(day, MappingProxyType(in_force))


def _executors(files: CityFiles, people: dict[str, Person]) -> Iterator[tuple[str, Executor]]:
    for _, row in files.executors.rows:
        own = tuple(person for person in people.values() if person.executor == row.id)
        name = Words(row.name_uk, row.name_en)
        yield row.id, Executor(row.id, name, row.duty_phone, row.email, own)


def _centre(city: CityTable) -> Centre:
    centre = city.centre
    return Centre(
        name=Words(centre.name_uk, centre.name_en),
        authority=Words(centre.authority_uk, centre.authority_en),
        email=centre.email,
        official_mail=centre.official_mail,
        official_senders=tuple(map(str.lower, centre.official_senders)),
    )


def _topic(row: TopicRow) -> Topic:
    redirect = None
    if row.safety_redirect_uk is not None and row.safety_redirect_en is not None:
        redirect = Words(row.safety_redirect_uk, row.safety_redirect_en)
    return Topic(
        code=row.code,
        group_code=row.group_code,
        group=Words(row.group_uk, row.group_en),
        name=Words(row.name_uk, row.name_en),
        urgency=row.urgency,
        executor=row.executor,
        evidence=row.evidence,
        safety_redirect=redirect,
        keywords=row.keywords,
    )


def _person(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        role=row.role,
        executor=row.executor,
        phone=row.phone,
        email=row.email,
        topic_groups=row.topic_groups,
        substitute=row.substitute,
    )


def _street(row: StreetRow) -> Street:
    return Street(
        id=row.id,
        kind=row.kind,
        name=Words(row.name_uk, row.name_en),
        old_names=row.old_names,
        buildings=row.buildings,
        district=row.district,
        lat=row.lat,
        lon=row.lon,
    )


def _lexicon_row(row: LexiconLine) -> LexiconRow:
    return LexiconRow(row.part, row.pattern, row.masked, row.since, row.until)
