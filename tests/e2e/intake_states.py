"""The operator's page of a call and the list of blocks: opened, driven by keys, looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import Cloud, Visit
from tests.e2e.desk import become, send, sit_down
from tests.e2e.pages import file_appeal

TOPIC = "LI-01"
HOME = {"street": "вулиця Проскурівська", "building": "7"}
State = tuple[str, Page]


@dataclass
class Keyboard:
    """A keyboard that counts every key but those of texts."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one after another; those held together count each."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += len(key.split("+"))

    def type(self, text: str) -> None:
        """Write a text."""
        self.page.keyboard.type(text)

    def choose(self, text: str) -> None:
        """Write into a combobox, take the first of what it finds, and go on."""
        self.type(text)
        expect(self.page.locator(".option:visible").first).to_be_visible()
        self.press("ArrowDown", "Tab")


def ring(visit: Visit, cloud: Cloud, phone: str, call_id: str, role: str = "operator") -> Page:
    """Open the page of a call as the telephone exchange does; the street has the focus."""
    place = f"intake?phone={quote(phone, safe='')}&call={call_id}"
    page = sit_down(visit, cloud, place, role).page
    expect(page.locator("[id='intake-place.street']")).to_be_focused()
    expect(page.locator(".caller .phone")).to_be_visible()
    return page


def block(cloud: Cloud, phone: str) -> None:
    """Block a phone by the API."""
    body = {"phone": phone, "reason": "Лайка", "evidence": "дзвінок 8"}
    send(cloud, "/blocks", body, "operator")


def intake(visit: Visit, cloud: Cloud, language: str, photo: Path) -> Iterator[State]:
    """A call: empty, its caller and hints, refused, registered, blocked; the list of blocks."""
    phone = f"+38067000010{int(language == 'en')}"
    asker = {"name": "Інна Перевірна", "phone": phone, "residence": HOME}
    filed = file_appeal(cloud, TOPIC, "Не світить ліхтар.", applicant=asker, place=HOME)
    console = sit_down(visit, cloud, "intake", "operator")
    page = console.page
    if language == "en":
        page.get_by_role("button", name="English").click()
    expect(page.locator("#caller")).to_be_visible()
    yield "intake, empty", page
    page.locator("#intake-channel").select_option("post")
    expect(page.locator("#intake-external_id")).to_be_visible()
    yield "intake, a letter", page
    page.goto(f"/console/#/intake?phone={quote(phone, safe='')}&call=s-{language}")
    yield from _taken_in(page)
    block(cloud, phone)
    page.goto(f"/console/#/intake?phone={quote(phone, safe='')}&call=b-{language}")
    expect(page.locator(".caller .note.danger")).to_be_visible()
    yield "intake, blocked", page
    become(console, cloud, "blocks", "coordinator")
    page.locator(".card .btn").first.click()
    expect(page.locator(".card form")).to_be_visible()
    yield "blocks", page
    page.goto(f"/console/#/cards/{filed.number}")
    yield from _listened(page, filed.number)


def _listened(page: Page, number: str) -> Iterator[State]:
    """A card of a city that records calls, as its API would answer."""

    def with_recording(route: Route) -> None:
        answer = route.fetch()
        card = answer.json()
        route.fulfill(response=answer, json={**card, "actions": ["duty-call", "recording"]})

    link = {"url": "https://recordings.example/1.wav", "expires_at": "2026-03-02T10:17:00+02:00"}
    page.route(f"**/api/cards/{number}", with_recording)
    page.route(f"**/api/cards/{number}/recording", lambda route: route.fulfill(json=link))
    page.reload()
    buttons = page.locator(".actions .group button")
    expect(buttons).to_have_count(2)
    buttons.first.click()
    expect(page.locator("#action a[href^='tel:']")).to_be_visible()
    buttons.last.click()
    page.locator("#action button").click()
    expect(page.locator("#action a")).to_have_attribute("href", link["url"])
    yield "card, a recording", page


def _taken_in(page: Page) -> Iterator[State]:
    expect(page.locator(".caller .told li").first).to_be_visible()
    page.locator("[id='intake-place.street']").fill(HOME["street"])
    page.locator("[id='intake-place.building']").fill(HOME["building"])
    page.locator("#intake-text").fill("Не горить вуличний ліхтар, темно.")
    expect(page.locator(".near li").first).to_be_visible()
    expect(page.locator("#intake-topic-hint")).to_be_visible()
    page.locator("#intake-topic").focus()
    expect(page.locator(".option:visible").first).to_be_visible()
    yield "intake, caller and suggestions", page
    page.locator("#intake-topic").press("Escape")
    page.locator("[id='intake-applicant.name']").fill("")
    page.locator("#intake details summary").click()
    page.locator("#intake-kind").select_option("complaint")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".summary")).to_be_focused()
    page.locator(".caller > p .btn.link").click()
    yield "intake, refused", page
    page.locator("[id='intake-applicant.name']").fill("Інна Перевірна")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#code")).to_be_visible()
    page.locator(".filed details summary").first.click()
    yield "intake, registered", page
