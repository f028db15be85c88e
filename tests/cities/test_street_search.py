"""A place as people type it is bound to the registry, or left as typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.city import Street
from chalicelib.domain.words import Words
from chalicelib.regulation.street_search import building_known, find_streets, resolve
from tests.cities.copies import KR, K

CITY = load_city(K)


def street(*buildings: str) -> Street:
    return Street("vul-x", "вулиця", Words("Ікс", "Iks"), (), buildings, "Центр")


def found(typed: str) -> list[tuple[str, str | None]]:
    return [(each.street.id, each.building) for each in find_streets(CITY, typed)]


def bound(typed: str, building: str = "") -> str | None:
    named = resolve(CITY, typed, building)
    return named.id if named else None


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Проскурівська 12", ("vul-proskurivska", "12")),
        ("вул. Проскурівська, 12-А", ("vul-proskurivska", "12-А")),
        ("проскурівська вулиця 12 а", ("vul-proskurivska", "12а")),
        ("м. Хмельницький, вул. Соборна, буд. 3, кв. 5", ("vul-soborna", "3")),
        ("вул Соборна 12 корпус 2 кв. 7", ("vul-soborna", "12")),
        ("Кам’янецька 10/2", ("vul-kamianetska", "10/2")),
        ("пр-т Миру 4", ("prosp-myru", "4")),
        ("Soborna street 7", ("vul-soborna", "7")),
        ("ґонтова", ("vul-gontova", None)),
        ("гонтова", ("vul-gontova", None)),
        ("cj,jhyf 12", ("vul-soborna", "12")),
        ("проскур", ("vul-proskurivska", None)),
    ],
)
def test_street_and_building_are_told_apart(typed: str, place: tuple[str, str | None]) -> None:
    assert found(typed)[0] == place


def test_a_former_name_finds_the_street_of_today_and_says_so() -> None:
    [first, *_] = find_streets(CITY, "Карла Лібкнехта 5")
    assert (first.street.name.uk, first.old_name) == ("Проскурівська", "Карла Лібкнехта")
    assert first.building == "5"


def test_names_of_today_come_before_former_ones() -> None:
    old = [each.old_name for each in find_streets(CITY, "св", limit=20)]
    assert old == sorted(old, key=lambda name: name is not None)


def test_beginnings_come_before_middles() -> None:
    names = [each.street.name.uk for each in find_streets(CITY, "сад")]
    assert names[0].startswith("Сад")


def test_each_street_is_offered_once_and_no_more_than_asked() -> None:
    offered = [each.street.id for each in find_streets(CITY, "а", limit=5)]
    assert len(offered) == len(set(offered)) == 5


@pytest.mark.parametrize("nothing", ["", "  ", "12", "вул.", "qqqqqq"])
def test_nothing_is_offered_for_nothing(nothing: str) -> None:
    assert found(nothing) == []


@pytest.mark.parametrize(
    ("typed", "street_id"),
    [
        ("вулиця Соборна", "vul-soborna"),
        ("СОБОРНА", "vul-soborna"),
        ("соборна вул", "vul-soborna"),
        ("vulytsia Soborna", "vul-soborna"),
        ("vul-soborna", "vul-soborna"),
        ("Соборна 12", "vul-soborna"),
        ("cj,jhyf", "vul-soborna"),
        ("Карла Лібкнехта", "vul-proskurivska"),
        ("площа Леніна", "pl-nezalezhnosti"),
        ("вулиця Леніна", "vul-soborna"),
        ("просп Миру", "prosp-myru"),
        ("Незалежності", "vul-nezalezhnosti"),
        ("площа Незалежності", "pl-nezalezhnosti"),
        ("Собор", None),
        ("провулок Соборна", None),
        ("вулиця, якої немає", None),
        ("", None),
    ],
)
def test_a_whole_name_is_bound_and_a_part_is_not(typed: str, street_id: str | None) -> None:
    assert bound(typed) == street_id


@pytest.mark.parametrize("city_id", [K, KR])
def test_every_full_name_and_id_of_the_registry_binds_to_its_street(city_id: str) -> None:
    city = load_city(city_id)
    for each in city.streets.values():
        for typed in (each.full_name.uk, each.full_name.en, each.full_name.uk.upper(), each.id):
            assert resolve(city, typed) is each, typed


def test_the_building_tells_streets_of_one_name_apart() -> None:
    square, plain = CITY.streets["pl-nezalezhnosti"], CITY.streets["vul-nezalezhnosti"]
    only_plain = next(
        str(n)
        for n in range(200)
        if building_known(plain, str(n)) and not building_known(square, str(n))
    )
    assert bound("Незалежності", only_plain) == plain.id


@pytest.mark.parametrize(
    ("building", "known"),
    [
        *[(inside, True) for inside in ("1", "45", "12-А", "12/3", " 60 ", "3а", "46")],
        *[(outside, False) for outside in ("47", "62", "0", "", "б/н")],
    ],
)
def test_a_building_is_known_by_ranges_and_their_parity(building: str, known: bool) -> None:
    assert building_known(street("1-45 odd", "2-60 even"), building) is known


def test_single_numbers_and_ranges_of_both_parities() -> None:
    assert building_known(street("17"), "17")
    assert not building_known(street("17"), "18")
    assert building_known(street("1-4"), "2")


def test_a_street_without_ranges_knows_every_building() -> None:
    assert building_known(street(), "999")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_there_is_an_answer(typed: str) -> None:
    found_streets = find_streets(CITY, typed)
    assert len(found_streets) <= 8
    named = resolve(CITY, typed)
    assert named is None or named.id in CITY.streets
