"""A city is a folder of data: its name, phone and address stand nowhere else in the program."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.cities.catalogue import available_cities
from chalicelib.cities.files import CITIES_FOLDER, read_files

ROOT = Path(__file__).parents[2]
SEARCHED = ("app.py", "chalicelib", "infra", "website")
CITIES = "chalicelib/cities/"
LEFT_OUT = ("website/tests/", "website/build/", "website/node_modules/")
SHORTEST_WORD = 5


def words_of(city_id: str) -> Iterator[str]:
    """Yield what only the city's folder may say: names in their cases, phones, mail."""
    city = read_files(CITIES_FOLDER / city_id).city.value
    assert city is not None
    name, centre = city.name, city.centre
    yield from (name.uk, name.uk_genitive, name.uk_locative, name.en)
    yield from (centre.name_uk, centre.name_en, centre.authority_uk, centre.authority_en)
    yield from (centre.phone, re.sub(r"\D", "", centre.phone))
    if centre.official_mail is not None:
        yield from (centre.official_mail, centre.official_mail.partition("@")[2])
    for phrase in (centre.name_uk, centre.authority_uk):
        yield from (word for word in re.findall(r"\w+", phrase)[1:] if is_proper(word))


def is_proper(word: str) -> bool:
    """Tell whether a word that does not begin its phrase is a name."""
    return word[0].isupper() and len(word) >= SHORTEST_WORD


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *SEARCHED],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    kept = [name for name in listed if name and not name.startswith((CITIES, *LEFT_OUT))]
    return [ROOT / name for name in kept if (ROOT / name).is_file()]


def places_of(words: set[str], files: list[Path]) -> list[str]:
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words)))
    return [
        f"{path.name}:{number}: {found[0]}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if (found := pattern.search(line))
    ]


@pytest.mark.parametrize("city_id", available_cities())
def test_no_word_of_a_city_stands_outside_its_folder(city_id: str) -> None:
    files = tracked_files()
    assert len(files) > 10
    assert places_of(set(words_of(city_id)), files) == []


def test_the_reading_code_of_cities_names_no_city() -> None:
    code = sorted(CITIES_FOLDER.glob("*.py"))
    words = {word for city_id in available_cities() for word in words_of(city_id)}
    assert places_of(words | set(available_cities()), code) == []


@pytest.mark.parametrize("city_id", available_cities())
def test_the_search_would_find_such_a_word(city_id: str, tmp_path: Path) -> None:
    for at, word in enumerate(sorted(set(words_of(city_id)))):
        planted = tmp_path / f"{at}.html"
        planted.write_text(f"<p>Тут {word}, а не деінде.</p>\n", encoding="utf-8")
        assert places_of(set(words_of(city_id)), [planted]), word
