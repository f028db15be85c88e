"""The states of the survey-call page, reached in either language."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.browser import Cloud, Visit
from tests.e2e.desk import get, send
from tests.e2e.pages import Filed, account_of, ask_for_closure, file_appeal, session_of

EXECUTOR, TOPIC = "svitlo", "LI-01"
State = tuple[str, Page]


def closed(cloud: Cloud, text: str) -> Filed:
    """An appeal closed by the API, whose applicant asked to be phoned."""
    filed = file_appeal(cloud, TOPIC, text)
    ask_for_closure(cloud, filed, EXECUTOR)
    card, _ = get(cloud, f"/cards/{filed.number}", "coordinator")
    decision = {"decision": "approve", "reason": "Пояснено."}
    send(cloud, f"/requests/{card['requests'][0]['id']}/decision", decision, "coordinator")
    return filed


def survey_calls(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The list; a talk with its script; each of its outcomes; refused; and after it."""
    filed = closed(cloud, "Ліхтар миготить увечері.")
    page = visit("/console/")
    if language == "en":
        page.get_by_role("button", name="English").click()
    session = session_of(cloud, account_of(cloud, "operator"))
    remember = "session => sessionStorage.setItem('session', JSON.stringify(session))"
    page.evaluate(remember, session)
    page.goto("/console/#/calls")
    page.reload()
    item = page.locator(".card").filter(has_text=filed.number)
    expect(item).to_be_visible()
    yield "survey calls", page
    item.locator("button[aria-controls]").click()
    expect(item.locator(".phone a")).to_be_visible()
    yield "survey call, a talk", page
    outcomes = item.locator("[role=group] button[aria-expanded]")
    for place in range(4):
        outcomes.nth(place).click()
        expect(item.locator("form")).to_be_visible()
        yield f"survey call, outcome {place + 1}", page
    outcomes.nth(1).click()
    item.locator("button[type=submit]").click()
    expect(item.locator(".summary")).to_be_focused()
    yield "survey call, refused", page
    outcomes.nth(3).click()
    item.locator("button[type=submit]").click()
    expect(page.locator(".said .note")).to_be_visible()
    yield "survey call, recorded", page
