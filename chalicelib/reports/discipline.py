"""Executive discipline of a period: facts by card and by executor, no marks of people (KR-3.1)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.city import City
from chalicelib.regulation.discipline import Band, Fact, Finding, of_card, of_file
from chalicelib.reports.balance import NOBODY, Balance, Period, balances, total


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card with the facts that came about in the period, earliest first."""

    card: Card
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ExecutorLine:
    """An executor's balance, and how many facts of each kind.

    Attributes:
        strict_late: cards past their strict term: the disputable and the certain ones together.
    """

    executor: str
    balance: Balance
    counts: Mapping[Fact, int]
    disputable: int
    certain_late: int

    @property
    def strict_late(self) -> int:
        """How many cards passed their strict term, disputable ones counted."""
        return self.disputable + self.certain_late


@dataclass(frozen=True, slots=True)
class Discipline:
    """The report of a period."""

    period: Period
    executors: tuple[ExecutorLine, ...]
    total: ExecutorLine
    cards: tuple[CardLine, ...]


def discipline(
    cards: Sequence[Card], files: Iterable[CardFile], period: Period, city: City, now: datetime
) -> Discipline:
    """Return the report: balances of `cards`, the facts they tell, and those of their `files`."""
    by_file = {file.card.number: of_file(file, city) for file in files}
    at = min(now, period.until_at)
    every = (
        _line(card, (*of_card(card, city, at), *by_file.get(card.number, ())), period)
        for card in cards
    )
    lines = sorted((line for line in every if line.findings), key=_by_executor_and_number)
    of_executor: defaultdict[str, list[CardLine]] = defaultdict(list)
    for line in lines:
        of_executor[line.card.executor or NOBODY].append(line)
    sums = balances(cards, period)
    return Discipline(
        period=period,
        executors=tuple(_executor(name, sums[name], of_executor[name]) for name in sorted(sums)),
        total=_executor(NOBODY, total(sums.values()), lines),
        cards=tuple(lines),
    )


def _line(card: Card, found: Iterable[Finding], period: Period) -> CardLine:
    within = (finding for finding in found if period.holds(finding.at))
    return CardLine(card, tuple(sorted(within, key=lambda each: (each.at, each.fact))))


def _by_executor_and_number(line: CardLine) -> tuple[str, str]:
    return line.card.executor or NOBODY, line.card.number


def _executor(name: str, balance: Balance, lines: Iterable[CardLine]) -> ExecutorLine:
    found = [finding for line in lines for finding in line.findings]
    bands = Counter(finding.band for finding in found if finding.fact is Fact.LATE)
    return ExecutorLine(
        executor=name,
        balance=balance,
        counts=Counter(finding.fact for finding in found),
        disputable=bands[Band.DISPUTABLE],
        certain_late=bands[Band.CERTAIN],
    )
