"""A dated list of words made ready to look words up in: every pattern written out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Final

from chalicelib.domain.screening import Lexicon, LexiconRow, Part
from chalicelib.regulation.screened_text import Word

ANY_ENDING: Final = "~"
MOST_SPELLINGS: Final = 400
"""How many spellings one pattern may stand for."""
_CHOICE: Final = re.compile(r"\(([^()]*)\)(\?)?|(.)(\?)?")
_PATTERN: Final = re.compile(r"(?:[а-яґєіїёa-z' ]\??|\([а-яґєіїёa-z'| ]+\)\??|~(?= |$))+")
_WILD: Final = "*"
_TELLING: Final = frozenset({Part.OBSCENE, Part.INSULT, Part.MILD, Part.GROUP, Part.VIOLENCE})
"""Parts without one of which nothing is found; the others count beside these only."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that words of a text match, and how many words it takes."""

    part: Part
    masked: bool
    words: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One spelling: what follows its first word, and what it is."""

    rest: tuple[str, ...]
    found: Found


@dataclass(frozen=True, eq=False)
class WordList:
    """The list of one edition, to look up in."""

    edition: str
    whole: Mapping[str, tuple[_Entry, ...]]
    begun: Mapping[int, Mapping[str, tuple[_Entry, ...]]]
    telling: Mapping[int, frozenset[str]]

    def may_find(self, words: Sequence[str]) -> bool:
        """Tell whether any of the words is one without which nothing is found: quick."""
        return any(
            not spelt.isdisjoint([word[:length] for word in words] if length else words)
            for length, spelt in self.telling.items()
        )

    def at(self, words: Sequence[Word], place: int) -> Iterator[Found]:
        """Yield what begins with the word at a place."""
        for entry in self._entries(words[place].plain):
            following = words[place + 1 : place + 1 + len(entry.rest)]
            if len(following) == len(entry.rest) and all(
                _is(word.plain, spelling)
                for word, spelling in zip(following, entry.rest, strict=True)
            ):
                yield entry.found

    def _entries(self, plain: str) -> Iterator[_Entry]:
        if _WILD in plain:
            yield from self._wild(plain)
            return
        yield from self.whole.get(plain, ())
        for length, entries in self.begun.items():
            yield from entries.get(plain[:length], ())

    def _wild(self, plain: str) -> Iterator[_Entry]:
        """Yield what a word may be whose starred letters may be any."""
        if len(plain.replace(_WILD, "")) < 2:
            return
        shape = re.compile(re.escape(plain).replace(re.escape(_WILD), "."))
        for spelling, entries in self.whole.items():
            if shape.fullmatch(spelling):
                yield from entries
        for length, begun in self.begun.items():
            begins = re.compile(re.escape(plain[:length]).replace(re.escape(_WILD), "."))
            for spelling, entries in begun.items():
                if begins.fullmatch(spelling):
                    yield from entries


@lru_cache(maxsize=8)
def word_list(lexicon: Lexicon, day: date) -> WordList | None:
    """Return the list as it stands on a day; None before its first edition."""
    edition = lexicon.edition_on(day)
    return _made_ready(lexicon, edition) if edition else None


@lru_cache(maxsize=4)
def _made_ready(lexicon: Lexicon, edition: date) -> WordList:
    whole: defaultdict[str, list[_Entry]] = defaultdict(list)
    begun: defaultdict[int, defaultdict[str, list[_Entry]]] = defaultdict(lambda: defaultdict(list))
    telling: defaultdict[int, set[str]] = defaultdict(set)
    for row in lexicon.on(edition):
        for first, entry in _entries_of(row):
            if row.part in _TELLING:
                word = max((first, *entry.rest), key=len)
                begins = word.endswith(ANY_ENDING)
                telling[len(word) - 1 if begins else 0].add(word.rstrip(ANY_ENDING))
            if first.endswith(ANY_ENDING):
                begun[len(first) - 1][first[:-1]].append(entry)
            else:
                whole[first].append(entry)
    return WordList(
        edition.isoformat(),
        {spelling: tuple(entries) for spelling, entries in whole.items()},
        {
            length: {spelling: tuple(entries) for spelling, entries in of.items()}
            for length, of in begun.items()
        },
        {length: frozenset(of) for length, of in telling.items()},
    )


def spellings(pattern: str) -> list[str]:
    """Return every spelling that a pattern stands for. Raises ValueError for what is none."""
    if not _PATTERN.fullmatch(pattern):
        raise ValueError("letters, (а|б), ? and a ~ at the end of a word")
    choices = [list(_choices(match)) for match in _CHOICE.finditer(pattern)]
    made = ["".join(each) for each in product(*choices)]
    if len(made) > MOST_SPELLINGS:
        raise ValueError(f"stands for {len(made)} spellings, more than {MOST_SPELLINGS}")
    return made


def _choices(match: re.Match[str]) -> Iterator[str]:
    group, group_optional, letter, letter_optional = match.groups()
    yield from (group.split("|") if group is not None else (letter,))
    if group_optional or letter_optional:
        yield ""


def _entries_of(row: LexiconRow) -> Iterator[tuple[str, _Entry]]:
    for spelling in spellings(row.pattern):
        first, *rest = spelling.split()
        yield first, _Entry(tuple(rest), Found(row.part, row.masked, 1 + len(rest)))


def _is(plain: str, spelling: str) -> bool:
    if spelling.endswith(ANY_ENDING):
        return plain.startswith(spelling[:-1])
    return plain == spelling
