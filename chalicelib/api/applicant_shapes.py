"""Who asks, as staff read it: masked until opened, and hidden where the applicant asked for it."""

from chalicelib.api.masking import masked_email, masked_name, masked_phone
from chalicelib.api.shapes import Body
from chalicelib.domain.appeal import Appeal, Residence
from chalicelib.domain.people import Actor
from chalicelib.regulation.kinds import is_hidden_from


def applicant_body(appeal: Appeal, actor: Actor, *, contacts: bool) -> Body:
    """Return who asks; without `contacts` only what tells two people apart.

    Of an applicant whose identity is hidden (law 393/96 art. 10) executors read nothing.
    """
    hidden = is_hidden_from(actor, appeal)
    if contacts and not hidden:
        return _opened(appeal)
    applicant = appeal.applicant
    return {
        "masked": True,
        "hidden": appeal.hide_identity,
        "name": "" if hidden else masked_name(applicant.name),
        "phone": None if hidden else masked_phone(applicant.phone),
        "email": None if hidden else masked_email(applicant.email),
        "residence": None,
        "co_applicants": [] if hidden else [masked_name(name) for name in appeal.co_applicants],
        "benefit": None,
    }


def _opened(appeal: Appeal) -> Body:
    applicant = appeal.applicant
    return {
        "masked": False,
        "hidden": appeal.hide_identity,
        "name": applicant.name,
        "phone": applicant.phone,
        "email": applicant.email,
        "residence": _residence(applicant.residence),
        "co_applicants": list(appeal.co_applicants),
        "benefit": appeal.benefit,
    }


def _residence(home: Residence | None) -> Body | None:
    if home is None:
        return None
    return {
        "settlement": home.settlement,
        "street": home.street,
        "building": home.building,
        "flat": home.flat,
    }
