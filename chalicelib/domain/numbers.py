"""Registration numbers, access codes and tokens of links: computed, never stored as secrets."""

import hmac
import re
from base64 import b64encode
from hashlib import sha256

_NUMBER = re.compile(r"([0-9]{4})-([0-9]{6,9})-([0-9])")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SAME_LETTER = str.maketrans("OILoil", "011011", "- ")


def check_digit(digits: str) -> int:
    """Return the ISO 7064 MOD 11-10 check digit, which catches a misheard or swapped digit."""
    product = 10
    for digit in digits:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10


def registration_number(year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th card of a Kyiv year, such as `2026-000123-7`."""
    digits = f"{year}{sequence:06d}"
    return f"{year}-{sequence:06d}-{check_digit(digits)}"


def is_registration_number(text: str) -> bool:
    """Tell whether `text` is a whole number with a right check digit."""
    match = _NUMBER.fullmatch(text)
    return match is not None and check_digit(match[1] + match[2]) == int(match[3])


def access_code(secret: str, key_id: str, root: str) -> str:
    """Return the code that opens a card for its applicant: 80 bits, in fours.

    Repeats and parts share the code of their `root`.
    """
    code = _crockford(_digest(secret, "code", key_id, root)[:10])
    return "-".join(code[i : i + 4] for i in range(0, 16, 4))


def same_code(given: str, expected: str) -> bool:
    """Compare in constant time, forgiving case, hyphens, and O, I, L read for 0 and 1."""
    return hmac.compare_digest(_plain(given), _plain(expected))


def survey_token(secret: str, key_id: str, number: str, no: int) -> str:
    """Return the 128-bit token of survey `no` of a card; it names the card it opens."""
    mark = _crockford(_digest(secret, "survey", key_id, f"{number}/{no}")[:16])
    return f"{number}.{no}.{mark}"


def parse_survey_token(token: str) -> tuple[str, int] | None:
    """Return the card's number and survey's number a token names, or None for another shape."""
    number, dot, rest = token.partition(".")
    no = rest.partition(".")[0]
    if not dot or not is_registration_number(number) or not no.isascii() or not no.isdigit():
        return None
    return number, int(no)


def outside_token(secret: str, key_id: str, number: str) -> str:
    """Return the 128-bit token by which another body answers on a card forwarded to it."""
    mark = _crockford(_digest(secret, "outside", key_id, number)[:16])
    return f"{number}.{mark}"


def parse_outside_token(token: str) -> str | None:
    """Return the card's number that a token names, or None for another shape."""
    number, dot, _ = token.partition(".")
    return number if dot and is_registration_number(number) else None


def link_mark(secret: str, key_id: str, purpose: str, about: str) -> str:
    """Return the 128-bit mark by which a link proves what it is about, for one purpose only."""
    return _crockford(_digest(secret, purpose, key_id, about)[:16])


def webhook_secret(secret: str, key_id: str, executor: str, serial: int) -> str:
    """Return the `serial`-th secret that signs webhooks to an executor (Standard Webhooks)."""
    made = _digest(secret, "webhook", key_id, f"{executor}/{serial}")
    return f"whsec_{b64encode(made).decode()}"


def same_token(given: str, expected: str) -> bool:
    """Compare two tokens in constant time."""
    return hmac.compare_digest(given.encode(), expected.encode())


def _plain(code: str) -> bytes:
    return code.upper().translate(_SAME_LETTER).encode("utf-8", "replace")


def _digest(secret: str, purpose: str, key_id: str, about: str) -> bytes:
    return hmac.new(secret.encode(), f"{purpose}|{key_id}|{about}".encode(), sha256).digest()


def _crockford(data: bytes) -> str:
    bits, length = int.from_bytes(data), len(data) * 8
    padding = -length % 5
    bits <<= padding
    count = (length + padding) // 5
    return "".join(_CROCKFORD[bits >> 5 * i & 31] for i in reversed(range(count)))
