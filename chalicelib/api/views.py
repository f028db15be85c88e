"""The bodies of answers as types: what the OpenAPI document says of them."""

from typing import Any

from typing_extensions import TypedDict


class TopicRef(TypedDict):
    """A topic as a card names it."""

    code: str
    name: str
    urgency: str


class ExecutorRef(TypedDict):
    """An executor as a card names it."""

    id: str
    name: str


class ExplanationLine(TypedDict):
    """One line of why a date is what it is."""

    clause: str
    text: str


class PlaceView(TypedDict):
    """Where the trouble is; `known` tells whether the street is in the registry."""

    street: str
    building: str
    flat: str
    note: str
    lat: float | None
    lon: float | None
    known: bool


class HeadView(TypedDict):
    """What every view of a card begins with."""

    number: str
    status: str
    status_text: str
    topic: TopicRef | None
    executor: ExecutorRef | None
    kind: str
    channel: str
    edition: str
    received_at: str
    registered_at: str
    due_at: str
    overdue: bool
    extensions: list[Any]
    repeat_of: str | None
    repeats: list[str]
    joined_to: str | None
    result: str | None


class RegisteredView(HeadView):
    """What the applicant is told at registration."""

    access_code: str
    explanation: list[ExplanationLine]
    place: PlaceView
    known_works: list[Any]


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


class SurveyOfCardView(TypedDict):
    """The last survey of a card; the token is in the applicant's view only, while it is open."""

    token: str | None
    url: str | None
    opened_at: str
    closes_at: str
    outcome: str | None


class ResidentView(HeadView):
    """A card as its applicant reads it."""

    explanation: list[ExplanationLine]
    text: str
    place: PlaceView
    history: list[PublicEventView]
    evidence: list[PublicEvidenceView]
    survey: SurveyOfCardView | None


class ContactsView(TypedDict):
    """The applicant; `masked` until the contacts were opened."""

    masked: bool
    name: str
    phone: str | None
    email: str | None
    residence: dict[str, str] | None


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


class RequestView(TypedDict):
    """An executor's request."""

    id: str
    number: str
    kind: str
    kind_text: str
    status: str
    reason: str
    executor: ExecutorRef | None
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


class CardView(HeadView):
    """A card as staff read it; `actions` are what the reader may do with it now."""

    version: int
    certain_late_at: str
    text: str
    place: PlaceView
    applicant: ContactsView
    reply_channel: str
    external_id: str | None
    performer: PersonRef | None
    history: list[StaffEventView]
    requests: list[RequestView]
    evidence: list[StaffEvidenceView]
    survey: SurveyOfCardView | None
    flags: list[str]
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


class FormView(TypedDict):
    """Where and with which fields a file is posted."""

    url: str
    fields: dict[str, str]
    expires_at: str


class UploadFormView(FormView):
    """A resident's upload."""

    upload_id: str


class EvidenceFormView(FormView):
    """An executor's upload."""

    id: str
    status: str


class SessionView(TypedDict):
    """A sign-in."""

    access_token: str
    expires_at: str
    role: str
    executor: str | None
    executor_name: str | None
    name: str


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
