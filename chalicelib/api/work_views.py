"""The bodies of answers about repair works, for the OpenAPI document."""

from typing import Literal

from typing_extensions import TypedDict

from chalicelib.api.views import ExecutorRef, TopicRef


class WorkPlaceView(TypedDict):
    """A street of a work, with a building, a range of buildings, or whole."""

    street: str
    building: str
    note: str
    lat: float | None
    lon: float | None
    known: bool


class ServiceView(TypedDict):
    """A group of topics that a work touches."""

    code: str
    name: str


class WorkView(TypedDict):
    """A repair work in public words; `started_at` is null until it begins."""

    id: str
    kind: str
    kind_text: str
    status: str
    status_text: str
    summary: str
    cause: str
    consequences: str
    registered_at: str
    starts_at: str
    started_at: str | None
    eta_at: str
    closed_at: str | None
    result: str
    places: list[WorkPlaceView]
    services: list[ServiceView]
    executor: ExecutorRef | None
    version: int


class WorkChangeView(TypedDict):
    """A line of a work's history; `comment` is what a person added."""

    at: str
    event: str
    text: str
    comment: str


class WorkFileView(WorkView):
    """A work with its history: every change of the term is kept."""

    history: list[WorkChangeView]


class WorksView(TypedDict):
    """A page of works."""

    items: list[WorkView]
    next_cursor: str | None


class GeometryView(TypedDict):
    """Where a work is, in degrees of WGS 84, longitude first."""

    type: Literal["MultiPoint"]
    coordinates: list[list[float]]


class FeatureView(TypedDict):
    """A work on a map; its geometry is null where no place of it has coordinates."""

    type: Literal["Feature"]
    id: str
    geometry: GeometryView | None
    properties: WorkView


class WorksOnMapView(TypedDict):
    """The works that are not closed, as GeoJSON (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[FeatureView]


class LinkedCardView(TypedDict):
    """A card that a work was known at when it was registered."""

    number: str
    status: str
    status_text: str
    topic: TopicRef | None
    received_at: str
    street: str
    building: str
    excerpt: str
    answered: bool


class LinkedCardsView(TypedDict):
    """The cards that are linked to a work, newest first."""

    items: list[LinkedCardView]
    next_cursor: None


class WorkAnswerView(TypedDict):
    """An answer on its way to the linked cards."""

    id: str
    answer: int
    text: str


class NearbyAppealView(TypedDict):
    """An open appeal in public words: no person, no text."""

    number: str
    status: str
    status_text: str
    topic: TopicRef | None
    executor: ExecutorRef | None
    received_at: str
    due_at: str
    street: str
    building: str | None
    here: bool


class NearbyView(TypedDict):
    """What is open at and around a place: appeals of others, and works.

    `here` marks those of the very house that was asked for; of others the house is not told.
    """

    appeals: list[NearbyAppealView]
    repair_works: list[WorkView]


class SubscriptionView(TypedDict):
    """A subscription as anybody who asked for it is told of it."""

    street: str
    channel: str
    status: Literal["unconfirmed", "confirmed", "off"]


class CityMessageView(TypedDict):
    """What the coordinator tells the whole city."""

    text: str
    until_at: str


class CityMessageOfStaffView(TypedDict):
    """The message in both languages, and whose it is."""

    text: dict[str, str]
    until_at: str
    put_at: str
    put_by: str


class CityMessageStandingView(TypedDict):
    """The message that stands, null when none does."""

    message: CityMessageOfStaffView | None
