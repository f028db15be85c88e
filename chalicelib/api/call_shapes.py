"""What callers, calls and blocks look like to operators and coordinators."""

from chalicelib.api.nearby import around_body
from chalicelib.api.shapes import Body, Shape
from chalicelib.api.staff_shapes import row_body
from chalicelib.domain.appeal import Residence
from chalicelib.domain.call import Block, CallEvent
from chalicelib.usecases.callers import Caller
from chalicelib.usecases.calls import Noted
from chalicelib.usecases.cards import row_of
from chalicelib.words.say import say


def caller_body(shape: Shape, caller: Caller) -> Body:
    """Return what an operator sees of a caller before a word is said."""
    block = caller.block if caller.block and caller.block.stands(shape.now) else None
    person = caller.applicant
    return {
        "phone": caller.phone,
        "blocked": block is not None,
        "blocked_until": shape.time(block.until) if block else None,
        "block": block_body(shape, block) if block else None,
        "warnings": caller.warnings,
        "name": person.name if person else None,
        "email": person.email if person else None,
        "residence": _residence(person.residence) if person and person.residence else None,
        "language": caller.language,
        "cards": [row_body(shape, row_of(card)) for card in caller.cards],
        "calls": [_event(shape, event) for event in caller.events],
        "at_address": around_body(shape, caller.at_home) if caller.at_home else _NOTHING_KNOWN,
    }


def noted_body(shape: Shape, noted: Noted) -> Body:
    """Return a kept event of a call, and whether the talk may now be ended for abuse."""
    return {
        **_event(shape, noted.event),
        "id": noted.event.id,
        "phone": noted.event.phone,
        "call_id": noted.event.call_id,
        "warnings": noted.warnings,
        "may_end": noted.may_end,
    }


def block_body(shape: Shape, block: Block) -> Body:
    """Return a block with its reason, evidence, end and the way to complain of it."""
    return {
        "phone": block.phone,
        "reason": block.reason,
        "evidence": block.evidence,
        "placed_at": shape.time(block.placed_at),
        "placed_by": block.placed_by.name,
        "until": shape.time(block.until),
        "stands": block.stands(shape.now),
        "confirmed_at": shape.maybe(block.confirmed_at),
        "confirmed_by": block.confirmed_by,
        "lifted_at": shape.maybe(block.lifted_at),
        "complain": say(shape.language, "call.complain_of_block"),
    }


def _event(shape: Shape, event: CallEvent) -> Body:
    facts = dict(event.facts)
    if topic := shape.city.topics.get(facts.get("topic", "")):
        facts["topic"] = topic.name.in_language(shape.language)
    return {
        "at": shape.time(event.at),
        "event": event.name,
        "event_text": say(shape.language, f"call_event.{event.name}", **facts),
        "by": event.by.name or say(shape.language, f"role.{event.by.role}"),
        "text": event.text,
    }


def _residence(home: Residence) -> Body:
    return {
        "settlement": home.settlement,
        "street": home.street,
        "building": home.building,
        "flat": home.flat,
    }


_NOTHING_KNOWN: Body = {"street": "", "known": False, "appeals": [], "repair_works": []}
