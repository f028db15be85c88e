"""Finding a topic of the classifier by what a resident types (K-3.1, KR-1.3)."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from chalicelib.domain.city import City, Topic
from chalicelib.regulation.typed_text import folded, folded_words, other_layout

_STOP_WORDS: Final = frozenset(
    folded_words(
        "а без в від де для до з за зі і й на не немає ні о по при про та то у це що як є "
        "вже дуже прошу нет и the a an of in no not is to"
    )
)
_NAME: Final = 4.0
_KEYWORD: Final = 3.0
_GROUP: Final = 1.0
_WHOLE: Final = 3.0
_BEGINNING: Final = 2.0
_STEM: Final = 1.0
_PHRASE: Final = 30.0
_MOST_WORDS: Final = 40

_Scores = dict[int, float]


@dataclass(frozen=True, slots=True)
class _Index:
    topics: tuple[Topic, ...]
    words: tuple[str, ...]
    weights: Mapping[str, Mapping[int, float]]
    phrases: tuple[tuple[str, ...], ...]


def find_topics(city: City, query: str, limit: int = 20) -> tuple[Topic, ...]:
    """Return the topics that a query may mean, the likeliest first; none for an empty query.

    Words match by beginning and by stem, in the names of both languages and in the keywords; when
    nothing is found, the query is read as typed in the wrong keyboard layout. Topics that hold
    every word of the query come before those that hold some.
    """
    index = _index(city)
    found = _ranked(index, query) or _ranked(index, other_layout(query))
    return tuple(index.topics[at] for at in found[:limit])


def _ranked(index: _Index, query: str) -> list[int]:
    code = query.strip().upper()
    by_code = [at for at, topic in enumerate(index.topics) if topic.code == code]
    if by_code:
        return by_code
    words = folded_words(query)
    asked = [word for word in words if word not in _STOP_WORDS] or list(words)
    score: defaultdict[int, float] = defaultdict(float)
    matched: defaultdict[int, int] = defaultdict(int)
    for word in asked[:_MOST_WORDS]:
        for at, points in _points(index, word).items():
            score[at] += points
            matched[at] += 1
    for at in score:
        score[at] += _phrase_points(index.phrases[at], " ".join(words))
    return sorted(score, key=lambda at: (-matched[at], -score[at], at))


def _points(index: _Index, word: str) -> _Scores:
    """Return for each topic the best that any of its words is worth for the word asked."""
    best: _Scores = {}
    for known, worth in _alike(index.words, word):
        for at, weight in index.weights[known].items():
            best[at] = max(best.get(at, 0.0), weight * worth)
    return best


def _alike(words: tuple[str, ...], word: str) -> Iterator[tuple[str, float]]:
    ending = _ending_length(word)
    stem = word[: len(word) - ending]
    for at in range(bisect_left(words, stem), len(words)):
        known = words[at]
        if not known.startswith(stem):
            return
        if known == word:
            yield known, _WHOLE
        elif known.startswith(word):
            yield known, _BEGINNING
        elif len(known) - len(stem) <= ending + 1:
            yield known, _STEM


def _ending_length(word: str) -> int:
    """Return how many letters of a word its Ukrainian cases may change."""
    return 0 if len(word) < 3 else 1 if len(word) < 5 else 2 if len(word) < 8 else 3


def _phrase_points(phrases: tuple[str, ...], query: str) -> float:
    if query in phrases:
        return 2 * _PHRASE
    return _PHRASE if any(phrase in query for phrase in phrases if " " in phrase) else 0.0


@lru_cache(maxsize=8)
def _index(city: City) -> _Index:
    topics = tuple(city.topics.values())
    weights: defaultdict[str, _Scores] = defaultdict(dict)
    for at, topic in enumerate(topics):
        for text, weight in _texts(topic):
            for word in folded_words(text):
                weights[word][at] = max(weights[word].get(at, 0.0), weight)
    phrases = tuple(
        tuple(map(folded, (topic.name.uk, topic.name.en, *topic.keywords))) for topic in topics
    )
    return _Index(topics, tuple(sorted(weights)), weights, phrases)


def _texts(topic: Topic) -> Iterator[tuple[str, float]]:
    yield from ((text, _NAME) for text in (topic.name.uk, topic.name.en))
    yield from ((text, _KEYWORD) for text in topic.keywords)
    yield from ((text, _GROUP) for text in (topic.group.uk, topic.group.en))
