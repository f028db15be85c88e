"""Contacts as people write them, as the types of bodies."""

import re
from typing import Annotated, Final

import phonenumbers
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

_COUNTRY: Final = "UA"
_POSSIBLE: Final = phonenumbers.ValidationResult.IS_POSSIBLE
_EMAIL: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@([^\s@<>,;:\"()\[\]\\.]+\.)+[^\s@.\d]{2,}")


def phone_of(text: str) -> str | None:
    """Return a phone in E.164, Ukrainian unless it says otherwise; None for what cannot be one."""
    try:
        parsed = phonenumbers.parse(text, _COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    # A number without its area code is possible here and nobody's in E.164.
    if phonenumbers.is_possible_number_with_reason(parsed) != _POSSIBLE:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _phone(text: str) -> str:
    phone = phone_of(text)
    if phone is None:
        raise PydanticCustomError("not_a_phone", "not a phone")
    return phone


def email_of(text: str) -> str:
    """Return an e-mail address as it stands. Raises PydanticCustomError for what cannot be one."""
    if not _EMAIL.fullmatch(text):
        raise PydanticCustomError("not_an_email", "not an e-mail address")
    return text


Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(_phone)]
Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(email_of)]
