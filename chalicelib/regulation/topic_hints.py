"""Which topics a text may be about: a hint for a person, never a decision (K-3.1).

A word of the text counts as much as it tells topics apart. The best phrase of a topic (its name,
or one of its keywords) counts for what of it the text holds; the other phrases, single words and
the topic's group add a little. How often that is right on real texts is printed by `make bench`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from chalicelib.domain.city import City, Topic
from chalicelib.domain.word_forms import WordForms
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.typed_text import folded_words

_OF_EVERY_APPEAL: Final = frozenset(
    folded_words(
        "а без в від де для до з за зі із і й на не немає ні о по при про та то у це що як є вже "
        "дуже прошу щодо прохання заявник заявниця просить повідомляє будинок будинку адресою "
        "проживання вулиця вулиці вул під час причини відповідь надати роз'яснення заходи вжити "
        "реагування працівників скарга the and of to in is not нет"
    )
)
"""Words that say nothing of the matter."""

_OTHER_PHRASES: Final = 0.1
_SINGLE_WORDS: Final = 0.2
_GROUP: Final = 0.5
_MOST_WORDS: Final = 400

_Position = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A name or a keyword of a topic: at each position the words that its form may belong to."""

    topic: int
    positions: tuple[_Position, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Index:
    topics: tuple[Topic, ...]
    worth: Mapping[str, float]
    phrases: tuple[_Phrase, ...]
    phrases_with: Mapping[str, tuple[int, ...]]
    groups: Mapping[str, tuple[int, ...]]


@clause("K-3.1")
def suggest(city: City, forms: WordForms, text: str, limit: int = 3) -> tuple[Topic, ...]:
    """Return the topics that a text may be about, the likeliest first; none where no word fits."""
    index = _index(city, forms)
    score = _scores(index, frozenset(words_of(text, forms)))
    ranked = sorted(score, key=lambda at: (-score[at], at))
    return tuple(index.topics[at] for at in ranked[:limit])


def words_of(text: str, forms: WordForms) -> Iterator[str]:
    """Yield the words of a text that may say what it is about, in all their readings."""
    for form in folded_words(text)[:_MOST_WORDS]:
        if len(form) > 1 and form not in _OF_EVERY_APPEAL and not form.isdigit():
            yield from forms.words_of(form)


def known_words(city: City, forms: WordForms, topic: Topic) -> frozenset[str]:
    """Return the words by which a topic is found already."""
    index = _index(city, forms)
    at = index.topics.index(topic)
    own = (phrase for phrase in index.phrases if phrase.topic == at)
    return frozenset(word for phrase in own for position in phrase.positions for word in position)


def _scores(index: _Index, said: frozenset[str]) -> dict[int, float]:
    touched = {at for word in said for at in index.phrases_with.get(word, ())}
    best: defaultdict[int, float] = defaultdict(float)
    others: defaultdict[int, float] = defaultdict(float)
    single: defaultdict[int, set[str]] = defaultdict(set)
    for at in touched:
        phrase = index.phrases[at]
        held = sum(_worth(index, position, said) for position in phrase.positions)
        value = held * held / phrase.weight
        best[phrase.topic] = max(best[phrase.topic], value)
        others[phrase.topic] += value
        single[phrase.topic] |= {word for each in phrase.positions for word in each} & said
    group = _of_groups(index, said)
    return {
        at: best[at]
        + _OTHER_PHRASES * others[at]
        + _SINGLE_WORDS * sum(index.worth[word] for word in single[at])
        + _GROUP * group.get(at, 0.0)
        for at in best.keys() | group.keys()
    }


def _of_groups(index: _Index, said: frozenset[str]) -> Mapping[int, float]:
    found: defaultdict[int, float] = defaultdict(float)
    for word in said & index.worth.keys():
        for at in index.groups.get(word, ()):
            found[at] += index.worth[word]
    return found


def _worth(index: _Index, position: _Position, said: frozenset[str]) -> float:
    return max((index.worth[word] for word in position if word in said), default=0.0)


@lru_cache(maxsize=4)
def _index(city: City, forms: WordForms) -> _Index:
    topics = tuple(city.topics.values())
    drafts = [
        (at, positions)
        for at, topic in enumerate(topics)
        for text in (topic.name.uk, topic.name.en, *topic.keywords)
        if (positions := tuple(_positions(text, forms)))
    ]
    worth = _worths(drafts, len(topics))
    phrases = tuple(
        _Phrase(at, positions, sum(max(worth[word] for word in each) for each in positions))
        for at, positions in drafts
    )
    return _Index(
        topics=topics,
        worth=worth,
        phrases=phrases,
        phrases_with=_inverted(enumerate(phrase.positions for phrase in phrases)),
        groups=_inverted(
            (at, tuple(_positions(topic.group.uk, forms))) for at, topic in enumerate(topics)
        ),
    )


def _positions(text: str, forms: WordForms) -> Iterator[_Position]:
    for form in folded_words(text):
        if len(form) > 1 and form not in _OF_EVERY_APPEAL:
            yield forms.words_of(form)


def _worths(drafts: Iterable[tuple[int, tuple[_Position, ...]]], topics: int) -> dict[str, float]:
    """Return what each word is worth: the more, the fewer topics have it."""
    having: defaultdict[str, set[int]] = defaultdict(set)
    for at, positions in drafts:
        for position in positions:
            for word in position:
                having[word].add(at)
    return {word: log((topics + 1) / (len(found) + 0.5)) for word, found in having.items()}


def _inverted(rows: Iterable[tuple[int, Iterable[_Position]]]) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for at, positions in rows:
        for position in positions:
            for word in position:
                found[word][at] = None
    return {word: tuple(places) for word, places in found.items()}
