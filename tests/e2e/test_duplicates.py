"""What is known at a place before sending: follow an open appeal, or say that mine is different."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import PHONE, Cloud, Visit, overflow
from tests.e2e.desk import get
from tests.e2e.pages import Filed, ReportPage, file_appeal
from tests.e2e.work_states import publish

pytestmark = pytest.mark.e2e

TOPIC = "LI-03"
TEXT = "Ліхтар на стовпі світить цілий день"


def at_the_place(page: Page, house: str) -> ReportPage:
    """Write about the same matter at a house, with a topic that the text suggests."""
    report = ReportPage(page)
    page.locator("#text").fill(TEXT)
    page.locator("#hints button").first.wait_for()
    report.choose_topic("режим освітлення", "Режим освітлення")
    report.choose_street("подільська", "вулиця Подільська")
    report.describe(TEXT, building=house)
    return report


def open_at(cloud: Cloud, house: str, text: str) -> Filed:
    """Somebody else's appeal about the matter at a house."""
    place = {"street": "вулиця Подільська", "building": house}
    return file_appeal(cloud, TOPIC, text, place=place)


def size(button: Locator) -> tuple[float, float]:
    """Return how wide and high a button is."""
    box = button.bounding_box()
    assert box
    return box["width"], box["height"]


def test_an_open_appeal_is_offered_and_followed(visit: Visit, cloud: Cloud) -> None:
    main = open_at(cloud, "31", "Горить удень.")
    page = visit("/uk/report/", PHONE)
    report = at_the_place(page, "31")
    offer = page.locator("#join")
    follow = offer.get_by_role("button", name=f"Стежити за цим, № {main.number}")
    different = offer.get_by_role("button", name="Моє – інше")
    expect(follow).to_be_visible()
    assert overflow(page) <= 0
    assert size(follow) == size(different)
    follow.click()
    expect(offer.locator(".note.success")).to_be_focused()
    expect(page.locator("#around-reminder")).to_be_hidden()
    page.reload()
    expect(offer).to_contain_text(main.number)
    report.send()
    own = report.sent()
    expect(page.locator("#joined")).to_contain_text(main.number)
    card, _ = get(cloud, f"/cards/{own.number}", "operator")
    assert card["joined_to"] == main.number


def test_mine_is_different_and_works_there_are_told(visit: Visit, cloud: Cloud) -> None:
    main = open_at(cloud, "45", "Горить цілодобово.")
    places = [{"street": "вулиця Подільська", "building": "45"}]
    publish(cloud, summary="Заміна опори біля 45", places=places, services=["LI"])
    page = visit("/uk/report/")
    report = at_the_place(page, "45")
    offer = page.locator("#join")
    expect(offer).to_contain_text("Заміна опори біля 45")
    expect(page.locator("#around-reminder")).to_be_visible()
    offer.get_by_role("button", name="Моє – інше").click()
    expect(page.locator("#around-reminder")).to_be_hidden()
    report.send()
    own = report.sent()
    card, _ = get(cloud, f"/cards/{own.number}", "operator")
    assert (card["joined_to"], own.number != main.number) == (None, True)


def test_a_topic_is_suggested_and_chosen_by_the_writer_only(visit: Visit, cloud: Cloud) -> None:
    page = visit("/uk/report/")
    page.locator("#text").fill("Не світить ліхтар на стовпі біля школи")
    hints = page.locator("#hints button")
    expect(hints.filter(has_text="вуличне освітлення")).to_be_visible()
    assert hints.count() <= 3
    expect(page.locator("#topic")).to_have_value("")
    hints.filter(has_text="вуличне освітлення").click()
    expect(page.locator("#topic")).to_have_value("Не горить вуличне освітлення")
    expect(page.locator("#hints")).to_be_hidden()
    expect(page.locator("#hints-status")).to_be_focused()
