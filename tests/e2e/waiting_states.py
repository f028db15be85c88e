"""The states of receipts, of the quarantine and of what else waits, in either language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.browser import Cloud, Visit
from tests.e2e.desk import REMEMBER, send
from tests.e2e.pages import account_of, file_appeal, session_of

State = tuple[str, Page]
INCITES = "Ромів треба виселити всіх до одного!"
NOTHING = {"status_text": "", "reason": None, "complain": None, "number": None, "access_code": None}
RECEIPTS: dict[str, dict[str, Any]] = {
    "queued": NOTHING,
    "refused": NOTHING | {"reason": "Заклик.", "complain": "До суду."},
    "registered": NOTHING | {"number": "2026-000123-7", "access_code": "7KQ2-M9XR-4T0B-WZ1C"},
}
LETTER = {
    "id": "l-1",
    "arrived_at": "2026-03-02T10:15:00+02:00",
    "reason": "suspected",
    "reason_text": "спам?",
    "sender": "centre@example.org",
    "subject": "Заявка 1",
    "number": "2026-000123-7",
}


def kept_back(cloud: Cloud) -> str:
    """A text that waits for people; return its receipt."""
    place = {"street": "вулиця Соборна", "building": "12"}
    body = {"text": INCITES, "place": place, "kind": "signal"}
    return str(send(cloud, "/appeals", body, "operator")["receipt"])


def answer_with(page: Page, receipt: dict[str, Any]) -> None:
    """Let the page read this of any receipt."""
    page.route("**/api/receipts/*", lambda route: route.fulfill(json=receipt))


def receipts(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The receipt page: empty, unknown, each state of a receipt, and the system away."""
    page = visit(f"/{language}/receipt/#k1.nobody.X")
    expect(page.locator("#summary")).to_be_focused()
    yield "receipt, unknown", page
    page.locator("#receipt").fill(kept_back(cloud))
    page.locator("#find button").click()
    expect(page.locator("#told h2")).to_be_visible()
    yield "receipt, quarantined", page
    for status, told in RECEIPTS.items():
        answer_with(page, told | {"status": status})
        page.goto(f"/{language}/receipt/#k1.{status}.X")
        expect(page.locator(f".ticket.{status} h2")).to_be_visible()
        yield f"receipt, {status}", page
        page.unroute("**/api/receipts/*")
    page.route("**/api/receipts/*", lambda route: route.abort())
    page.goto(f"/{language}/receipt/#k1.away.X")
    page.reload()
    expect(page.locator("#away")).to_be_visible()
    yield "receipt, away", page


def around_the_place(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The report form with suggested topics; with open appeals nearby; one of them followed."""
    file_appeal(cloud, "LI-01", "Ліхтар не світить.")
    page = visit(f"/{language}/report/")
    page.locator("#text").fill("Не світить ліхтар на стовпі, темно")
    expect(page.locator("#hints button").first).to_be_visible()
    yield "report, topics suggested", page
    page.locator("#topic").fill("ліхтар")
    page.locator("#topic-options li").first.click()
    page.locator("#place-street").fill("Соборна")
    page.locator("#place-street-options li").first.click()
    page.locator("#place-building").fill("12")
    page.locator("#place-building").press("Tab")
    expect(page.locator(".near button").first).to_be_visible()
    yield "report, open appeals nearby", page
    page.locator(".near button").first.click()
    expect(page.locator("#join .note.success")).to_be_visible()
    yield "report, one of them followed", page


def console_that_judges(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """The quarantine: a text, each decision, refused, one refusal given; hidden words of a card."""
    kept_back(cloud)
    page = visit("/console/")
    if language == "en":
        page.get_by_role("button", name="English").click()
    page.evaluate(REMEMBER, session_of(cloud, account_of(cloud, "operator")))
    page.goto("/console/#/quarantine")
    page.reload()
    item = page.locator(".card").filter(has=page.locator(".btn.danger"))
    expect(item.first).to_be_visible()
    yield "quarantine", page
    item.first.locator(".btn.danger").click()
    item.first.locator("form button[type=submit]").click()
    expect(item.first.locator(".summary")).to_be_focused()
    yield "quarantine, no reason", page
    item.first.locator("textarea").fill("Заклик.")
    item.first.locator("form button[type=submit]").click()
    expect(page.locator(".said .note")).to_be_visible()
    yield "quarantine, one has refused", page
    page.goto("/console/#/quarantine?status=decided")
    expect(page.locator(".tabs [aria-current]")).to_be_visible()
    yield "quarantine, decided", page
    hidden = file_appeal(cloud, "LI-01", "Г0вно, а не сервіс.")
    page.goto(f"/console/#/cards/{hidden.number}")
    expect(page.locator(".essence").first).to_contain_text("***")
    yield "card, words hidden", page


def letters_and_places(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """Letters that wait, one being settled; chronic places, found and none."""
    page = visit("/console/")
    if language == "en":
        page.get_by_role("button", name="English").click()
    page.evaluate(REMEMBER, session_of(cloud, account_of(cloud, "coordinator")))
    page.route("**/api/letters", lambda route: route.fulfill(json={"items": [LETTER]}))
    page.goto("/console/#/letters")
    page.reload()
    page.locator(".card button[aria-expanded]").click()
    expect(page.locator(".card form")).to_be_visible()
    yield "letters", page
    for least in ("2", "1000"):
        if least == "2":
            for text in ("Ліхтар блимає.", "Ліхтар згас."):
                file_appeal(cloud, "LI-01", text)
        page.goto("/console/#/reports/places")
        page.locator("#period-least").fill(least)
        page.locator("#period button").click()
        expect(page.locator(".panel h2")).to_be_visible()
        yield f"chronic places, at least {least}", page
