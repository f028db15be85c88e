"""What is asked about the applicant while an appeal is filed."""

from dataclasses import replace

from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.filing_prompts import draft_of
from chalicelib.dialogue.menus import context_of, message, way_out
from chalicelib.dialogue.telling import button, label, language_of, told
from chalicelib.domain.conversation import Session
from chalicelib.domain.outbound import Ask, Button, OutboundMessage


def contact(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask for a phone, which may be skipped: the messenger is a contact too (K-3.2)."""
    context = context_of(session)
    asked = message(
        told(session, "f.contact"),
        (button(session, "without_phone", context, "skip", "phone"),),
        way_out(session),
    )
    return replace(asked, ask=Ask.PHONE, ask_words=label(session, "share_phone"))


def name(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask who writes; who does not say sends a signal (law 393/96 art. 5)."""
    context = context_of(session)
    return message(
        told(session, "f.name"),
        (button(session, "without_name", context, "skip", "name"),),
        way_out(session),
    )


def home(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask where the applicant lives (K-3.2)."""
    draft, context = draft_of(session), context_of(session)
    same: tuple[Button, ...] = ()
    if draft.place is not None and draft.place.street_id is not None:
        same = (button(session, "home_same", context, "same"),)
    return message(told(session, "f.home"), same, way_out(session))


def consent(session: Session, facts: Facts) -> OutboundMessage:
    """Ask about personal data; the appeal is registered either way."""
    context = context_of(session)
    return message(
        told(session, "f.consent", link=f"{facts.site_url}/{language_of(session)}/privacy/"),
        (button(session, "agree", context, "yes"), button(session, "disagree", context, "no")),
        way_out(session),
    )


def refused(session: Session, _facts: Facts) -> OutboundMessage:
    """Say that a refusal is recorded and stops nothing."""
    context = context_of(session)
    return message(
        told(session, "f.refused"),
        (button(session, "further", context, "ok"),),
        (button(session, "agree", context, "yes"),),
        way_out(session),
    )
