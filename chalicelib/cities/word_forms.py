"""The forms of a city's words, read when a text is first compared with the classifier.

`word_forms.txt` has a line for each word: the word, then its forms. It is written by
`python -m infra.word_forms`; a city without it compares words by their stems.
"""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from chalicelib.cities.files import CITIES_FOLDER
from chalicelib.domain.word_forms import WordForms
from chalicelib.regulation.typed_text import folded_words

FILE: Final = "word_forms.txt"


@cache
def word_forms(city_id: str) -> WordForms:
    """Return the forms of a city's words, read once."""
    return read_word_forms(CITIES_FOLDER / city_id / FILE)


def read_word_forms(path: Path) -> WordForms:
    """Return the forms that a file names; none where there is no file."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    by_form: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        word, *forms = folded_words(line.partition("#")[0]) or [""]
        for form in (word, *forms):
            by_form[form][word] = None
    return WordForms({form: tuple(words) for form, words in by_form.items() if form})
