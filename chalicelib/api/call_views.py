"""The bodies of answers about callers, calls and blocks, for the OpenAPI document."""

from typing_extensions import TypedDict

from chalicelib.api.nearby import OperatorNearbyView
from chalicelib.api.staff_views import RowView


class CallEventView(TypedDict):
    """One thing that happened in a call or to its caller."""

    at: str
    event: str
    event_text: str
    by: str
    text: str


class NotedView(CallEventView):
    """A kept event; `may_end` when the warnings are enough to end the talk for abuse."""

    id: str
    phone: str | None
    call_id: str | None
    warnings: int
    may_end: bool


class BlockView(TypedDict):
    """A block: `stands` tells whether calls are turned away now."""

    phone: str
    reason: str
    evidence: str
    placed_at: str
    placed_by: str
    until: str
    stands: bool
    confirmed_at: str | None
    confirmed_by: str | None
    lifted_at: str | None
    complain: str


class BlocksView(TypedDict):
    """The blocks that stand."""

    items: list[BlockView]
    next_cursor: None


class CallerView(TypedDict):
    """Who is calling, as the newest appeal of the phone says."""

    phone: str
    blocked: bool
    blocked_until: str | None
    block: BlockView | None
    warnings: int
    name: str | None
    email: str | None
    residence: dict[str, str] | None
    language: str
    cards: list[RowView]
    calls: list[CallEventView]
    at_address: OperatorNearbyView


class ScreenView(TypedDict):
    """Whether a call is let through; anything but `block` lets it."""

    action: str
    announce: str | None
    until: str | None
    card_url: str | None


class ListenedView(TypedDict):
    """Where a recording can be heard for a minute or two."""

    url: str
    expires_at: str
