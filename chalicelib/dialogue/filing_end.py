"""Filing an appeal: pictures, the review, sending, and what follows."""

from dataclasses import replace

from chalicelib.dialogue.effects import (
    FetchPhotos,
    PhotosFetched,
    Refused,
    Register,
    Registered,
    Waits,
)
from chalicelib.dialogue.facts import LONGEST_TEXT, MOST_PHOTOS, Facts
from chalicelib.dialogue.filing import described
from chalicelib.dialogue.moves import Step, Turn, advances, goes, quietly, settled, stays
from chalicelib.dialogue.order import is_emergency, unsettle
from chalicelib.dialogue.places import same_place
from chalicelib.dialogue.telling import cut, language_of
from chalicelib.domain.conversation import Draft, Known, Pace, State
from chalicelib.domain.inbound import InboundFile, Press
from chalicelib.regulation.calendar import local_date

_MOST_PLACES = 5
_MOST_WORKS = 2
_MOST_OF_A_WORK = 200
MOST_NUMBERS = 50
_EDITS = {
    "category": State.CATEGORY,
    "text": State.DESCRIPTION,
    "place": State.PLACE,
    "photos": State.PHOTOS,
    "contact": State.CONTACT,
    "name": State.NAME,
    "home": State.HOME,
}


def photos_press(turn: Turn, press: Press) -> Step:
    """Have no more pictures, or decide on words that came instead of one."""
    if press.act in {"add", "drop"}:
        return extra_press(turn, press)
    return settled(turn, turn.draft, State.PHOTOS)


def extra_text(turn: Turn) -> Step:
    """Keep words that came unasked until it is said whether they belong to the description."""
    text = turn.event.text
    if len(turn.draft.text) + len(text) + 1 > LONGEST_TEXT:
        return stays(turn.session, turn.facts, turn.told("f.too_long", most=LONGEST_TEXT))
    return stays(turn.with_draft(replace(turn.draft, extra=text)).session, turn.facts)


def extra_press(turn: Turn, press: Press) -> Step:
    """Append words that came unasked, or forget them."""
    draft = turn.draft
    if press.act == "add":
        whole = f"{draft.text}\n{draft.extra}".strip()
        return stays(turn.with_draft(replace(draft, text=whole, extra="")).session, turn.facts)
    return stays(turn.with_draft(replace(draft, extra="")).session, turn.facts)


def photos_came(turn: Turn) -> Step:
    """Fetch pictures that came for the draft, as many as there is room for."""
    draft, files = turn.draft, turn.event.files
    known = {photo.mark for photo in draft.photos}
    new = tuple(each for each in files if each.mark not in known)
    room = new[: max(0, MOST_PHOTOS - len(draft.photos))]
    if room:
        return fetches(turn, room)
    if len(draft.photos) >= MOST_PHOTOS and new:
        return stays(turn.session, turn.facts, turn.told("f.photos_many", most=MOST_PHOTOS))
    return _photos_said(turn, "")


def fetches(turn: Turn, files: tuple[InboundFile, ...]) -> Step:
    """Fetch pictures, as many as the day allows."""
    session, facts = turn.session, turn.facts
    pace = of_today(session.pace, facts)
    room = files[: max(0, facts.files_a_day - pace.files)]
    if not room:
        return stays(session, facts, turn.told("photo.quota", most=facts.files_a_day))
    counted = replace(session, pace=replace(pace, files=pace.files + len(room)))
    return quietly(counted, FetchPhotos(room))


def photos_in(turn: Turn, came: PhotosFetched) -> Step:
    """Keep pictures that were fetched; a caption is the description where there is none yet."""
    draft = turn.draft
    caption = turn.event.text
    if caption and not draft.text:
        draft = described(draft, turn)
    elif caption and caption not in draft.text:
        draft = replace(draft, extra=draft.extra or caption[:LONGEST_TEXT])
    draft = replace(draft, photos=(*draft.photos, *came.kept), lost=draft.lost + len(came.refused))
    kept = turn.with_draft(draft)
    return _photos_said(kept, refusal_words(turn, came))


def refusal_words(turn: Turn, came: PhotosFetched) -> str:
    """Return why pictures were not taken, each reason once."""
    return "\n".join(turn.told(f"photo.{reason}") for reason in dict.fromkeys(came.refused))


def _photos_said(turn: Turn, refusal: str) -> Step:
    """Answer an album once: its first picture; a refusal is said in any case."""
    session, album = turn.session, turn.event.album
    again = bool(album) and album == session.album
    marked = replace(session, album=album)
    if again and not refusal:
        return quietly(marked)
    counted = session.state is State.PHOTOS and not turn.draft.extra
    lead = refusal or ("" if counted else turn.told("f.photo_kept"))
    if session.state is State.DESCRIPTION:
        return advances(marked, turn.facts, lead)
    return stays(marked, turn.facts, lead)


def review_press(turn: Turn, press: Press) -> Step:
    """Send, change a part, or decide on words that came unasked."""
    if press.act in {"add", "drop"}:
        return extra_press(turn, press)
    if press.act == "e":
        question = _EDITS[press.arg]
        again = replace(turn.session, draft=unsettle(turn.draft, question))
        return goes(again, question, turn.facts)
    return _sends(turn)


def _sends(turn: Turn) -> Step:
    session, facts = turn.session, turn.facts
    filed = of_today(session.pace, facts).appeals
    if filed >= facts.appeals_a_day and not is_emergency(turn.draft, facts.city):
        lead = turn.told("f.too_many", most=facts.appeals_a_day, phone=facts.city.centre_phone)
        return stays(session, facts, lead)
    return quietly(replace(session, state=State.SENDING), Register(turn.draft))


def registered(turn: Turn, done: Registered) -> Step:
    """Say the number and the code, and remember what need not be told again."""
    session, facts, draft = turn.session, turn.facts, turn.draft
    after = replace(
        session,
        state=State.DONE,
        viewing=done.number,
        draft=None,
        known=_remembered(session.known, draft, done.number),
        pace=_counted(session.pace, facts),
    )
    return stays(after, facts, _done_words(turn, done))


def waits(turn: Turn, held: Waits) -> Step:
    """Say that people read the text first, and where its receipt will tell the number."""
    session, facts = turn.session, turn.facts
    after = replace(session, draft=None, pace=_counted(session.pace, facts))
    page = f"{facts.site_url}/{language_of(session)}/receipt/#{held.receipt}"
    return goes(after, State.IDLE, facts, turn.told("f.waits", receipt=page))


def _done_words(turn: Turn, done: Registered) -> str:
    lines = [turn.told("f.done", number=done.number, code=done.access_code)]
    if done.joined_to:
        lines.append(turn.told("f.done_joined", number=done.joined_to))
    lines.append(turn.told("f.done_due", due_at=done.due_at))
    if done.executor:
        lines.append(turn.told("f.done_executor", executor=done.executor))
    lines += [
        turn.told("f.done_work", summary=cut(work.summary, _MOST_OF_A_WORK), eta_at=work.eta_at)
        for work in done.works[:_MOST_WORKS]
    ]
    lines.append(turn.told("f.done_signal" if done.is_signal else "f.done_tell"))
    return "\n".join(lines)


def refused(turn: Turn, refusal: Refused) -> Step:
    """Keep the draft and say what is missing."""
    draft = turn.draft
    if refusal.code == "signal_not_taken":
        draft = unsettle(draft, State.NAME)
    if refusal.code in {"join", "unknown_card"}:
        draft = replace(draft, join="")
    if refusal.code == "unknown_upload":
        draft = replace(draft, photos=(), lost=draft.lost + len(draft.photos))
    words = refusal.words or turn.told("f.not_sent")
    return advances(turn.with_draft(draft).session, turn.facts, words)


def add_photo_press(turn: Turn, _press: Press) -> Step:
    """Have no more pictures for the card."""
    return goes(turn.session, State.IDLE, turn.facts, turn.told("f.thanks"))


def _remembered(known: Known, draft: Draft, number: str) -> Known:
    places = known.places
    if draft.place is not None:
        others = [each for each in places if not same_place(each, draft.place)]
        places = (draft.place, *others)[:_MOST_PLACES]
    return Known(
        name=draft.name or known.name,
        phone=draft.phone or known.phone,
        phone_own=draft.phone_own if draft.phone else known.phone_own,
        home=draft.home if draft.name and draft.home else known.home,
        consent=draft.consent,
        places=places,
        numbers=with_number(known.numbers, number),
    )


def with_number(numbers: tuple[str, ...], number: str) -> tuple[str, ...]:
    """Return one's cards with one more, the latest first."""
    return (number, *(each for each in numbers if each != number))[:MOST_NUMBERS]


def _counted(pace: Pace, facts: Facts) -> Pace:
    fresh = of_today(pace, facts)
    return replace(fresh, appeals=fresh.appeals + 1)


def of_today(pace: Pace, facts: Facts) -> Pace:
    """Return a pace whose day is today, with nothing counted where it was another day's."""
    today = local_date(facts.now, facts.city.calendar).isoformat()
    return pace if pace.day == today else replace(pace, day=today, appeals=0, files=0)
