"""The operator phones applicants: the list, the talk, the answer, all of it by the keyboard."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.access import faults
from tests.e2e.browser import Cloud, Visit
from tests.e2e.call_states import closed
from tests.e2e.desk import get, sit_down
from tests.e2e.pages import follow

pytestmark = pytest.mark.e2e


def item_of(page: Page, number: str) -> Locator:
    """The entry of a card in the list."""
    return page.locator(".card").filter(has_text=number)


def press_until_focused(page: Page, wanted: Locator) -> None:
    """Go on with the tabulator until something has the focus."""
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the tabulator does not reach it")


def test_an_answer_is_taken_by_the_keyboard_alone_and_makes_a_repeat_appeal(
    visit: Visit, cloud: Cloud
) -> None:
    filed = closed(cloud, "Стовп хилиться.")
    page = sit_down(visit, cloud, "calls", "operator").page
    item = item_of(page, filed.number)
    expect(item.locator(".phone")).to_have_count(0)
    press_until_focused(page, item.get_by_role("button", name="Зателефонувати"))
    page.keyboard.press("Enter")
    expect(item.get_by_role("heading", name="Розмова")).to_be_focused()
    expect(item.get_by_role("link", name="+380501234567")).to_have_attribute(
        "href", "tel:+380501234567"
    )
    expect(item.locator(".script li")).to_have_count(4)
    expect(item.locator(".essence")).to_have_text("Стовп хилиться.")
    assert faults(page) == []
    press_until_focused(page, item.get_by_role("button", name="Не виконано"))
    page.keyboard.press("Enter")
    press_until_focused(page, item.get_by_role("button", name="Записати"))
    page.keyboard.press("Enter")
    expect(item.locator(".summary")).to_be_focused()
    press_until_focused(page, item.locator("[name=reason]"))
    page.keyboard.type("Стовп і досі хилиться.")
    press_until_focused(page, item.get_by_role("button", name="Записати"))
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("повторне звернення")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(item).to_have_count(0)
    followed = follow(visit, filed)
    expect(followed.locator(".history")).to_contain_text("Стовп і досі хилиться.")


def test_whoever_did_not_answer_is_phoned_on_another_day(visit: Visit, cloud: Cloud) -> None:
    filed = closed(cloud, "Лампа перегоріла.")
    page = sit_down(visit, cloud, "calls", "operator", width=390).page
    item = item_of(page, filed.number)
    item.get_by_role("button", name="Зателефонувати").click()
    item.get_by_role("button", name="Не додзвонилися").click()
    item.get_by_role("button", name="Записати спробу").click()
    expect(page.locator(".said")).to_contain_text("телефонувати від")
    expect(item).to_contain_text("спроб: 1 з 3")
    expect(page.get_by_role("heading", name="Пізніше")).to_be_visible()


def test_the_history_says_who_has_seen_the_phone(visit: Visit, cloud: Cloud) -> None:
    filed = closed(cloud, "Дріт звисає.")
    page = sit_down(visit, cloud, "calls", "operator").page
    item = item_of(page, filed.number)
    item.get_by_role("button", name="Зателефонувати").click()
    expect(item.locator(".phone a")).to_be_visible()
    card, _ = get(cloud, f"/cards/{filed.number}", "coordinator")
    assert [line["event"] for line in card["history"]].count("contacts_opened") == 1
