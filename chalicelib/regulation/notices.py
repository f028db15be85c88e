"""Who is told of what: one table of event, audience, template and haste, for both cities.

Nothing here knows addresses: the table says who must hear of an event, in which words and how
soon; notices_people.py finds the people, notices_media.py the way.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple

from chalicelib.domain.card import CardFile, Status
from chalicelib.domain.city import City, Law, Urgency
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.people import Role
from chalicelib.regulation.clauses import clause


class Whom(StrEnum):
    """Who is told, as the table says it; people are found by the card and the city."""

    APPLICANT = "applicant"
    CENTRE = "centre"
    DESK = "desk"
    SIGNATORY = "signatory"
    RESPONSIBLE = "responsible"
    ASKER = "asker"
    PERFORMER = "performer"
    HEAD = "head"
    DECIDER = "decider"
    HIGHER = "higher"
    CO_EXECUTOR = "co_executor"
    DUTY = "duty"
    SYSTEM = "system"


class Haste(StrEnum):
    """How soon: at once, or two minutes later with what else has changed by then."""

    NOW = "now"
    SOON = "soon"


class Weight(StrEnum):
    """What a telling is worth: a word, a letter on paper if need be, or a fact of law.

    A fact's sending becomes an event of the card.
    """

    WORD = "word"
    LETTER = "letter"
    FACT = "fact"


class Telling(NamedTuple):
    """One event to tell of, with all events of its write and the whole file after it."""

    event: Event
    together: tuple[Event, ...]
    file: CardFile
    city: City


Condition = Callable[[Telling], bool]


class Row(NamedTuple):
    """One row: of an event, who is told, in which words, how soon, and only when."""

    event: EventName
    whom: Whom
    template: str
    haste: Haste = Haste.SOON
    only: Condition | None = None
    weight: Weight = Weight.WORD


def _unsent(telling: Telling) -> bool:
    return all(event.name is not EventName.SENT for event in telling.together)


def _emergency(telling: Telling) -> bool:
    return telling.file.card.urgency is Urgency.EMERGENCY


def _unsent_emergency(telling: Telling) -> bool:
    return _emergency(telling) and _unsent(telling)


def _in_kr(telling: Telling) -> bool:
    return telling.city.law is Law.KR


def _of_resident(telling: Telling) -> bool:
    """A file that the applicant sent: nobody of the staff has announced it."""
    evidence = telling.event.facts.get("evidence")
    by = next((item.by for item in telling.file.evidence if item.id == evidence), "")
    return by == Role.APPLICANT


def _of_staff(telling: Telling) -> bool:
    return not _of_resident(telling)


def _joined(telling: Telling) -> bool:
    """The card itself was joined to another, after its executor had it."""
    news = {event.name for event in telling.together}
    return telling.file.card.status is Status.JOINED and EventName.REGISTERED not in news


def _without_executor(telling: Telling) -> bool:
    return telling.file.card.executor is None


def _caused_by(*causes: str) -> Condition:
    def holds(telling: Telling) -> bool:
        return bool(set(causes) & set(telling.event.facts.get("cause", "").split()))

    return holds


_survey_unanswered = _caused_by("survey_unanswered")
_no_performer = _caused_by("no_performer")
_request_undecided = _caused_by("request_undecided")
_executor_can_mend = _caused_by("not_accepted", "no_performer", "message_unanswered", "plan_waits")


def _desk_can_mend(telling: Telling) -> bool:
    return not _survey_unanswered(telling)


_E, _W, _NOW, _SOON = EventName, Whom, Haste.NOW, Haste.SOON
_LETTER, _FACT = Weight.LETTER, Weight.FACT

# fmt: off
ROWS: Final = (
    # What the applicant is told of; of several rows of one write the first one speaks for all.
    Row(_E.REPEAT_REGISTERED,    _W.APPLICANT,   "repeat_registered",   _NOW, weight=_LETTER),
    Row(_E.REGISTERED,           _W.APPLICANT,   "registered",          _NOW, weight=_LETTER),
    Row(_E.SENT,                 _W.APPLICANT,   "sent",                _SOON),
    Row(_E.ACCEPTED,             _W.APPLICANT,   "accepted",            _SOON),
    Row(_E.PERFORMER_ASSIGNED,   _W.APPLICANT,   "in_work",             _SOON),
    Row(_E.COMMENTED,            _W.APPLICANT,   "commented",           _SOON),
    Row(_E.EVIDENCE_REJECTED,    _W.APPLICANT,   "file_rejected",       _SOON, _of_resident),
    Row(_E.EXTENDED,             _W.APPLICANT,   "extended",            _NOW, weight=_FACT),
    Row(_E.PLANNED,              _W.APPLICANT,   "planned",             _NOW, weight=_FACT),
    Row(_E.REROUTED,             _W.APPLICANT,   "sent",                _SOON),
    Row(_E.SURVEY_OPENED,        _W.APPLICANT,   "survey_opened",       _NOW, weight=_LETTER),
    Row(_E.HANDED_OVER,          _W.APPLICANT,   "reply",               _NOW, weight=_FACT),
    Row(_E.REPLY_PUBLISHED,      _W.APPLICANT,   "reply_published",     _SOON),
    Row(_E.CLOSED,               _W.APPLICANT,   "closed",              _NOW, weight=_LETTER),
    Row(_E.UNCONFIRMED,          _W.APPLICANT,   "unconfirmed",         _SOON),
    Row(_E.ATTENTION,            _W.APPLICANT,   "survey_reminder",     _NOW, _survey_unanswered),
    Row(_E.JOINED,               _W.APPLICANT,   "joined",              _SOON, _joined),
    Row(_E.UNJOINED,             _W.APPLICANT,   "unjoined",            _SOON),
    Row(_E.SPLIT,                _W.APPLICANT,   "split",               _NOW, weight=_LETTER),
    Row(_E.WITHDRAWN,            _W.APPLICANT,   "withdrawn",           _SOON),
    Row(_E.CLARIFICATION_ASKED,  _W.APPLICANT,   "clarification_asked", _NOW, weight=_FACT),
    Row(_E.FORWARDED,            _W.APPLICANT,   "forwarded",           _NOW, weight=_FACT),
    Row(_E.OUTSIDE_ANSWERED,     _W.APPLICANT,   "outside_answered",    _NOW, weight=_LETTER),
    Row(_E.NOT_CONSIDERED,       _W.APPLICANT,   "not_considered",      _NOW, weight=_FACT),
    Row(_E.RECLASSIFIED,         _W.APPLICANT,   "reclassified",        _SOON),
    # The city's centre, from which a district's cards come, under the id it gave them.
    Row(_E.EXTENDED,             _W.CENTRE,      "centre_extended",     _NOW, _in_kr, weight=_FACT),
    Row(_E.HANDED_OVER,          _W.CENTRE,      "centre_reply",        _NOW, _in_kr, weight=_FACT),
    Row(_E.REPLY_PUBLISHED,      _W.CENTRE,      "centre_published",    _NOW, _in_kr, weight=_FACT),
    # Those who distribute and decide: the coordinators in K, the general office in KR.
    Row(_E.REGISTERED,           _W.DESK,        "staff_to_distribute", _NOW, _unsent),
    Row(_E.UNJOINED,             _W.DESK,        "staff_to_distribute", _SOON, _without_executor),
    Row(_E.ACKNOWLEDGED,         _W.DESK,        "staff_request",       _NOW),
    Row(_E.HANDED_OVER,          _W.DESK,        "staff_to_publish",    _NOW, _in_kr),
    Row(_E.OUTSIDE_ANSWERED,     _W.DESK,        "staff_outside",       _SOON),
    Row(_E.OVERDUE,              _W.DESK,        "staff_overdue",       _SOON),
    Row(_E.ATTENTION,            _W.DESK,        "staff_attention",     _SOON, _desk_can_mend),
    Row(_E.MESSAGE_RECEIVED,     _W.DESK,        "staff_message",       _SOON, _without_executor),
    # The executor's people.
    Row(_E.REGISTERED,           _W.DUTY,        "duty_emergency",      _NOW, _unsent_emergency),
    Row(_E.SENT,                 _W.DUTY,        "duty_emergency",      _NOW, _emergency),
    Row(_E.REROUTED,             _W.DUTY,        "duty_emergency",      _NOW, _emergency),
    Row(_E.REROUTED,             _W.RESPONSIBLE, "staff_sent",          _NOW),
    Row(_E.SENT,                 _W.RESPONSIBLE, "staff_sent",          _NOW),
    Row(_E.SENT,                 _W.HEAD,        "staff_sent",          _SOON, _in_kr),
    Row(_E.CO_EXECUTOR_ADDED,    _W.CO_EXECUTOR, "staff_sent",          _NOW),
    Row(_E.PERFORMER_ASSIGNED,   _W.PERFORMER,   "staff_assigned",      _NOW),
    Row(_E.REPORTED,             _W.HEAD,        "staff_reported",      _SOON, _in_kr),
    Row(_E.REPLY_SUBMITTED,      _W.SIGNATORY,   "staff_to_sign",       _NOW),
    Row(_E.REPLY_SIGNED,         _W.RESPONSIBLE, "staff_signed",        _SOON),
    Row(_E.SIGNATURE_REVOKED,    _W.HEAD,        "staff_revoked",       _NOW),
    Row(_E.SIGNATURE_REVOKED,    _W.RESPONSIBLE, "staff_revoked",       _NOW),
    Row(_E.SENT_BACK,            _W.PERFORMER,   "staff_sent_back",     _NOW),
    Row(_E.SENT_BACK,            _W.RESPONSIBLE, "staff_sent_back",     _NOW),
    Row(_E.SENT_BACK,            _W.HEAD,        "staff_sent_back",     _NOW, _in_kr),
    Row(_E.REQUEST_MADE,         _W.DECIDER,     "staff_request",       _NOW),
    Row(_E.REQUEST_DECIDED,      _W.ASKER,       "staff_decided",       _NOW),
    Row(_E.MESSAGE_RECEIVED,     _W.PERFORMER,   "staff_message",       _SOON),
    Row(_E.MESSAGE_RECEIVED,     _W.RESPONSIBLE, "staff_message",       _SOON),
    Row(_E.COMMENTED,            _W.RESPONSIBLE, "staff_commented",     _SOON),
    Row(_E.EVIDENCE_REJECTED,    _W.PERFORMER,   "staff_file_rejected", _SOON, _of_staff),
    Row(_E.RECLASSIFIED,         _W.RESPONSIBLE, "staff_reclassified",  _SOON),
    Row(_E.CLARIFICATION_ASKED,  _W.PERFORMER,   "staff_waits",         _SOON),
    Row(_E.WITHDRAWN,            _W.PERFORMER,   "staff_ended",         _NOW),
    Row(_E.WITHDRAWN,            _W.RESPONSIBLE, "staff_ended",         _NOW),
    Row(_E.FORWARDED,            _W.RESPONSIBLE, "staff_ended",         _SOON),
    Row(_E.NOT_CONSIDERED,       _W.RESPONSIBLE, "staff_ended",         _SOON),
    Row(_E.JOINED,               _W.RESPONSIBLE, "staff_ended",         _SOON, _joined),
    Row(_E.SPLIT,                _W.RESPONSIBLE, "staff_split",         _SOON),
    Row(_E.UNCONFIRMED,          _W.RESPONSIBLE, "staff_unconfirmed",   _SOON),
    Row(_E.CONFIRMED,            _W.PERFORMER,   "staff_confirmed",     _SOON),
    Row(_E.DEADLINE_WARNING,     _W.PERFORMER,   "staff_warning",       _SOON),
    Row(_E.DEADLINE_WARNING,     _W.RESPONSIBLE, "staff_warning",       _SOON),
    Row(_E.OVERDUE,              _W.PERFORMER,   "staff_overdue",       _SOON),
    Row(_E.OVERDUE,              _W.RESPONSIBLE, "staff_overdue",       _SOON),
    Row(_E.OVERDUE,              _W.HEAD,        "staff_overdue",       _SOON),
    Row(_E.ATTENTION,            _W.RESPONSIBLE, "staff_attention",     _SOON, _executor_can_mend),
    Row(_E.ATTENTION,            _W.HEAD,        "staff_attention",     _SOON, _no_performer),
    Row(_E.ATTENTION,            _W.DECIDER,     "staff_attention",     _SOON, _request_undecided),
    Row(_E.ESCALATED,            _W.HIGHER,      "staff_escalated",     _NOW),
    # The executor's own system, where one is connected: everything that moves its cards.
    *(Row(event, _W.SYSTEM, "hook", _NOW) for event in (
        _E.SENT, _E.REROUTED, _E.CO_EXECUTOR_ADDED, _E.ACCEPTED, _E.PERFORMER_ASSIGNED,
        _E.REPORTED, _E.REPLY_SUBMITTED, _E.REPLY_SIGNED, _E.SIGNATURE_REVOKED, _E.HANDED_OVER,
        _E.CLOSED, _E.SENT_BACK, _E.CONFIRMED, _E.UNCONFIRMED, _E.RETURNED, _E.PLANNED,
        _E.CLARIFICATION_ASKED, _E.WITHDRAWN, _E.FORWARDED, _E.NOT_CONSIDERED, _E.JOINED,
        _E.UNJOINED, _E.SPLIT, _E.RECLASSIFIED, _E.EXTENDED, _E.REQUEST_DECIDED,
        _E.MESSAGE_RECEIVED, _E.COMMENTED, _E.DEADLINE_WARNING, _E.OVERDUE, _E.ESCALATED,
        _E.ATTENTION,
    )),
)
# fmt: on

NOBODY: Final = frozenset(
    {
        EventName.CONTACT_ATTEMPTED,
        EventName.CONTACTS_OPENED,
        EventName.DISPUTED,
        EventName.DUTY_PHONED,
        EventName.EVIDENCE_ACCEPTED,
        EventName.EVIDENCE_ADDED,
        EventName.HELD,
        EventName.HOLD_LIFTED,
        EventName.JOINED_SETTLED,
        EventName.NOTICE_FAILED,
        EventName.NOTICE_REPEATED,
        EventName.NOTICE_SENT,
        EventName.PRINTED,
        EventName.QUARANTINED,
        EventName.RECORDING_HEARD,
        EventName.RELEASED,
        EventName.REPLY_DRAFTED,
        EventName.SURVEY_ANSWERED,
        EventName.TEXT_OPENED,
    }
)
"""Events of which nobody is told: they are seen on the card, or another of their write speaks."""

SURVEY_TEMPLATES: Final = frozenset({"survey_opened", "survey_reminder"})
"""Templates that ask the applicant; nobody is asked who has answered."""

DIGEST: Final = "digest"
"""The template of the morning digest of responsible persons and heads."""

TEMPLATES: Final = frozenset(row.template for row in ROWS if row.whom is not Whom.SYSTEM) | {DIGEST}
"""Every template that the table names; a webhook has a body of its own instead."""


@clause("K-3.3", "K-6.2", "KR-2.7", "KR-2.9", "KR-2.13", "LAW-7", "LAW-8")
def rows_of(telling: Telling) -> tuple[Row, ...]:
    """Return the rows of the table that hold for one event, in the table's order."""
    return tuple(
        row
        for row in ROWS
        if row.event is telling.event.name and (row.only is None or row.only(telling))
    )


def weight_of(event: str, template: str) -> Weight:
    """Return what a telling is worth by the table; a word where the table has no such row."""
    found = (row.weight for row in ROWS if row.event == event and row.template == template)
    return next(found, Weight.WORD)


def rank_of(event: str, template: str) -> int:
    """Return how much a telling is worth: of several to one person the greatest leads."""
    return list(Weight).index(weight_of(event, template))
