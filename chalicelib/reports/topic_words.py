"""Which words people's corrections would add to the classifier: proposals, decided by a council.

Where an operator chose another topic than the hint's first, the words of the text that the chosen
topic does not have yet are counted, a card once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.appeal import Channel
from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City, Topic
from chalicelib.domain.events import EventName
from chalicelib.domain.word_forms import WordForms
from chalicelib.regulation.topic_hints import known_words, suggest, words_of

_BY_OPERATORS = frozenset(
    {
        Channel.PHONE,
        Channel.EMAIL,
        Channel.POST,
        Channel.IN_PERSON,
        Channel.OFFICIAL_MAIL,
    }
)
_GUESSED = "~"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word that would have found the topic, and on how many cards."""

    topic: str
    word: str
    cards: int


def chosen_by_staff(file: CardFile) -> bool:
    """Tell whether a person of the centre chose the card's topic."""
    reclassified = any(event.name is EventName.RECLASSIFIED for event in file.events)
    return bool(file.card.topic) and (reclassified or file.card.channel in _BY_OPERATORS)


def proposals(
    files: Iterable[CardFile], city: City, forms: WordForms, *, least: int
) -> list[Proposal]:
    """Return the words that at least so many corrected cards share, the most frequent first."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for file in files:
        topic = city.topics.get(file.card.topic)
        if topic is not None and chosen_by_staff(file):
            for word in _missing(file, topic, city, forms):
                found[topic.code, word].add(file.card.root)
    shared = [Proposal(*key, len(roots)) for key, roots in found.items() if len(roots) >= least]
    return sorted(shared, key=lambda each: (-each.cards, each.topic, each.word))


def _missing(file: CardFile, topic: Topic, city: City, forms: WordForms) -> set[str]:
    if suggest(city, forms, file.appeal.text, 1) == (topic,):
        return set()
    words = set(words_of(file.appeal.text, forms)) - known_words(city, forms, topic)
    return {word.removeprefix(_GUESSED) for word in words}
