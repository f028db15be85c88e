"""Contacts as they are shown before somebody opened them (law 393/96 art. 10)."""

_SHOWN_DIGITS = 2


def masked_name(name: str) -> str:
    """Return the first letter of each word of a name."""
    return " ".join(f"{word[0]}***" for word in name.split())


def masked_phone(phone: str | None) -> str | None:
    """Return the country code and the last two digits of a phone."""
    if phone is None:
        return None
    hidden = "*" * max(len(phone) - 4 - _SHOWN_DIGITS, 0)
    return f"{phone[:4]}{hidden}{phone[-_SHOWN_DIGITS:]}"


def masked_email(email: str | None) -> str | None:
    """Return the first letter of a mailbox, and its domain."""
    if email is None:
        return None
    box, _, domain = email.partition("@")
    return f"{box[:1]}***@{domain}"
