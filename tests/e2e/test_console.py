"""The console: an appeal from the queue to a confirmed result, or back to work."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import CITY_ZONE, PHONE, SMALLEST, Cloud, Visit, overflow, picture
from tests.e2e.pages import Console, Filed, account_of, ask_for_closure, file_appeal, follow

pytestmark = pytest.mark.e2e

TOPIC, EXECUTOR = "LI-01", "svitlo"
PRESS = """([code, key]) => document.body.dispatchEvent(
  new KeyboardEvent('keydown', {code, key, bubbles: true}))"""
"""A key by its place and by what the Ukrainian layout types with it."""


def drive_to_closed(visit: Visit, cloud: Cloud, filed: Filed, photo: Path) -> Console:
    """Do the executor's and the coordinator's whole part; return the executor's console."""
    executor = Console.at(visit, cloud, account_of(cloud, "responsible", EXECUTOR))
    executor.open_card(filed.number)
    executor.act("Прийняти в роботу")
    executor.act("Призначити виконавця робіт", performer="Бригада Перевірна")
    executor.act("Коментар", text="Їдемо сьогодні.")
    executor.add_evidence(photo)
    executor.act("Відзвітувати", result="done", text="Лампу замінено.")
    executor.act("Просити закриття", reason="Роботу зроблено.")
    decide(Console.at(visit, cloud, account_of(cloud, "coordinator")), filed.number)
    return executor


def decide(coordinator: Console, number: str) -> None:
    """Approve the executor's request on the page of requests."""
    page = coordinator.page
    page.get_by_role("link", name="Запити").click()
    item = page.locator(".card").filter(has_text=number)
    item.get_by_role("button", name="Вирішити").click()
    item.locator("[value=approve]").check()
    item.locator("textarea").fill("Підтверджено фото.")
    item.get_by_role("button", name="Записати").click()
    expect(page.locator(".said")).to_contain_text(number)


def test_from_the_queue_to_a_confirmed_result(visit: Visit, cloud: Cloud, tmp_path: Path) -> None:
    filed = file_appeal(cloud, TOPIC, "Не горить ліхтар біля школи.")
    long_ago = datetime(2021, 5, 9, 14, 30, tzinfo=CITY_ZONE)
    executor = drive_to_closed(visit, cloud, filed, picture(tmp_path / "old.jpg", 12, long_ago))
    expect(executor.page.locator(".gallery")).to_contain_text("Знято раніше")
    resident = follow(visit, filed, PHONE)
    expect(resident.locator(".gallery img")).to_have_count(1)
    expect(resident.locator(".history")).to_contain_text("Їдемо сьогодні.")
    resident.get_by_role("link", name="Відповісти").click()
    resident.get_by_label("Так, усе зроблено").check()
    resident.get_by_label("5", exact=True).check()
    resident.get_by_role("button", name="Надіслати відповідь").click()
    expect(resident.locator("#thanks")).to_contain_text("підтверджено")
    executor.open_card(filed.number)
    executor.status("Виконання підтверджено")


def test_poor_work_comes_back_as_a_repeat_appeal(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Ліхтар мигає всю ніч.")
    ask_for_closure(cloud, filed, EXECUTOR)
    decide(Console.at(visit, cloud, account_of(cloud, "coordinator")), filed.number)
    executor = Console.at(visit, cloud, account_of(cloud, "responsible", EXECUTOR))
    resident = follow(visit, filed)
    resident.get_by_role("link", name="Відповісти").click()
    resident.get_by_label("Зроблено погано").check()
    resident.get_by_role("button", name="Надіслати відповідь").click()
    expect(resident.locator("#summary")).to_be_focused()
    resident.get_by_label("Що саме не так?").fill("Мигає далі.")
    resident.get_by_role("button", name="Надіслати відповідь").click()
    expect(resident.locator("#thanks")).to_contain_text("повторне звернення")
    executor.open_card(filed.number)
    executor.status("Повернуто виконавцю за повторним зверненням")
    repeat = executor.page.locator(".facts a.another").first
    number = repeat.inner_text()
    repeat.click()
    expect(executor.page.get_by_role("heading", name=number)).to_be_visible()
    expect(executor.page.locator(".facts a.another")).to_have_text(filed.number)
    chained = follow(visit, Filed(number, filed.access_code))
    expect(chained.get_by_role("link", name=filed.number)).to_be_visible()


def test_done_without_proof_is_refused_with_its_clause(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Плафон розбито.")
    executor = Console.at(visit, cloud, account_of(cloud, "head", EXECUTOR))
    executor.open_card(filed.number)
    executor.act("Прийняти в роботу")
    executor.act("Призначити виконавця робіт", performer="Бригада Перевірна")
    executor.start("Відзвітувати")
    form = executor.page.locator("#do-report")
    form.get_by_role("button", name="Записати").click()
    expect(form.locator(".summary")).to_be_focused()
    expect(form.locator(".summary li")).to_have_count(2)
    form.locator("[name=result]").select_option("done")
    form.locator("[name=text]").fill("Зроблено.")
    form.get_by_role("button", name="Записати").click()
    expect(form.locator(".summary")).to_contain_text("K-5.1.9")
    expect(form.locator("[name=text]")).to_have_value("Зроблено.")


def test_a_card_changed_by_another_is_not_overwritten(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Стовп хитається.")
    slow = Console.at(visit, cloud, account_of(cloud, "responsible", EXECUTOR))
    slow.open_card(filed.number)
    quick = Console.at(visit, cloud, account_of(cloud, "head", EXECUTOR))
    quick.open_card(filed.number)
    quick.act("Прийняти в роботу")
    slow.start("Прийняти в роботу")
    slow.page.locator("#action button[type=submit]").click()
    expect(slow.page.locator(".actions > .note")).to_contain_text("змінив хтось інший")
    slow.page.get_by_role("button", name="Оновити картку").click()
    slow.status("Прийнято виконавцем")


def test_contacts_are_masked_until_opened_and_the_history_says_so(
    visit: Visit, cloud: Cloud
) -> None:
    filed = file_appeal(cloud, TOPIC, "Ліхтар не вимикається вдень.")
    executor = Console.at(visit, cloud, account_of(cloud, "responsible", EXECUTOR))
    executor.open_card(filed.number)
    expect(executor.page.get_by_text("+380501234567")).to_have_count(0)
    executor.page.get_by_role("button", name="Відкрити контакти").click()
    expect(executor.page.get_by_role("link", name="+380501234567")).to_be_visible()
    expect(executor.page.locator(".history")).to_contain_text("контактні дані")


def test_the_queue_is_driven_by_keys_on_any_layout(visit: Visit, cloud: Cloud) -> None:
    file_appeal(cloud, TOPIC, "Перша.")
    file_appeal(cloud, TOPIC, "Друга.")
    page = Console.at(visit, cloud, account_of(cloud, "responsible", EXECUTOR)).page
    numbers = page.locator(".cards .number")
    expect(numbers.nth(1)).to_be_visible()
    page.evaluate(PRESS, ["KeyJ", "о"])
    page.evaluate(PRESS, ["KeyJ", "о"])
    expect(numbers.nth(1)).to_be_focused()
    page.evaluate(PRESS, ["KeyK", "л"])
    expect(numbers.nth(0)).to_be_focused()
    page.keyboard.press("Slash")
    expect(page.locator("#q")).to_be_focused()
    first = numbers.nth(0).inner_text()
    numbers.nth(0).focus()
    page.evaluate(PRESS, ["KeyO", "щ"])
    expect(page.get_by_role("heading", name=first)).to_be_visible()


def test_new_cards_are_told_when_the_tab_comes_to_the_front(visit: Visit, cloud: Cloud) -> None:
    page = Console.at(visit, cloud, account_of(cloud, "responsible", EXECUTOR)).page
    rows = page.locator(".cards .card")
    expect(page.get_by_text("Показано")).to_be_visible()
    before = rows.count()
    filed = file_appeal(cloud, TOPIC, "Щойно згасло.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    fresh = page.get_by_role("button", name="нова – показати")
    expect(fresh).to_be_visible()
    expect(rows).to_have_count(before + 1)
    expect(page.get_by_role("link", name=filed.number, exact=True)).to_be_visible()


def test_the_address_holds_the_filters(visit: Visit, cloud: Cloud) -> None:
    page = Console.at(visit, cloud, account_of(cloud, "coordinator")).page
    page.get_by_role("link", name="Прострочені").click()
    expect(page).to_have_url(f"{cloud.site}/console/#/queue?overdue=true")
    page.reload()
    expect(page.get_by_role("link", name="Прострочені")).to_have_attribute("aria-current", "page")
    page.locator("#q").fill("немає такого слова")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Тут порожньо")).to_be_visible()
    page.go_back()
    expect(page.locator("#q")).to_have_value("")


def test_a_wrong_password_and_an_ended_session_are_explained(visit: Visit, cloud: Cloud) -> None:
    page = visit("/console/")
    page.locator("#username").fill("nobody-of-this-city")
    page.locator("#password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("пароль")
    console = Console.sign_in(visit, account_of(cloud, "operator"))
    console.page.evaluate(
        "sessionStorage.setItem('session', JSON.stringify({...JSON.parse("
        "sessionStorage.getItem('session')), access_token: 'expired'}))"
    )
    console.page.reload()
    expect(console.page.get_by_text("Вхід закінчився")).to_be_visible()


def test_the_console_works_on_a_phone_and_in_english(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Згорів щиток.")
    console = Console.sign_in(visit, account_of(cloud, "performer", EXECUTOR), SMALLEST)
    page = console.page
    assert overflow(page) <= 0
    console.open_card(filed.number)
    assert overflow(page) <= 0
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Staff sign-in")).to_be_visible()
