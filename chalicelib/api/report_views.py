"""The bodies of reports, for the OpenAPI document."""

from typing_extensions import TypedDict

from chalicelib.api.views import ExecutorRef, TopicRef


class BalanceView(TypedDict):
    """Opening balance + received = closed + closing balance."""

    opening: int
    received: int
    closed: int
    closing: int


class ExecutorLineView(BalanceView):
    """An executor's line; `facts` counts each kind. `strict_late` = disputable + certain."""

    executor: ExecutorRef | None
    strict_late: int
    disputable: int
    certain_late: int
    facts: dict[str, int]


class FindingView(TypedDict):
    """One fact, with the clause it is about; `band` tells a disputable delay from a certain one."""

    fact: str
    text: str
    clause: str
    at: str
    band: str | None
    band_text: str | None
    over_minutes: int | None
    over_days: int | None
    times: int | None


class CardLineView(TypedDict):
    """A card with its facts."""

    number: str
    executor: ExecutorRef | None
    performer: str | None
    topic: TopicRef | None
    urgency: str
    received_at: str
    due_at: str
    certain_late_at: str
    finished_at: str | None
    findings: list[FindingView]


DisciplineView = TypedDict(
    "DisciplineView",
    {
        "from": str,
        "to": str,
        "made_at": str,
        "clause": str | None,
        "total": ExecutorLineView,
        "executors": list[ExecutorLineView],
        "cards": list[CardLineView],
    },
)
"""Executive discipline of a period: facts only."""
