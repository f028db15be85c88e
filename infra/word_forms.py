"""Write the forms of a city's words anew: `python -m infra.word_forms --city …`.

What stands in `word_forms.txt` lets a text be compared with the classifier in any case and number
without a dictionary of 30 MB in the functions (docs/decisions). It needs pymorphy3, which no
function and no test needs: `pip install pymorphy3 pymorphy3-dicts-uk` into an environment of its
own. A word of the classifier that is not in the file is compared by its stem.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from chalicelib.cities.catalogue import load_city
from chalicelib.cities.files import CITIES_FOLDER
from chalicelib.cities.word_forms import FILE
from infra.progress import give_up

APOSTROPHES = re.compile("['’‘`´′\"ʹ]")
WORD = re.compile("[а-яіїєґ]+(?:ʼ[а-яіїєґ]+)*")
SHORTEST = 3
MEANING = ("NOUN", "ADJF", "VERB")
READINGS = 3


def words_of(city_id: str) -> list[str]:
    """The words of a city's topics: names, groups and keywords."""
    topics = load_city(city_id).topics.values()
    texts = [text for each in topics for text in (each.name.uk, each.group.uk, *each.keywords)]
    found = (word for text in texts for word in WORD.findall(_plain(text)))
    return sorted({word for word in found if len(word) >= SHORTEST})


def families(words: list[str], analyser: Any) -> dict[str, set[str]]:
    """Every form of the words, by the word that they belong to."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        for reading in _readings(word, analyser):
            found[reading.normal_form] |= {word, *(form.word for form in reading.lexeme)}
    return dict(found)


def _readings(word: str, analyser: Any) -> Iterator[Any]:
    parsed = analyser.parse(word)
    known = [each for each in parsed if each.is_known] or parsed[:1]
    meaning = [each for each in known if any(name in each.tag for name in MEANING)]
    yield from (meaning or known)[:READINGS]


def _plain(text: str) -> str:
    return APOSTROPHES.sub("ʼ", text.lower())


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description="Write the forms of a city's words anew.")
    parser.add_argument("--city", default="khmelnytskyi")
    given = parser.parse_args()
    try:
        analyser = import_module("pymorphy3").MorphAnalyzer(lang="uk")
    except ImportError:
        give_up("It needs: pip install pymorphy3 pymorphy3-dicts-uk")
    found = families(words_of(given.city), analyser)
    lines = [" ".join([word, *sorted(forms - {word})]) for word, forms in sorted(found.items())]
    head = "# Слово і його форми; написано командою python -m infra.word_forms."
    target = CITIES_FOLDER / given.city / FILE
    target.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{target.name}: {len(lines)} words, {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
