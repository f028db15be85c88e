"""Which written forms belong to one word: `ліхтарі`, `ліхтарем` are `ліхтар`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_SHORTEST: Final = 3
_GUESSED: Final = "~"


@dataclass(frozen=True, slots=True, eq=False)
class WordForms:
    """The forms of the words that a city's classifier uses; compared by identity.

    Attributes:
        by_form: the words that a form may belong to, both folded; more than one where a form
            has several readings.
    """

    by_form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words_of(self, form: str) -> tuple[str, ...]:
        """Return the words that a folded form may belong to; of an unknown one its stem."""
        return self.by_form.get(form) or (_GUESSED + form[: len(form) - _ending_length(form)],)


def _ending_length(form: str) -> int:
    """Return how many letters of a form its Ukrainian cases may change."""
    return 0 if len(form) < _SHORTEST else 1 if len(form) < 5 else 2 if len(form) < 8 else 3
