"""What the written reply looks like to staff, and to its applicant once it is published."""

from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.card import Action, Card, CardFile
from chalicelib.domain.city import City, Person
from chalicelib.domain.errors import InputRefused
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation import replies
from chalicelib.regulation.lifecycle import OPEN
from chalicelib.regulation.permissions import Deed, may
from chalicelib.usecases.replies import statement_of


def reply_body(shape: Shape, file: CardFile) -> Body | None:
    """Return the reply as staff read it; until it is signed, its statement is the latest."""
    reply = file.reply
    if reply is None:
        return None
    return {
        "text": reply.text,
        "statement": reply.statement if reply.signed_at else statement_of(file),
        "without_evidence_reason": reply.without_evidence,
        "drafted_at": shape.time(reply.drafted_at),
        "drafted_by": reply.drafted_by,
        "signatory": _signatory(shape.city, reply.signatory),
        "submitted_at": shape.maybe(reply.submitted_at),
        "submitted_by": reply.submitted_by,
        "signed_at": shape.maybe(reply.signed_at),
        "signed_by": reply.signed_by,
        "file": reply.signed_file,
        "handed_over_at": shape.maybe(reply.handed_over_at),
        "published_at": shape.maybe(reply.published_at),
    }


def published_reply_body(shape: Shape, file: CardFile) -> Body | None:
    """Return the reply as its applicant reads it: nothing before it is published."""
    reply = file.reply
    if reply is None or reply.published_at is None:
        return None
    return {
        "text": reply.text,
        "statement": reply.statement,
        "signed_by": reply.signed_by,
        "signed_at": shape.maybe(reply.signed_at),
        "published_at": shape.time(reply.published_at),
    }


def reply_actions(file: CardFile, actor: Actor, city: City) -> list[str]:
    """Return what the reader may do about the reply besides the steps of the lifecycle."""
    card = file.card
    if replies.SIGNED_REPLY not in city.features or card.status not in OPEN:
        return []
    found = [Action.PRINT] if may(actor, Deed.PRINT) else []
    if card.status in replies.DRAFTED_IN and may(actor, Deed.REPLY):
        found.append(Action.REPLY)
    return [str(action) for action in found]


def signatories_of(card: Card, city: City) -> list[Person]:
    """Return who may be named to sign the reply of a card, by distribution of duties (KR-2.4)."""
    if replies.SIGNED_REPLY not in city.features:
        return []
    people = (person for person in city.people.values() if person.role == Role.SIGNATORY)
    return [person for person in people if _may_be_named(person, card, city)]


def _may_be_named(person: Person, card: Card, city: City) -> bool:
    try:
        replies.signatory_for(city.topics.get(card.topic), person.id, city)
    except InputRefused:
        return False
    return True


def _signatory(city: City, person_id: str | None) -> Body | None:
    if person_id is None:
        return None
    person = city.people.get(person_id)
    return {"id": person_id, "name": person.name if person else person_id}
