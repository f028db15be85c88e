"""Hand a card over by phone to the executor's duty officer, and keep that it was (K-5.1.2)."""

from chalicelib.domain.card import CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.errors import RuleRefused
from chalicelib.domain.events import EventName
from chalicelib.regulation.permissions import Deed
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.steps import Doing, do, noting
from chalicelib.usecases.writing import Note


def duty_call(doing: Doing, *, outcome: str, text: str, city: City, cards: Cards) -> CardFile:
    """Record that the executor's duty phone was called about a card. The version stays.

    Raises NotFound, RoleNotPermitted, RuleRefused (nobody to call yet), VersionStale,
    ChangedMeanwhile.
    """

    def write(file: CardFile) -> Change:
        executor = city.executors.get(file.card.executor or "")
        if executor is None:
            raise RuleRefused(words="nobody-to-phone", clause="K-5.1.2")
        facts = {"executor": executor.id, "outcome": outcome, "phone": executor.duty_phone}
        note = Note(EventName.DUTY_PHONED, text, public=False, facts=facts, tell=False)
        return noting(doing, Deed.DUTY_CALL, note)(file)

    return do(doing, write, cards)
