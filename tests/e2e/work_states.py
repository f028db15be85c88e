"""The states of the pages about repair works, reached in either language."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.browser import Cloud, Visit
from tests.e2e.desk import send
from tests.e2e.pages import account_of, session_of

EXECUTOR = "vodokanal"
State = tuple[str, Page]


def publish(cloud: Cloud, **told: Any) -> str:
    """Publish a work by the API; return its id."""
    now = datetime.now(UTC)
    body = {
        "summary": "Прорив водогону",
        "cause": "з'ясовується",
        "consequences": "Немає холодної води",
        "eta_at": (now + timedelta(hours=5)).isoformat(),
        "places": [{"street": "вулиця Соборна", "building": "1-40"}],
        **told,
    }
    made = send(cloud, "/repair-works", body, "responsible", EXECUTOR)
    return str(made["id"])


def works_of_residents(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The list, its history opened, nothing found, a subscription refused and asked for."""
    publish(cloud)
    page = visit(f"/{language}/works/")
    expect(page.locator(".work").first).to_be_visible()
    page.locator(".work summary").first.click()
    expect(page.locator(".work .history li").first).to_be_visible()
    yield "works", page
    page.locator("#street").fill("небувала")
    page.locator("#find button").click()
    expect(page.locator(".work")).to_have_count(0)
    yield "works, none", page
    page.locator("#subscribe button").click()
    expect(page.locator("#summary")).to_be_focused()
    yield "works, subscription refused", page
    page.locator("#subscription-street").fill("Соборна")
    page.locator("#address").fill(f"state-{language}@example.org")
    page.locator("#address").press("Enter")
    expect(page.locator("#subscribed")).not_to_be_empty()
    yield "works, subscription asked for", page
    for deed in ("confirm", "off"):
        page.goto(f"/{language}/subscription/#{deed}/a.b.c.d")
        page.reload()
        expect(page.locator("#yes")).to_be_visible()
        yield f"subscription, {deed}", page
    page.locator("#yes").click()
    expect(page.locator("#state")).not_to_be_empty()
    yield "subscription, bad link", page


def works_of_staff(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The executor's works with every form, and the coordinator's message."""
    publish(cloud)
    page = _sat_down(visit, cloud, language, "responsible")
    page.goto("/console/#/works")
    work = page.locator(".cards .card").first
    expect(work).to_be_visible()
    yield "desk, works", page
    for button in work.locator(".row button").all():
        button.click()
        expect(work.locator("form")).to_be_visible()
        yield f"desk, works, {button.inner_text()}", page
    work.locator("form .btn.link").click()
    work.locator("summary").click()
    yield "desk, works, linked", page
    page.locator(".desk > p > .btn").click()
    page.locator("form button[type=submit]").click()
    expect(page.locator(".summary")).to_be_focused()
    yield "desk, works, refused", page
    page = _sat_down(visit, cloud, language, "coordinator")
    page.goto("/console/#/message")
    expect(page.locator("form")).to_be_visible()
    yield "desk, message", page


def _sat_down(visit: Visit, cloud: Cloud, language: str, role: str) -> Page:
    executor = EXECUTOR if role == "responsible" else ""
    page = visit("/console/", session=session_of(cloud, account_of(cloud, role, executor)))
    if language == "en":
        page.get_by_role("button", name="English").click()
    page.locator("h1").wait_for()
    return page
