"""What reports look like: as JSON, and as a table."""

from collections.abc import Iterator

from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.city import Law
from chalicelib.regulation.discipline import Finding
from chalicelib.reports.csv_text import Cell
from chalicelib.reports.discipline import CardLine, Discipline, ExecutorLine
from chalicelib.words.say import say

COLUMNS = (
    "number",
    "executor_id",
    "executor",
    "performer",
    "topic",
    "urgency",
    "received_at",
    "due_at",
    "certain_late_at",
    "finished_at",
    "fact",
    "fact_text",
    "clause",
    "band",
    "over_minutes",
    "over_days",
    "times",
    "at",
)


def discipline_body(shape: Shape, report: Discipline) -> Body:
    """Return the report of executive discipline, without the days that were asked for."""
    return {
        "made_at": shape.time(shape.now),
        "clause": "KR-3.1" if shape.city.law is Law.KR else None,
        "total": _executor_line(shape, report.total),
        "executors": [_executor_line(shape, line) for line in report.executors],
        "cards": [_card_line(shape, line) for line in report.cards],
    }


def discipline_rows(shape: Shape, report: Discipline) -> Iterator[list[Cell]]:
    """Yield a row for each fact, in the order of COLUMNS."""
    for line in report.cards:
        for finding in line.findings:
            yield _row(shape, line, finding)


def header(shape: Shape) -> list[str]:
    """Return the names of the columns in the reader's words."""
    return [say(shape.language, f"column.{name}") for name in COLUMNS]


def _executor_line(shape: Shape, line: ExecutorLine) -> Body:
    return {
        "executor": shape.executor(line.executor),
        "opening": line.balance.opening,
        "received": line.balance.received,
        "closed": line.balance.closed,
        "closing": line.balance.closing,
        "strict_late": line.strict_late,
        "disputable": line.disputable,
        "certain_late": line.certain_late,
        "facts": {str(fact): count for fact, count in sorted(line.counts.items())},
    }


def _card_line(shape: Shape, line: CardLine) -> Body:
    card = line.card
    return {
        "number": card.number,
        "executor": shape.executor(card.executor),
        "performer": _performer(shape, line),
        "topic": shape.topic(card.topic),
        "urgency": card.urgency,
        "received_at": shape.time(card.received_at),
        "due_at": shape.time(card.due_at),
        "certain_late_at": shape.time(card.certain_late_at),
        "finished_at": shape.maybe(card.answered_at or card.closed_at),
        "findings": [_finding(shape, finding) for finding in line.findings],
    }


def _finding(shape: Shape, finding: Finding) -> Body:
    band = finding.band
    return {
        "fact": finding.fact,
        "text": say(shape.language, f"discipline.{finding.fact}"),
        "clause": finding.clause,
        "at": shape.time(finding.at),
        "band": band,
        "band_text": say(shape.language, f"band.{band}") if band else None,
        "over_minutes": finding.over_minutes,
        "over_days": finding.over_days,
        "times": finding.times,
    }


def _row(shape: Shape, line: CardLine, finding: Finding) -> list[Cell]:
    card, found = line.card, _finding(shape, finding)
    executor, topic = shape.executor(card.executor) or {}, shape.topic(card.topic) or {}
    values: dict[str, object] = {
        **_card_line(shape, line),
        **found,
        "executor_id": card.executor,
        "executor": executor.get("name"),
        "topic": topic.get("name"),
        "urgency": say(shape.language, f"urgency.{card.urgency}"),
        "fact_text": found["text"],
        "band": found["band_text"],
    }
    return [_cell(values[name]) for name in COLUMNS]


def _cell(value: object) -> Cell:
    return value if isinstance(value, int) or value is None else str(value)


def _performer(shape: Shape, line: CardLine) -> str | None:
    performer = line.card.performer
    person = shape.city.people.get(performer or "")
    return person.name if person else performer
