"""Residents on the website: filing, mistakes, drafts, following, without a mouse or JavaScript."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import PHONE, SMALLEST, Cloud, Visit, overflow, picture
from tests.e2e.pages import CODE, NUMBER, ReportPage, file_appeal, follow

pytestmark = pytest.mark.e2e

PAGES = ("", "report/", "done/", "track/", "survey/", "help/", "privacy/", "accessibility/")
MOST_TABS = 30


def fill_in(page: Page, text: str) -> ReportPage:
    """Fill in a whole appeal about a street lamp."""
    report = ReportPage(page)
    report.choose_topic("ліхтар", "вуличне освітлення")
    report.choose_street("соборна", "вулиця Соборна")
    report.describe(text)
    return report


def test_an_appeal_is_filed_and_followed(visit: Visit, tmp_path: Path) -> None:
    page = visit("/uk/report/", PHONE)
    report = fill_in(page, "Не горить ліхтар біля другого під’їзду.")
    report.add_photo(picture(tmp_path / "lamp.jpg", 1))
    report.send()
    filed = report.sent()
    assert re.match(NUMBER, filed.number)
    assert re.match(CODE, filed.access_code)
    expect(page.locator("#due")).to_contain_text("до ")
    expect(page.locator("#executor")).not_to_be_empty()
    expect(page.locator("#explanation li").first).to_contain_text("K-6.1")
    page.locator("#follow").click()
    expect(page.get_by_role("heading", name=filed.number)).to_be_visible()
    expect(page.locator(".history li")).not_to_have_count(0)


def test_the_code_opens_the_appeal_and_a_wrong_one_does_not(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, "LI-01", "Темно у дворі.")
    page = visit("/uk/track/")
    page.locator("#number").fill(filed.number)
    page.locator("#code").fill("0000-0000-0000-0000")
    page.get_by_role("button", name="Показати").click()
    expect(page.locator("#summary")).to_contain_text("Такого звернення немає")
    page.locator("#code").fill(filed.access_code.lower())
    page.get_by_role("button", name="Показати").click()
    expect(page.get_by_role("heading", name=filed.number)).to_be_visible()
    assert filed.access_code not in page.url.split("#")[0]


def test_every_fault_is_named_at_once_and_leads_to_its_field(visit: Visit) -> None:
    page = visit("/uk/report/")
    page.locator("#applicant-phone").fill("12")
    ReportPage(page).send()
    summary = page.locator("#summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(4)
    expect(page).to_have_title(re.compile("^Помилка: "))
    for field in ("#text", "#place-street", "#applicant-phone"):
        expect(page.locator(field)).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").first.click()
    expect(page.locator("#text")).to_be_focused()


def test_what_was_typed_survives_a_reload_until_it_is_cleared(visit: Visit, tmp_path: Path) -> None:
    page = visit("/uk/report/")
    report = fill_in(page, "Лампа блимає.")
    report.add_photo(picture(tmp_path / "lamp.jpg", 2))
    page.reload()
    expect(page.locator("#text")).to_have_value("Лампа блимає.")
    expect(page.locator("#place-street")).to_have_value("вулиця Соборна")
    expect(page.locator("#topic-chosen")).to_contain_text("Строк")
    expect(page.locator("#photos-list li")).to_have_count(1)
    page.get_by_role("button", name="Прибрати фото 1").click()
    expect(page.locator("#photos-list li")).to_have_count(0)
    page.get_by_role("button", name="Очистити форму").click()
    page.reload()
    expect(page.locator("#text")).to_have_value("")


def test_a_double_click_and_a_lost_answer_make_one_card(visit: Visit) -> None:
    page = visit("/uk/report/")
    report = fill_in(page, "Ліхтар гуде.")
    numbers: list[str] = []

    def lose_the_answer(route: Route) -> None:
        numbers.append(route.fetch().json()["number"])
        route.abort()

    page.route("**/api/appeals", lose_the_answer)
    page.locator("#send").dblclick()
    expect(page.locator("#sending")).to_contain_text("Немає зв’язку")
    expect(page.locator("#text")).to_have_value("Ліхтар гуде.")
    page.unroute("**/api/appeals")
    report.send()
    assert numbers == [report.sent().number]


@pytest.mark.parametrize(("status", "words"), [(500, "0 800"), (503, "0 800"), (429, "30 с")])
def test_a_failing_server_loses_nothing_that_was_typed(
    visit: Visit, status: int, words: str
) -> None:
    page = visit("/uk/report/")
    page.route(
        "**/api/appeals",
        lambda route: route.fulfill(status=status, headers={"Retry-After": "30"}, body="no JSON"),
    )
    page.locator("#text").fill("Ліхтар зник.")
    ReportPage(page).send()
    expect(page.locator("#summary")).to_be_focused()
    expect(page.locator("#summary")).to_contain_text(words)
    page.reload()
    expect(page.locator("#text")).to_have_value("Ліхтар зник.")


def test_a_place_outside_the_registry_and_no_topic_are_no_dead_end(visit: Visit) -> None:
    page = visit("/uk/report/")
    page.locator("#place-street").fill("стежка за гаражами біля ставка")
    ReportPage(page).describe("Немає містка.", building="")
    ReportPage(page).send()
    ReportPage(page).sent()


def test_a_signal_needs_no_name_contact_or_residence(visit: Visit) -> None:
    page = visit("/uk/report/")
    page.locator("#signal").check()
    expect(page.locator("#applicant-name")).to_be_hidden()
    page.locator("#text").fill("Лавка зламана.")
    page.locator("#place-street").fill("вулиця Соборна")
    page.locator("#place-street").press("Escape")
    ReportPage(page).send()
    ReportPage(page).sent()


def test_topics_and_streets_are_found_however_they_are_typed(visit: Visit) -> None:
    page = visit("/uk/report/")
    topic = page.get_by_role("combobox", name="Тема")
    topic.fill("pfgf[ ufpe")
    expect(page.get_by_role("option", name="Запах газу")).to_be_visible()
    topic.press("ArrowDown")
    topic.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="небезпечно")).to_contain_text("104")
    street = page.locator("#place-street")
    street.fill("вул. cj,jhyf 12")
    expect(page.get_by_role("option", name="вулиця Соборна")).to_be_visible()
    street.fill("леніна")
    expect(page.get_by_role("option").first).to_contain_text("колишня назва")
    street.press("Escape")
    expect(page.locator("#place-street-options")).to_be_hidden()


def test_the_form_is_filled_in_without_a_mouse(visit: Visit) -> None:
    page = visit("/uk/report/")
    values = {
        "topic": "яма",
        "text": "Яма на переході.",
        "place-street": "зарічанська",
        "place-building": "4",
        "applicant-name": "Іван Перевірний",
        "applicant-phone": "0671234567",
    }
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = str(page.evaluate("document.activeElement.id"))
        if focused == "send":
            break
        if focused == "same":
            page.keyboard.press("Space")
        if focused in values:
            page.keyboard.type(values[focused])
        if focused in {"topic", "place-street"}:
            expect(page.get_by_role("option").first).to_be_visible()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
    expect(page.locator("#send")).to_be_focused()
    page.keyboard.press("Enter")
    ReportPage(page).sent()


def test_another_appeal_starts_from_the_same_place_and_person(visit: Visit) -> None:
    page = visit("/uk/report/")
    report = fill_in(page, "Розбитий плафон.")
    report.send()
    report.sent()
    page.get_by_role("link", name="Повідомити ще про одну проблему тут").click()
    expect(page.locator("#place-street")).to_have_value("вулиця Соборна")
    expect(page.locator("#applicant-name")).to_have_value("Олена Перевірна")
    expect(page.locator("#text")).to_have_value("")


def test_the_other_language_keeps_the_appeal_that_is_open(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, "LI-01", "Ліхтар нахилився.")
    page = follow(visit, filed)
    expect(page.get_by_role("heading", name=filed.number)).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="What has been done")).to_be_visible()


@pytest.mark.parametrize("language", ["uk", "en"])
def test_pages_have_their_words_and_phone_without_javascript(
    visit: Visit, cloud: Cloud, language: str
) -> None:
    page = visit(f"/{language}/report/", javascript=False)
    expect(page.locator("form#report")).to_be_visible()
    expect(page.locator("noscript a[href^='tel:']").first).to_be_visible()


@pytest.mark.parametrize("language", ["uk", "en"])
def test_nothing_needs_scrolling_sideways_on_the_smallest_screen(
    visit: Visit, language: str
) -> None:
    page = visit(f"/{language}/", SMALLEST)
    wide = {}
    for name in PAGES:
        page.goto(f"/{language}/{name}")
        wide[name] = overflow(page)
    assert not any(wide.values()), wide
