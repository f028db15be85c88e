"""Executive discipline of a period: facts by card and by executor, no marks of people (KR-3.1)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.city import City
from chalicelib.regulation.discipline import Band, Fact, Finding, findings
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
    """Return the report: balances of `cards`, and the facts that `files` of them hold."""
    lines = tuple(line for file in files if (line := _line(file, period, city, now)).findings)
    by_executor = balances(cards, period)
    names = sorted({*by_executor, *(line.card.executor or NOBODY for line in lines)})
    executors = tuple(
        _executor(
            name,
            by_executor.get(name, Balance()),
            [line for line in lines if (line.card.executor or NOBODY) == name],
        )
        for name in names
    )
    whole = _executor(NOBODY, total(by_executor.values()), lines)
    ordered = tuple(sorted(lines, key=lambda line: (line.card.executor or "", line.card.number)))
    return Discipline(period, executors, whole, ordered)


def _line(file: CardFile, period: Period, city: City, now: datetime) -> CardLine:
    found = findings(file, city, min(now, period.until_at))
    return CardLine(file.card, tuple(each for each in found if period.holds(each.at)))


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
