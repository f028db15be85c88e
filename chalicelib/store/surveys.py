"""The `SURVEY#` items: was the work done, and how well.

Keys: `number`, `part` = `SURVEY#01`.
"""

from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.survey import Outcome, Survey
from chalicelib.store.attributes import InstantAttribute, Raw

PART: Final = "SURVEY#"


class SurveyItem(Model):
    """One survey; its token is not stored."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    opened_at = InstantAttribute()
    closes_at = InstantAttribute()
    outcome = UnicodeAttribute(null=True)
    score = NumberAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    answered_at = InstantAttribute(null=True)
    attempts = NumberAttribute(null=True)


def survey_item(survey: Survey) -> SurveyItem:
    """Return the item of a survey."""
    return SurveyItem(
        number=survey.number,
        part=f"{PART}{survey.no:02d}",
        opened_at=survey.opened_at,
        closes_at=survey.closes_at,
        outcome=survey.outcome,
        score=survey.score,
        reason=survey.reason or None,
        answered_at=survey.answered_at,
        attempts=survey.attempts or None,
    )


def survey_of(raw: Raw) -> Survey:
    """Return the survey of a raw item."""
    item = SurveyItem.from_raw_data(raw)
    score: float | None = item.score
    return Survey(
        no=int(item.part.removeprefix(PART)),
        number=item.number,
        opened_at=item.opened_at,
        closes_at=item.closes_at,
        outcome=Outcome(item.outcome) if item.outcome else None,
        score=None if score is None else int(score),
        reason=item.reason or "",
        answered_at=item.answered_at,
        attempts=int(item.attempts or 0),
    )
