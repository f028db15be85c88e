"""Staff see who was told of what, send it again, and post what no other way delivers."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access import faults
from tests.e2e.browser import Cloud, Visit
from tests.e2e.desk import become, get, sit_down
from tests.e2e.pages import file_appeal
from tests.infra.mailing import within

pytestmark = pytest.mark.e2e

COLD_SECONDS = 30.0
"""How long a first letter may take: three functions have to begin for it."""
TOPIC, STAFF = "LI-01", "responsible"


def sent_to(cloud: Cloud, number: str) -> list[str]:
    """Return as whom people were told of a card already."""
    card, _ = get(cloud, f"/cards/{number}", "operator")
    return [notice["audience"] for notice in card["notices"] if notice["state"] == "sent"]


def faults_in_both_languages(page: Page) -> list[str]:
    """What would stop somebody who reads the page in Ukrainian, or in English."""
    found = faults(page)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("main details summary").last.click()
    found += faults(page)
    page.get_by_role("button", name="Українською").click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    return found


def test_a_notice_is_seen_on_the_card_and_sent_again(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Ліхтар блимає щовечора.")
    assert within(lambda: STAFF in sent_to(cloud, filed.number), COLD_SECONDS)
    console = sit_down(visit, cloud, filed.number, "operator")
    page = console.page
    told = page.locator("details", has_text="Сповіщення")
    told.locator("summary").click()
    first = told.locator("li").filter(has_text="відповідальна особа")
    expect(first).to_contain_text("електронна пошта · надіслано")
    assert faults_in_both_languages(page) == []
    told.locator("summary").click()
    first.get_by_role("button", name="Надіслати ще раз").click()
    expect(page.locator(".said")).to_contain_text("надсилається ще раз")
    card, _ = get(cloud, f"/cards/{filed.number}", "operator")
    assert card["history"][-1]["event"] == "notice_repeated"
    page = become(console, cloud, filed.number, "responsible", "svitlo")
    page.locator("details", has_text="Сповіщення").locator("summary").click()
    expect(page.get_by_role("button", name="Надіслати ще раз")).to_have_count(0)


def test_a_letter_is_printed_and_posted(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Стовп без дверцят.", reply_channel="post")
    page = sit_down(visit, cloud, "post", "operator").page
    letter = page.locator(".card").filter(has_text=filed.number)
    expect(letter).to_be_visible(timeout=20_000)
    expect(letter.locator("address")).to_contain_text("вулиця")
    letter.locator("summary").click()
    expect(letter.locator(".essence")).to_contain_text("Код доступу")
    assert faults_in_both_languages(page) == []
    letter.get_by_role("button", name="Надіслано").click()
    expect(page.locator(".said")).to_contain_text(filed.number)
    expect(letter).to_have_count(0)
    assert faults(page) == []
