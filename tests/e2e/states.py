"""Every state of the pages that a person may meet, reached in either language."""

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.browser import Cloud, Visit
from tests.e2e.call_states import survey_calls
from tests.e2e.desk import act
from tests.e2e.intake_states import intake
from tests.e2e.pages import account_of, ask_for_closure, file_appeal, session_of
from tests.e2e.waiting_states import (
    around_the_place,
    console_that_judges,
    letters_and_places,
    receipts,
)
from tests.e2e.work_states import works_of_residents, works_of_staff

EXECUTOR, TOPIC, EMERGENCY = "svitlo", "LI-01", "LI-04"
STILL_PAGES = (
    "",
    "track/",
    "help/",
    "privacy/",
    "accessibility/",
    "survey/",
    "done/",
    "receipt/",
    "no-such/",
)

State = tuple[str, Page]
States = Callable[[Visit, Cloud, str, Path], Iterator[State]]


def still_pages(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The pages as they are opened."""
    page = visit(f"/{language}/")
    for name in STILL_PAGES:
        page.goto(f"/{language}/{name}")
        expect(page.locator("h1:visible")).to_have_count(1)
        yield f"/{name}", page


def filing(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The form: empty, searching, refused, in danger, with a photo; then the filed appeal."""
    page = visit(f"/{language}/report/")
    yield "report", page
    page.locator("#topic").fill("газ")
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("#topic").press("ArrowDown")
    yield "report, topics", page
    page.locator("#topic").press("Escape")
    page.locator("#topic").fill("")
    page.locator("#send").click()
    expect(page.locator("#summary")).to_be_focused()
    yield "report, refused", page
    page.locator("#topic").fill("запах газу")
    page.get_by_role("option").first.click()
    page.locator("#photos").set_input_files(photo)
    expect(page.locator("#photos-list progress")).to_be_hidden()
    page.locator("#place-street").fill("ленін")
    expect(page.get_by_role("option").first).to_be_visible()
    yield "report, danger, photo and streets", page
    page.get_by_role("option").first.click()
    page.locator("#place-building").fill("7")
    page.locator("#text").fill("Пахне газом у під’їзді.")
    page.locator("#signal").check()
    page.locator("#send").click()
    page.wait_for_url("**/done/")
    expect(page.locator("#number")).to_be_visible()
    yield "done", page


def following(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The tracking page: a wrong code, then the appeal; the survey of a wrong link."""
    filed = file_appeal(cloud, TOPIC, "Лампа тьмяна.")
    page = visit(f"/{language}/track/#{filed.number}/0000")
    expect(page.locator("#summary")).to_be_focused()
    yield "track, refused", page
    page.locator("#code").fill(filed.access_code)
    page.locator("#find button").click()
    expect(page.locator(".history li").first).to_be_visible()
    yield "track, found", page
    page.goto(f"/{language}/survey/#nobody")
    expect(page.locator("#state")).not_to_be_empty()
    yield "survey, bad link", page


def console_of_executor(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The console: the door, the queue, a card and its forms, empty and refused."""
    filed = file_appeal(cloud, TOPIC, "Кабель звисає.")
    page = visit("/console/")
    if language == "en":
        page.get_by_role("button", name="English").click()
    yield "sign in", page
    account = account_of(cloud, "responsible", EXECUTOR)
    page.locator("#username").fill("nobody")
    page.locator("#password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    yield "sign in, refused", page
    page.locator("#username").fill(account["username"])
    page.locator("#password").fill(account["password"])
    page.keyboard.press("Enter")
    expect(page.locator(".cards .card").first).to_be_visible()
    yield "queue", page
    page.goto("/console/#/queue?q=zzzz")
    expect(page.locator(".empty")).to_be_visible()
    yield "queue, empty", page
    page.goto(f"/console/#/cards/{filed.number}")
    expect(page.locator(".actions button").first).to_be_visible()
    yield "card", page
    yield from forms_of_card(page)


def forms_of_card(page: Page) -> Iterator[State]:
    """Every form that the open card offers, and one that was refused."""
    buttons = page.locator(".actions .group button")
    for index in range(buttons.count()):
        buttons.nth(index).click()
        expect(page.locator("#action form")).to_be_visible()
        yield f"card, {buttons.nth(index).inner_text()}", page
    page.locator("#action button[type=submit]").click()
    expect(page.locator("#action .summary")).to_be_focused()
    yield "card, refused", page


def console_of_coordinator(
    visit: Visit, cloud: Cloud, language: str, photo: Path
) -> Iterator[State]:
    """The coordinator's queue, and the requests with a decision begun and refused."""
    ask_for_closure(cloud, file_appeal(cloud, TOPIC, "Чи замінять лампу?"), EXECUTOR)
    page = visit("/console/", session=session_of(cloud, account_of(cloud, "coordinator")))
    if language == "en":
        page.get_by_role("button", name="English").click()
    expect(page.locator(".cards .card").first).to_be_visible()
    yield "coordinator's queue", page
    page.goto("/console/#/requests")
    deciding = page.locator(".cards .card button").first
    expect(deciding).to_be_visible()
    yield "requests", page
    deciding.click()
    page.locator(".cards form button[type=submit]").click()
    expect(page.locator(".cards .summary")).to_be_focused()
    yield "requests, refused", page


def console_that_hears(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The console while things happen: new cards, an emergency, a changed card, no network."""
    there = file_appeal(cloud, TOPIC, "Уже в черзі.")
    account = account_of(cloud, "responsible", EXECUTOR)
    page = visit("/console/", session=session_of(cloud, account))
    if language == "en":
        page.get_by_role("button", name="English").click()
    expect(page.locator(f"#row-{there.number}")).to_be_visible()
    expect(page.locator(".line.live")).to_be_visible()
    filed = file_appeal(cloud, EMERGENCY, "Відкритий щиток опори.")
    expect(page.locator(f"#row-{filed.number}.new")).to_be_visible()
    yield "queue, an emergency came", page
    with page.expect_response("**/api/cards?*overdue=true*"):
        page.goto("/console/#/queue?overdue=true")
    beside = file_appeal(cloud, TOPIC, "Ще не прострочена.")
    expect(page.locator(".fresh").get_by_role("link", name=beside.number)).to_be_visible()
    yield "queue, a card came beside it", page
    page.goto(f"/console/#/cards/{filed.number}")
    expect(page.locator(".history li").first).to_be_visible()
    act(cloud, filed.number, "accept", {}, "head", EXECUTOR)
    expect(page.locator(".newer button")).to_be_visible()
    file_appeal(cloud, TOPIC, "Поки читають картку.")
    expect(page.locator(".bar nav .tag")).to_be_visible()
    yield "card, changed by somebody else", page
    page.context.set_offline(True)
    expect(page.locator(".line.offline")).to_be_visible()
    yield "card, offline", page


ALL: tuple[States, ...] = (
    still_pages,
    filing,
    following,
    console_of_executor,
    console_of_coordinator,
    console_that_hears,
    works_of_residents,
    works_of_staff,
    survey_calls,
    receipts,
    around_the_place,
    console_that_judges,
    letters_and_places,
    intake,
)
