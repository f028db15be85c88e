"""How often the suggested topic is right, on real appeals with the topics that people gave them.

The texts are 60 appeals to the hot line of Kropyvnytskyi City Council, de-identified (open data,
CC BY 4.0). Of a city with another classifier only those count whose topic it has.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.cities.catalogue import load_city
from chalicelib.cities.word_forms import word_forms
from chalicelib.regulation.topic_hints import suggest
from infra.artefacts import ROOT

TEXTS = ROOT / "infra" / "demonstration" / "hotline_texts.csv"


@dataclass(frozen=True)
class Hits:
    """Of so many texts: how often the first suggestion was right, and one of three."""

    texts: int
    first: int
    one_of_three: int


def hits(city_id: str) -> Hits:
    """Return how often the hint is right in a city."""
    city, forms = load_city(city_id), word_forms(city_id)
    found = [
        (right, [topic.code for topic in suggest(city, forms, text)])
        for text, codes in labelled()
        if (right := codes & city.topics.keys())
    ]
    first = sum(bool(right & set(codes[:1])) for right, codes in found)
    return Hits(len(found), first, sum(bool(right & set(codes)) for right, codes in found))


def labelled() -> Iterator[tuple[str, set[str]]]:
    """Yield each text with the topics that a person gave it."""
    with TEXTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["text"], set(row["suggested_topic_codes"].split("|"))
