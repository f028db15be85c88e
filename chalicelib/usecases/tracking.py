"""Read a card as its applicant: with the code, in public words only."""

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.errors import NotFound
from chalicelib.domain.numbers import access_code, is_registration_number, same_code
from chalicelib.regulation.joining import joined_events
from chalicelib.usecases.ports import Cards, Secrets


def track(number: str, code: str, *, cards: Cards, secrets: Secrets) -> CardFile:
    """Return the file that a code opens: its own card, its repeats and parts, a joined card.

    Raises NotFound alike for an absent card and for a wrong code.
    """
    if not is_registration_number(number):
        raise NotFound(words="no-card")
    try:
        file = cards.read_file(number)
    except NotFound:
        _code_of(number, secrets.current(), secrets)
        raise NotFound(words="no-card") from None
    if not any(same_code(code, expected) for expected in _codes(file, secrets)):
        raise NotFound(words="no-card")
    return file


def track_own(number: str, code: str, *, cards: Cards, secrets: Secrets) -> CardFile:
    """Return the file of the applicant's own card; a card joined to it opens it for reading only.

    Raises what `track` raises.
    """
    file = track(number, code, cards=cards, secrets=secrets)
    if not is_own(file, code, secrets):
        raise NotFound(words="no-card")
    return file


def is_own(file: CardFile, code: str, secrets: Secrets) -> bool:
    """Tell whether a code is that of the card itself, and not of one that is joined to it."""
    return same_code(code, code_of(file.card, secrets))


def code_of(card: Card, secrets: Secrets) -> str:
    """Return the access code of a card, recomputed from its key and root."""
    return _code_of(card.root, card.code_key, secrets)


def _codes(file: CardFile, secrets: Secrets) -> list[str]:
    """Return the codes that open a file: its root's, and those of cards joined to it."""
    joined = (event.facts for event in joined_events(file))
    roots = [
        (facts.get("root", facts["number"]), facts.get("code_key", file.card.code_key))
        for facts in joined
    ]
    return [code_of(file.card, secrets), *(_code_of(*root, secrets) for root in roots)]


def _code_of(root: str, key_id: str, secrets: Secrets) -> str:
    return access_code(secrets.key(key_id), key_id, root)
