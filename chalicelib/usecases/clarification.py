"""Ask the applicant for what is missing; the clock runs on (law 393/96 art. 5, 7)."""

from chalicelib.domain.card import Action, CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.events import EventName
from chalicelib.regulation.clarification import Lack, return_by
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.steps import Doing, do, stepped, written
from chalicelib.usecases.writing import Note


def clarify(doing: Doing, *, text: str, lack: Lack, city: City, cards: Cards) -> CardFile:
    """Return a card to its applicant with the explanation of what it lacks.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, VersionStale, ChangedMeanwhile.
    """

    def write(file: CardFile) -> Change:
        until = return_by(file.card, lack, city)
        facts = {"lack": str(lack), "return_by_at": until.isoformat()}
        note = Note(EventName.CLARIFICATION_ASKED, text, facts=facts)
        return written(doing, file, stepped(doing, file.card, Action.CLARIFY, city), note)

    return do(doing, write, cards)
