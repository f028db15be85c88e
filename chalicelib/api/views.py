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
    part_of: str | None
    parts: list[str]
    result: str | None


class ClarificationView(TypedDict):
    """What the applicant was asked last, and until when it had to be asked (art. 5, 7)."""

    lack: str
    text: str
    asked_at: str
    return_by_at: str
    answered_at: str | None


class ForwardingView(TypedDict):
    """Where an appeal was sent, until when it had to be, and what came back (art. 7)."""

    body: str
    reason: str
    forwarded_at: str
    forward_by_at: str
    answered_at: str | None
    answer: str | None


class SurveyOfCardView(TypedDict):
    """The last survey of a card; the token is in the applicant's view only, while it is open."""

    token: str | None
    url: str | None
    opened_at: str
    closes_at: str
    outcome: str | None


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
