"""Repair works in the browser: announced, read, subscribed to, met by an appeal, answered."""

import json
import re
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access import faults
from tests.e2e.browser import CITY_ZONE, Cloud, Visit
from tests.e2e.desk import become, sit_down
from tests.e2e.pages import Console, ReportPage
from tests.e2e.work_states import publish

pytestmark = pytest.mark.e2e

SUMMARY = "Заміна засувки"
ANSWER = "Засувку замінено, воду подано."


class Post(Cloud, Protocol):
    """A running city whose letters may be read."""

    facts: dict[str, Any]


def in_hours(hours: int) -> str:
    """Return what the city's clock shows in so many hours, as a field takes it."""
    return (datetime.now(CITY_ZONE) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def announced(page: Page, summary: str) -> None:
    """Announce works on the executor's desk."""
    page.get_by_role("button", name="Повідомити про роботи").click()
    form = page.locator("#work-register-new")
    form.locator("[name=summary]").fill(summary)
    form.locator("[name=cause]").fill("з'ясовується")
    form.locator("[name=consequences]").fill("Не буде холодної води.")
    form.locator("[name=places]").fill("вул. Соборна, 1-40\nПроспект Миру")
    form.locator("[name=eta_at]").fill(in_hours(4))
    form.get_by_role("button", name="Опублікувати").click()
    expect(page.locator(".said")).to_contain_text(f"Опубліковано: {summary}")


def card_of(page: Page, summary: str) -> str:
    """Return the id of a work that the desk shows."""
    card = page.locator(".cards .card").filter(has_text=summary).first
    expect(card).to_be_visible()
    found = card.get_attribute("id")
    assert found
    return found


def letters(cloud: Post, address: str) -> list[str]:
    """Return the texts of letters to an address."""
    with urlopen(f"{cloud.facts['aws_endpoint']}/_ministack/ses/messages", timeout=20) as answer:
        boxes = json.load(answer)["messages"].values()
    return [m["BodyText"] for box in boxes for m in box if address in m["To"]]


def letter(page: Page, cloud: Post, address: str) -> str:
    """Wait for a letter to an address."""
    for _ in range(100):
        if found := letters(cloud, address):
            return found[-1]
        page.wait_for_timeout(100)
    raise AssertionError(f"no letter to {address}")


def test_works_are_announced_changed_closed_and_their_appeals_answered(
    visit: Visit, cloud: Post
) -> None:
    desk = sit_down(visit, cloud, "works", "responsible", "vodokanal").page
    announced(desk, SUMMARY)
    work = card_of(desk, SUMMARY)
    page = visit("/uk/report/")
    report = ReportPage(page)
    report.choose_topic("немає води", "Відсутність холодної води")
    report.choose_street("Соборна", "Соборна")
    report.describe("Немає води з ранку.", building="12", phone="050 777 66 55")
    report.send()
    filed = report.sent()
    expect(page.locator("#works")).to_contain_text(SUMMARY)
    assert faults(page) == []
    page.locator("#works a").first.click()
    expect(page.locator(f"#{work}")).to_be_focused()
    _change_and_close(desk, work)
    linked = desk.locator(f"#{work} .linked")
    linked.locator("summary").click()
    expect(linked).to_contain_text(filed.number)
    linked.locator("[name=answer]").fill(ANSWER)
    linked.get_by_role("button", name="Відповісти на всі").click()
    expect(linked).to_contain_text("відповідь надано")
    page.goto(f"/uk/track/#{filed.number}/{filed.access_code}")
    expect(page.locator(".history")).to_contain_text(ANSWER)
    become(Console(desk), cloud, filed.number, "coordinator")
    expect(desk.get_by_role("link", name=work)).to_be_visible()


def _change_and_close(desk: Page, work: str) -> None:
    card = desk.locator(f"#{work}")
    card.get_by_role("button", name="Змінити термін").click()
    card.locator("[name=eta_at]").fill(in_hours(6))
    card.get_by_role("button", name="Зберегти термін").click()
    expect(card.locator(".summary")).to_contain_text("Поясніть мешканцям")
    card.locator("[name=reason]").fill("Потрібна інша засувка.")
    card.get_by_role("button", name="Зберегти термін").click()
    expect(desk.locator(".said")).to_contain_text("Термін змінено")
    card.get_by_role("button", name="Закрити роботи").click()
    card.locator("[name=closing]").fill("Засувку замінено.")
    card.get_by_role("button", name="Закрити", exact=True).click()
    expect(desk.locator(".said")).to_contain_text("Закрито")
    desk.get_by_role("link", name="Завершені").click()
    expect(card).to_contain_text("Засувку замінено.")


def test_a_resident_finds_the_works_of_their_street_and_is_told_of_them(
    visit: Visit, cloud: Post
) -> None:
    publish(cloud, summary="Промивання мереж", places=[{"street": "вулиця Проскурівська"}])
    page = visit("/uk/works/", 390)
    page.locator("#street").fill("лібкнехт")
    page.get_by_role("option").first.click()
    page.locator("#find button").click()
    expect(page.locator("#found")).to_be_focused()
    expect(page.locator(".work")).to_contain_text("Промивання мереж")
    address = "works-reader@example.org"
    page.locator("#subscription-street").fill("Проскурівська")
    page.locator("#address").fill(address)
    page.locator("#subscribe button").click()
    expect(page.locator("#subscribed")).to_contain_text("Майже готово")
    link = re.search(r"/uk/subscription/#confirm/\S+", letter(page, cloud, address))
    assert link
    page.goto(link[0])
    page.get_by_role("button", name="Так, повідомляйте мене").click()
    expect(page.locator("#state")).to_contain_text("Готово")
    assert faults(page) == []


def test_the_coordinators_message_stands_on_every_page(visit: Visit, cloud: Post) -> None:
    desk = sit_down(visit, cloud, "message", "coordinator").page
    desk.locator("[name='text.uk']").fill("Уночі не буде води.")
    desk.locator("[name='text.en']").fill("No water at night.")
    desk.locator("[name=until_at]").fill(in_hours(3))
    desk.get_by_role("button", name="Розмістити").click()
    expect(desk.locator(".said")).to_contain_text("розміщено")
    page = visit("/uk/help/")
    for path, words in (("/uk/", "Уночі"), ("/en/track/", "No water"), ("/uk/works/", "Уночі")):
        page.goto(path)
        expect(page.locator("#city-message")).to_contain_text(words)
        assert faults(page) == []
    desk.get_by_role("button", name="Зняти повідомлення").click()
    expect(desk.locator(".empty")).to_be_visible()


def test_a_city_without_repair_works_has_no_page_of_them(visit: Visit, kryvyi_rih: Post) -> None:
    page = visit("/uk/", at=kryvyi_rih)
    expect(page.get_by_role("link", name="Роботи")).to_have_count(0)
    refused = page.request.post(
        f"{kryvyi_rih.site}/api/subscriptions",
        data={"street": "вулиця Соборна", "channel": "email", "address": "a@example.org"},
    )
    assert refused.status == 409
