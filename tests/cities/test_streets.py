"""The registries of streets: enough of them, written as the law on transliteration says."""

import re
from typing import Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.city import STREET_KINDS
from tests.cities.copies import KR, K

CYRILLIC: Final = "абвгґдеєжзиіїйклмнопрстуфхцчшщюя"
LATIN: Final = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia"
LETTERS: Final = dict(zip(CYRILLIC, LATIN.split(), strict=True))
AT_THE_BEGINNING: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def transliterated(name: str) -> str:
    """Write a name in Latin letters (resolution 55 of 27 January 2010 of the government)."""
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda found: _word(found[0]), name)


def _word(word: str) -> str:
    small = re.sub("[ь'’]", "", word.lower()).replace("зг", "z\0г")
    parts = [LETTERS.get(letter, letter) for letter in small]
    parts[0] = AT_THE_BEGINNING.get(small[0], parts[0])
    latin = "".join(parts).replace("z\0h", "zgh")
    return latin.capitalize() if word[0].isupper() else latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Згурський", "Zghurskyi"),
        ("Їжакевич", "Yizhakevych"),
        ("Знам'янка", "Znamianka"),
        ("Гоща", "Hoshcha"),
        ("Єнакієве", "Yenakiieve"),
        ("Ґалаґан", "Galagan"),
    ],
)
def test_the_examples_of_the_resolution(name: str, latin: str) -> None:
    assert transliterated(name) == latin


@pytest.mark.parametrize("city_id", [K, KR])
class TestRegistry:
    def test_holds_three_hundred_streets_and_more(self, city_id: str) -> None:
        assert len(load_city(city_id).streets) >= 300

    def test_names_in_english_are_transliterated(self, city_id: str) -> None:
        for street in load_city(city_id).streets.values():
            assert street.name.en == transliterated(street.name.uk)

    def test_every_street_has_buildings_a_district_and_a_place(self, city_id: str) -> None:
        for street in load_city(city_id).streets.values():
            assert street.buildings, street.id
            assert street.district, street.id
            assert street.lat is not None, street.id

    def test_former_names_lead_to_one_street_of_a_kind(self, city_id: str) -> None:
        streets = load_city(city_id).streets.values()
        former = [(street.kind, name) for street in streets for name in street.old_names]
        assert len(former) >= 30
        assert len(former) == len(set(former))

    def test_most_kinds_of_streets_occur(self, city_id: str) -> None:
        assert {street.kind for street in load_city(city_id).streets.values()} == set(STREET_KINDS)


def test_a_full_name_is_written_as_in_an_address() -> None:
    street = load_city(K).streets["vul-proskurivska"]
    assert street.full_name.uk == "вулиця Проскурівська"
    assert street.full_name.en == "vulytsia Proskurivska"
