"""The bodies of answers to staff, for the OpenAPI document."""

from typing_extensions import TypedDict

from chalicelib.api.notice_shapes import NoticeView
from chalicelib.api.views import (
    ClarificationView,
    ExecutorRef,
    ForwardingView,
    HeadView,
    PlaceView,
    SurveyOfCardView,
    TopicRef,
)


class ContactsView(TypedDict):
    """The applicant; `masked` until the contacts were opened."""

    masked: bool
    hidden: bool
    name: str
    phone: str | None
    email: str | None
    residence: dict[str, str] | None
    co_applicants: list[str]
    benefit: str | None


class TextView(TypedDict):
    """An appeal's words as they were written."""

    text: str


class StaffEventView(TypedDict):
    """A line of the history for staff."""

    seq: int
    at: str
    event: str
    by: str
    text: str
    public: bool
    facts: dict[str, str]


class StaffEvidenceView(TypedDict):
    """A file of a card."""

    id: str
    kind: str
    about: str
    status: str
    url: str | None
    reason: str | None
    caption: str
    by: str
    uploaded_at: str
    taken_at: str | None
    warnings: list[str]


class PlanView(TypedDict):
    """A strategic plan."""

    name: str
    year: int
    programme: str
    funding: str


class PlannedView(TypedDict):
    """A planned card as everybody may see it."""

    number: str
    topic: TopicRef | None
    executor: ExecutorRef | None
    received_at: str
    street: str
    plan: PlanView | None


class PlansView(TypedDict):
    """A page of the public list of planned works."""

    items: list[PlannedView]
    next_cursor: str | None


class RequestView(TypedDict):
    """An executor's request."""

    id: str
    number: str
    kind: str
    kind_text: str
    status: str
    reason: str
    executor: ExecutorRef | None
    to_executor: ExecutorRef | None
    was_due_at: str | None
    new_due_at: str | None
    responsible_person: str | None
    plan: PlanView | None
    level: int
    acknowledged_at: str | None
    acknowledged_by: str | None
    asked_at: str
    asked_by: str
    decide_by_at: str
    decided_at: str | None
    decided_by: str | None
    decision_reason: str | None


class RequestsView(TypedDict):
    """A page of requests."""

    items: list[RequestView]
    next_cursor: str | None


class PersonRef(TypedDict):
    """A person of an executor."""

    id: str | None
    name: str


class ReplyView(TypedDict):
    """The written reply; `statement` is what it says by itself about attempts to call (KR-2.11)."""

    text: str
    statement: str
    without_evidence_reason: str
    drafted_at: str
    drafted_by: str
    signatory: PersonRef | None
    submitted_at: str | None
    submitted_by: str | None
    signed_at: str | None
    signed_by: str | None
    file: str | None
    handed_over_at: str | None
    published_at: str | None


class CardView(HeadView):
    """A card as staff read it; `actions` are what the reader may do with it now."""

    co_executors: list[ExecutorRef | None]
    version: int
    certain_late_at: str
    text: str
    text_hidden: bool
    place: PlaceView
    applicant: ContactsView
    complaint_about: ExecutorRef | None
    take_part: bool
    clarification: ClarificationView | None
    forwarding: ForwardingView | None
    reply_channel: str
    external_id: str | None
    performer: PersonRef | None
    history: list[StaffEventView]
    requests: list[RequestView]
    evidence: list[StaffEvidenceView]
    survey: SurveyOfCardView | None
    reply: ReplyView | None
    notices: list[NoticeView]
    flags: list[str]
    works: list[str]
    people: list[dict[str, str]]
    actions: list[str]


class RowView(TypedDict):
    """A row of the queue."""

    number: str
    status: str
    status_text: str
    topic: TopicRef | None
    executor: ExecutorRef | None
    received_at: str
    due_at: str
    overdue: bool
    street: str
    building: str
    excerpt: str
    flags: list[str]
    version: int


class QueueView(TypedDict):
    """A page of the queue; `cut` when a search by words stopped before its end."""

    items: list[RowView]
    next_cursor: str | None
    cut: bool


class SessionView(TypedDict):
    """A sign-in."""

    access_token: str
    expires_at: str
    role: str
    executor: str | None
    executor_name: str | None
    name: str
