"""What is said in a message about a card, and the links and codes that go with it.

Codes and links are computed here, when the message is made: no notice keeps them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.events import Event
from chalicelib.domain.notice import Audience, Notice
from chalicelib.regulation.notices import SURVEY_TEMPLATES
from chalicelib.usecases.ports import Secrets
from chalicelib.usecases.surveys import token_of
from chalicelib.usecases.tracking import code_of
from chalicelib.words.notice_facts import card_facts, event_facts

STATE_LANGUAGE = "uk"


@dataclass(frozen=True, slots=True)
class Said:
    """In which language which templates are filled with which facts."""

    language: str
    templates: tuple[str, ...]
    facts: dict[str, object]
    link: str


def said_to(
    told: Sequence[Notice], file: CardFile, *, city: City, site_url: str, secrets: Secrets
) -> Said:
    """Return what one person is told of a card; the first notice leads."""
    lead = told[0]
    of_resident = lead.audience is Audience.APPLICANT
    language = file.appeal.language if of_resident else STATE_LANGUAGE
    facts = card_facts(file, city, language)
    facts["each"] = [
        event_facts(event, file, city, language, internal=not of_resident)
        for event in (event_of(notice, file) for notice in told)
    ]
    if of_resident:
        facts["code"] = code_of(file.card, secrets)
        links = _links(told, file, language, site_url, secrets)
    else:
        links = {"card": f"{site_url}/console/#/cards/{file.card.number}"}
    facts["links"] = links
    templates = tuple(notice.template for notice in told)
    return Said(language, templates, facts, links.get("survey") or links["card"])


def event_of(notice: Notice, file: CardFile) -> Event:
    """Return the event that a notice tells of. Raises LookupError for none: a defect."""
    for event in file.events:
        if event.seq == notice.seq:
            return event
    raise LookupError(notice.id)


def _links(
    told: Sequence[Notice], file: CardFile, language: str, site_url: str, secrets: Secrets
) -> dict[str, str]:
    """Return the applicant's links: what stands after `#` no server ever sees."""
    page, card = f"{site_url}/{language}", file.card
    links = {"card": f"{page}/track/#{card.number}/{code_of(card, secrets)}"}
    if file.surveys and any(notice.template in SURVEY_TEMPLATES for notice in told):
        links["survey"] = f"{page}/survey/#{token_of(card, file.surveys[-1], secrets)}"
    return links
