"""The bodies of answers to residents and to anybody, for the OpenAPI document."""

from typing_extensions import TypedDict

from chalicelib.api.views import (
    ClarificationView,
    ExecutorRef,
    ExplanationLine,
    ForwardingView,
    HeadView,
    PlaceView,
    SurveyOfCardView,
    TopicRef,
)
from chalicelib.api.work_views import CityMessageView, WorkView


class RegisteredView(HeadView):
    """What the applicant is told at registration."""

    access_code: str
    explanation: list[ExplanationLine]
    place: PlaceView
    known_works: list[WorkView]


class PublicEventView(TypedDict):
    """A line of the history in public words."""

    at: str
    event: str
    text: str


class PublicEvidenceView(TypedDict):
    """A picture the applicant sees."""

    url: str
    kind: str
    about: str
    caption: str


class PublishedReplyView(TypedDict):
    """The published reply."""

    text: str
    statement: str
    signed_by: str | None
    signed_at: str | None
    published_at: str


class ResidentView(HeadView):
    """A card as its applicant reads it."""

    explanation: list[ExplanationLine]
    text: str
    place: PlaceView
    history: list[PublicEventView]
    evidence: list[PublicEvidenceView]
    survey: SurveyOfCardView | None
    reply: PublishedReplyView | None
    clarification: ClarificationView | None
    forwarding: ForwardingView | None
    complain: str | None


class OutsideView(TypedDict):
    """What another body reads of an appeal sent to it."""

    number: str
    topic: TopicRef | None
    text: str
    place: PlaceView
    body: str
    reason: str
    forwarded_at: str
    answered_at: str | None


class OutsideLinkView(TypedDict):
    """The one-time link to give to another body."""

    token: str
    url: str


class ResidentDoneView(TypedDict):
    """What an applicant's own action came to."""

    number: str
    status: str
    status_text: str
    repeat_number: str | None


class SurveyView(TypedDict):
    """What a survey asks about."""

    number: str
    topic: TopicRef | None
    text: str
    place: PlaceView
    result: str | None
    result_text: str
    evidence: list[PublicEvidenceView]
    status: str
    opened_at: str
    closes_at: str
    outcome: str | None


class SurveyAnsweredView(TypedDict):
    """What an answer came to."""

    status: str
    repeat_number: str | None


class EmergencyNumberView(TypedDict):
    """An emergency service."""

    number: str
    name: str


class RegulationView(TypedDict):
    """The city's Regulation; null where its text has no such line."""

    title: str | None
    number: str | None
    date: str | None
    edition: str


class CityView(TypedDict):
    """The city."""

    id: str
    name: str
    timezone: str
    languages: list[str]
    channels: list[str]
    phone: str
    features: list[str]
    emergency_numbers: list[EmergencyNumberView]
    regulation: RegulationView
    message: CityMessageView | None


class TermView(TypedDict):
    """A term in its unit."""

    value: int
    unit: str


class TopicView(TopicRef):
    """An entry of the classifier."""

    group_code: str
    group: str
    term: TermView
    executor: ExecutorRef
    evidence: str
    safety_redirect: str | None
    keywords: list[str]


class TopicsView(TypedDict):
    """All topics, or those found."""

    items: list[TopicView]
    next_cursor: None


class DeadlineView(TypedDict):
    """The bounds of an appeal's terms; null where the city has no such term."""

    urgency: str
    received_at: str
    due_at: str
    certain_late_at: str
    act_by_at: str
    outer_due_at: str | None
    decide_extension_by_at: str | None
    extension_max_at: str | None
    forward_by_at: str
    return_form_by_at: str
    return_data_by_at: str
    law_15_days_at: str
    law_month_at: str
    law_cap_at: str
    explanation: list[ExplanationLine]
