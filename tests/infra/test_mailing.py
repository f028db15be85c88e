"""Letters and SMS of the running city: sent by its functions, by their own roles."""

import pytest

from chalicelib.cities.catalogue import load_city
from tests.infra.calls import send
from tests.infra.mailing import come_back, letters, silent, texts, within
from tests.infra.running import Running

pytestmark = pytest.mark.e2e


def emergency(city: Running) -> str:
    """A topic that is an emergency of somebody's."""
    _, topics = send(f"{city.site}/api/topics")
    urgent = (each for each in topics["items"] if each["urgency"] == "emergency")
    return str(next(each["code"] for each in urgent if each["executor"]))


def test_an_emergency_is_told_and_a_letter_that_came_back_is_told_by_sms(city: Running) -> None:
    assert silent(city, emergency(city)) == ""


def test_the_letter_is_the_citys_in_both_forms(city: Running) -> None:
    (letter,) = letters(city, "oksana1@example.com")
    centre = load_city("khmelnytskyi").centre
    assert centre is not None
    assert centre.email in letter["Source"]
    assert letter["Subject"].endswith("зареєстровано")
    for body in (letter["BodyText"], letter["BodyHtml"]):
        assert f"{city.site}/uk/track/#" in body
        assert centre.authority.uk in body


def test_the_duty_service_is_told_where_first(city: Running) -> None:
    where = "АВАРІЯ: вулиця Пробна, 1."
    assert within(lambda: any(said.startswith(where) for said in texts(city))), texts(city)


def test_the_same_event_again_tells_nothing_again(city: Running) -> None:
    before = len(texts(city))
    number = next(said for said in texts(city) if "зареєстровано" in said).split()[1]
    come_back(city, f"{number}.n1.applicant.email", "oksana1@example.com")
    assert silent(city, emergency(city)) == ""
    assert within(lambda: len(texts(city)) == before + 2)
