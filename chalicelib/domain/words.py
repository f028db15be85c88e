"""A text in the languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Ukrainian and English."""

    uk: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the English words for `en`, the Ukrainian ones for anything else."""
        return self.en if language == "en" else self.uk
