"""What the dialogue says to what came of an effect."""

from chalicelib.dialogue import cards, filing, filing_end, surveys, works
from chalicelib.dialogue.content import OF_A_CARD, OF_A_SURVEY
from chalicelib.dialogue.effects import (
    AddedToCard,
    AddToCard,
    AnswerSurvey,
    CardSeen,
    CardsListed,
    Effect,
    NeighboursFound,
    Outcome,
    PhotosFetched,
    ReadCard,
    Refused,
    Register,
    Registered,
    Subscribed,
    SurveyAnswered,
    Waits,
    WorksFound,
)
from chalicelib.dialogue.moves import Step, Turn, stays

Seen = CardSeen | CardsListed | AddedToCard | SurveyAnswered | WorksFound | Subscribed


def came_of(turn: Turn, effect: Effect, outcome: Outcome) -> Step:
    """Return what follows when an effect has come to an outcome."""
    match outcome:
        case Registered():
            return filing_end.registered(turn, outcome)
        case Waits():
            return filing_end.waits(turn, outcome)
        case PhotosFetched():
            return _photos(turn, outcome)
        case NeighboursFound():
            return filing.neighbours_found(turn, outcome)
        case Refused():
            return _refused(turn, effect, outcome)
        case _:
            return _seen(turn, effect, outcome)


def _seen(turn: Turn, effect: Effect, outcome: Seen) -> Step:
    match outcome:
        case CardSeen():
            return cards.seen(turn, outcome)
        case CardsListed():
            return cards.listed(turn, outcome)
        case AddedToCard():
            quiet = isinstance(effect, AddToCard) and effect.quiet
            return cards.added(turn, outcome, again=quiet)
        case SurveyAnswered():
            return surveys.answered(turn, outcome)
        case WorksFound():
            return works.found(turn, outcome)
        case Subscribed():
            return works.subscribed(turn, outcome)


def _photos(turn: Turn, came: PhotosFetched) -> Step:
    session = turn.session
    if session.state in OF_A_SURVEY:
        return surveys.photos_shown(turn, came)
    if session.state in OF_A_CARD:
        return cards.photos_for_card(turn, came)
    if session.draft is None:
        return stays(session, turn.facts)
    return filing_end.photos_in(turn, came)


def _refused(turn: Turn, effect: Effect, refusal: Refused) -> Step:
    match effect:
        case Register():
            return filing_end.refused(turn, refusal)
        case ReadCard():
            return cards.not_seen(turn, refusal)
        case AddToCard():
            return cards.not_added(turn, refusal)
        case AnswerSurvey():
            return surveys.not_answered(turn, refusal)
        case _:
            return works.refused(turn, refusal)
