"""Filing an appeal: who asks, and how they are reached (K-3.2, law 393/96 art. 5)."""

from dataclasses import replace

from chalicelib.dialogue.facts import CONSENT_VERSION
from chalicelib.dialogue.filing import fed
from chalicelib.dialogue.moves import Step, Turn, goes, settled, stays
from chalicelib.dialogue.order import settle
from chalicelib.domain.appeal import Residence
from chalicelib.domain.conversation import State
from chalicelib.domain.inbound import Press, StatedContact
from chalicelib.regulation.street_search import find_streets

_SHORTEST_NAME = 2
_SHORTEST_HOME = 5
_LONGEST = 200
REFUSED = f"refused {CONSENT_VERSION}"
"""What is recorded of somebody who does not consent to these words."""


def contact_press(turn: Turn, _press: Press) -> Step:
    """Do without a phone: the chat itself is a contact."""
    return settled(turn, replace(turn.draft, phone="", phone_own=False), State.CONTACT)


def contact_text(turn: Turn) -> Step:
    """Take a typed phone."""
    return _takes_phone(turn, turn.event.text, own=False)


def contact_shared(turn: Turn, shared: StatedContact) -> Step:
    """Take a phone that was shared; somebody else's is refused, for nobody asked them."""
    if not shared.own:
        return stays(turn.session, turn.facts, turn.told("f.contact_foreign"))
    if turn.session.state is State.CONTACT:
        return _takes_phone(turn, shared.phone, own=True)
    phone = turn.facts.phone_of(shared.phone)
    if phone is None:
        return stays(turn.session, turn.facts)
    kept = settle(replace(turn.draft, phone=phone, phone_own=True), State.CONTACT)
    return stays(turn.with_draft(kept).session, turn.facts, turn.told("f.contact_kept"))


def _takes_phone(turn: Turn, text: str, *, own: bool) -> Step:
    phone = turn.facts.phone_of(text[:40])
    if phone is None:
        return stays(turn.session, turn.facts, turn.told("f.contact_bad"))
    return settled(turn, replace(turn.draft, phone=phone, phone_own=own), State.CONTACT)


def name_press(turn: Turn, _press: Press) -> Step:
    """Do without a name: the message is a signal (law 393/96 art. 5 and 8)."""
    return settled(turn, replace(turn.draft, name=""), State.NAME)


def name_text(turn: Turn) -> Step:
    """Take the name."""
    name = " ".join(turn.event.text.split())
    if not _SHORTEST_NAME <= len(name) <= _LONGEST or not any(map(str.isalpha, name)):
        return stays(turn.session, turn.facts, turn.told("f.name_bad"))
    return settled(turn, fed(replace(turn.draft, name=name), turn, "name"), State.NAME)


def home_press(turn: Turn, _press: Press) -> Step:
    """Live where the trouble is."""
    place = turn.draft.place
    if place is None:
        return stays(turn.session, turn.facts)
    home = Residence(place.street, place.building, place.flat)
    return settled(turn, replace(turn.draft, home=home), State.HOME)


def home_text(turn: Turn) -> Step:
    """Take the address of the home."""
    text = " ".join(turn.event.text.split())
    if not _SHORTEST_HOME <= len(text) <= _LONGEST:
        return stays(turn.session, turn.facts, turn.told("f.home_bad"))
    draft = fed(replace(turn.draft, home=home_of(turn, text)), turn, "home")
    return settled(turn, draft, State.HOME)


def home_of(turn: Turn, text: str) -> Residence:
    """Return a typed address as a residence: by the registry where it is plain, else as typed."""
    found = find_streets(turn.facts.city, text, 2)
    if len(found) == 1 and found[0].building:
        return Residence(found[0].street.full_name.uk, found[0].building)
    return Residence(text)


def consent_press(turn: Turn, press: Press) -> Step:
    """Agree, or refuse: the refusal is recorded and the appeal registered all the same."""
    if press.act == "yes":
        return settled(turn, replace(turn.draft, consent=CONSENT_VERSION), State.CONSENT)
    refusing = replace(turn.draft, consent=REFUSED)
    return goes(turn.with_draft(refusing).session, State.REFUSED, turn.facts)


def refused_press(turn: Turn, press: Press) -> Step:
    """Go on without consent, or give it after all."""
    consent = CONSENT_VERSION if press.act == "yes" else REFUSED
    return settled(turn, replace(turn.draft, consent=consent), State.CONSENT)
