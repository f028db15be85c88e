"""Who may do what, where: one table of role, action and scope, for the API and the console."""

from enum import StrEnum
from typing import Final

from chalicelib.domain.card import Card
from chalicelib.domain.errors import NotFound, RoleNotPermitted
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.clauses import clause


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN_EXECUTOR = "own_executor"
    ALL = "all"


class Deed(StrEnum):
    """What needs a permission but is no step of the lifecycle."""

    READ_CARDS = "read_cards"
    COMMENT = "comment"
    CONTACT_ATTEMPT = "contact_attempt"
    OPEN_CONTACTS = "open_contacts"
    ADD_EVIDENCE = "add_evidence"
    ASK = "ask"
    DECIDE = "decide"
    ACKNOWLEDGE = "acknowledge"
    READ_REQUESTS = "read_requests"
    REGISTER = "register"
    SURVEY_CALL = "survey_call"
    RETAIN = "retain"
    OUTSIDE_LINK = "outside_link"
    READ_DIRECTORY = "read_directory"
    APPOINT = "appoint"
    SUSPEND = "suspend"
    READ_REPORTS = "read_reports"
    PRINT = "print"
    REPLY = "reply"
    QUARANTINE = "quarantine"
    OPEN_TEXT = "open_text"
    REGISTER_ARRIVAL = "register_arrival"
    KEEP_WORKS = "keep_works"
    ANSWER_WORK = "answer_work"
    CITY_MESSAGE = "city_message"
    SEND_AGAIN = "send_again"
    POST_LETTERS = "post_letters"
    SET_WEBHOOK = "set_webhook"
    TAKE_CALLS = "take_calls"
    BLOCK = "block"
    CONFIRM_BLOCK = "confirm_block"
    DUTY_CALL = "duty_call"
    LISTEN = "listen"


_OWN, _ALL = Scope.OWN_EXECUTOR, Scope.ALL
_CENTRE: Final = {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL, Role.ADMIN: _ALL}
_UNIT: Final = {Role.RESPONSIBLE: _OWN, Role.HEAD: _OWN, Role.PERFORMER: _OWN}
_GENERAL_OFFICE: Final = {Role.CLERK: _ALL, Role.SIGNATORY: _ALL}

PERMISSIONS: Final[dict[Deed, dict[Role, Scope]]] = {
    Deed.READ_CARDS: {**_CENTRE, **_UNIT, **_GENERAL_OFFICE, Role.NEXT_HEAD: _OWN},
    Deed.COMMENT: {**_CENTRE, **_UNIT, Role.NEXT_HEAD: _OWN, Role.CLERK: _ALL},
    Deed.CONTACT_ATTEMPT: {**_UNIT, Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL},
    Deed.OPEN_CONTACTS: {**_CENTRE, **_UNIT, Role.CLERK: _ALL},
    Deed.ADD_EVIDENCE: {**_UNIT, Role.SIGNATORY: _ALL},
    Deed.ASK: {Role.RESPONSIBLE: _OWN, Role.HEAD: _OWN},
    Deed.DECIDE: {Role.COORDINATOR: _ALL, Role.HEAD: _OWN},
    Deed.ACKNOWLEDGE: {Role.NEXT_HEAD: _OWN, Role.ADMIN: _ALL},
    Deed.READ_REQUESTS: {**_CENTRE, Role.HEAD: _OWN, Role.NEXT_HEAD: _OWN},
    Deed.REGISTER: {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL, Role.CLERK: _ALL},
    Deed.SURVEY_CALL: {Role.OPERATOR: _ALL},
    Deed.RETAIN: {Role.ADMIN: _ALL},
    Deed.OUTSIDE_LINK: {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL, Role.CLERK: _ALL},
    Deed.READ_DIRECTORY: {**_CENTRE, **_UNIT, **_GENERAL_OFFICE, Role.NEXT_HEAD: _OWN},
    Deed.APPOINT: {Role.ADMIN: _ALL, Role.HEAD: _OWN},
    Deed.SUSPEND: {Role.ADMIN: _ALL},
    Deed.READ_REPORTS: {
        Role.COORDINATOR: _ALL,
        Role.ADMIN: _ALL,
        Role.CLERK: _ALL,
        Role.HEAD: _OWN,
    },
    Deed.PRINT: {Role.RESPONSIBLE: _OWN},
    Deed.REPLY: _UNIT,
    Deed.QUARANTINE: {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL},
    Deed.OPEN_TEXT: {**_CENTRE, **_GENERAL_OFFICE},
    Deed.REGISTER_ARRIVAL: {Role.OPERATOR: _ALL, Role.CLERK: _ALL},
    Deed.KEEP_WORKS: {Role.RESPONSIBLE: _OWN, Role.HEAD: _OWN},
    Deed.ANSWER_WORK: {Role.RESPONSIBLE: _OWN, Role.HEAD: _OWN, Role.COORDINATOR: _ALL},
    Deed.CITY_MESSAGE: {Role.COORDINATOR: _ALL},
    Deed.SEND_AGAIN: {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL, Role.CLERK: _ALL},
    Deed.POST_LETTERS: {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL, Role.CLERK: _ALL},
    Deed.SET_WEBHOOK: {Role.ADMIN: _ALL},
    Deed.TAKE_CALLS: {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL, Role.CLERK: _ALL},
    Deed.BLOCK: {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL},
    Deed.CONFIRM_BLOCK: {Role.COORDINATOR: _ALL},
    Deed.DUTY_CALL: {Role.OPERATOR: _ALL, Role.COORDINATOR: _ALL},
    Deed.LISTEN: {Role.COORDINATOR: _ALL, Role.ADMIN: _ALL},
}


def require(actor: Actor, deed: Deed, *, clause: str | None = None) -> Scope:
    """Return how far `actor` may do `deed`, which `clause` gives. Raises RoleNotPermitted."""
    scope = PERMISSIONS[deed].get(actor.role)
    if scope is None:
        raise RoleNotPermitted(clause=clause, role=actor.role, action=deed)
    return scope


def require_on(actor: Actor, deed: Deed, card: Card, *, clause: str | None = None) -> None:
    """Check that `actor` may do `deed` on this card.

    Raises:
        RoleNotPermitted: the role may not do it at all.
        NotFound: the card is another executor's, which looks like no card.
    """
    if require(actor, deed, clause=clause) is Scope.OWN_EXECUTOR:
        require_sees(actor, card)


def require_sees(actor: Actor, card: Card) -> None:
    """Check that a card is within the actor's sight. Raises NotFound."""
    if not sees(actor, card):
        raise NotFound(words="no-card")


@clause("K-5.2.1")
def is_main(actor: Actor, card: Card) -> bool:
    """Tell whether a card's steps are the actor's: a co-executor helps, the main one answers."""
    return actor.executor is None or actor.executor == card.executor


def require_main(actor: Actor, card: Card, *, clause: str | None) -> None:
    """Check that it is not a co-executor who takes a step. Raises RoleNotPermitted."""
    if not is_main(actor, card):
        raise RoleNotPermitted(clause=clause, role=actor.role, words="main-executor-s")


def sees(actor: Actor, card: Card) -> bool:
    """Tell whether a card is within the actor's sight."""
    scope = PERMISSIONS[Deed.READ_CARDS].get(actor.role)
    return scope is Scope.ALL or (scope is not None and _takes_part(actor, card))


def _takes_part(actor: Actor, card: Card) -> bool:
    return actor.executor is not None and actor.executor in {card.executor, *card.co_executors}


def may(actor: Actor, deed: Deed) -> bool:
    """Tell whether `actor` may do `deed` somewhere: what the console shows."""
    return actor.role in PERMISSIONS[deed]
