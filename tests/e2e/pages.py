"""What people do on the pages, in their own words, so that tests read as stories."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Page, expect

from tests.e2e.browser import Cloud, Visit

CODE = r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$"
NUMBER = r"^\d{4}-\d{6,}-\d$"


_SESSIONS: dict[tuple[str, str], dict[str, Any]] = {}


@dataclass(frozen=True)
class Filed:
    """An appeal as its applicant knows it."""

    number: str
    access_code: str


def file_appeal(cloud: Cloud, topic: str, text: str, **changes: Any) -> Filed:
    """File an appeal by the API, where how it was filed is not what a test is about."""
    body = {
        "text": text,
        "topic": topic,
        "place": {"street": "вулиця Соборна", "building": "12"},
        "applicant": {
            "name": "Олена Перевірна",
            "phone": "+380501234567",
            "residence": {"street": "вулиця Соборна", "building": "12"},
        },
        "reply_channel": "phone",
    }
    filed, _ = post(cloud, "/appeals", body | changes)
    return Filed(filed["number"], filed["access_code"])


def post(
    cloud: Cloud, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
) -> tuple[Any, str]:
    """Post to the API; return the answer and its ETag."""
    request = Request(
        f"{cloud.site}/api{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    with urlopen(request, timeout=20) as answer:
        return json.load(answer), answer.headers.get("ETag", "")


def ask_for_closure(cloud: Cloud, filed: Filed, executor: str) -> None:
    """Bring an appeal by the API to where the coordinator decides about it."""
    account = account_of(cloud, "head", executor)
    session = session_of(cloud, account)
    headers = {"Authorization": f"Bearer {session['access_token']}", "If-Match": '"1"'}
    for step, body in (
        ("accept", {}),
        ("assign", {"performer": "Бригада Перевірна"}),
        ("report", {"result": "explained", "text": "Лампу замінять у п’ятницю."}),
        ("requests", {"kind": "closure", "reason": "Заявниці пояснено."}),
    ):
        _, etag = post(cloud, f"/cards/{filed.number}/{step}", body, headers)
        headers["If-Match"] = etag


def account_of(cloud: Cloud, role: str, executor: str = "") -> dict[str, str]:
    """Return the demonstration account of a role."""
    return next(
        account
        for account in cloud.accounts
        if account["role"] == role and (not executor or account["executor"] == executor)
    )


def session_of(cloud: Cloud, account: dict[str, str]) -> dict[str, Any]:
    """Return the sign-in of an account, made once a run."""
    key = (cloud.site, account["username"])
    if key not in _SESSIONS:
        named = {name: account[name] for name in ("username", "password")}
        _SESSIONS[key], _ = post(cloud, "/sessions", named)
    return _SESSIONS[key]


class ReportPage:
    """The form of an appeal."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def choose_topic(self, words: str, name: str) -> None:
        """Search a topic by words and take the one of this name."""
        self.page.get_by_role("combobox", name="Тема").fill(words)
        self.page.get_by_role("option", name=name).first.click()

    def choose_street(self, words: str, name: str) -> None:
        """Search a street by words and take the one of this name."""
        self.page.locator("#place-street").fill(words)
        self.page.get_by_role("option", name=name).first.click()

    def describe(self, text: str, building: str = "12", phone: str = "050 123 45 67") -> None:
        """Fill in what any appeal needs besides topic and street."""
        self.page.locator("#text").fill(text)
        self.page.locator("#place-building").fill(building)
        self.page.locator("#applicant-name").fill("Олена Перевірна")
        self.page.locator("#applicant-phone").fill(phone)
        self.page.locator("#same").check()

    def add_photo(self, photo: Path) -> None:
        """Add a photo and wait until it is uploaded."""
        rows = self.page.locator("#photos-list li")
        before = rows.count()
        self.page.locator("#photos").set_input_files(photo)
        expect(rows).to_have_count(before + 1)
        expect(rows.nth(before)).to_contain_text("готово")

    def send(self) -> None:
        """Press the button."""
        self.page.locator("#send").click()

    def sent(self) -> Filed:
        """Wait for the page that says the appeal is filed, and read its number and code."""
        self.page.wait_for_url("**/done/")
        number, code = self.page.locator("#number"), self.page.locator("#code")
        expect(number).to_be_visible()
        return Filed(number.inner_text(), code.inner_text())


def follow(visit: Visit, filed: Filed, width: int = 1280, at: Cloud | None = None) -> Page:
    """Open the tracking page as the applicant does by the saved link."""
    return visit(f"/uk/track/#{filed.number}/{filed.access_code}", width, at=at)


class Console:
    """The console of somebody who has signed in."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def sign_in(cls, visit: Visit, account: dict[str, str], width: int = 1280) -> "Console":
        """Sign in and wait for the queue."""
        page = visit("/console/", width)
        page.locator("#username").fill(account["username"])
        page.locator("#password").fill(account["password"])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Черга")).to_be_visible()
        return cls(page)

    @classmethod
    def at(cls, visit: Visit, cloud: Cloud, account: dict[str, str]) -> "Console":
        """Take the seat of somebody who has signed in before."""
        page = visit("/console/", at=cloud, session=session_of(cloud, account))
        expect(page.get_by_role("heading", name="Черга")).to_be_visible()
        return cls(page)

    def open_card(self, number: str) -> None:
        """Go to a card from the queue, found by its number."""
        self.page.goto(f"/console/#/queue?q={number}")
        self.page.get_by_role("link", name=number, exact=True).click()
        expect(self.page.get_by_role("heading", name=number)).to_be_visible()
        expect(self.page.locator(".facts").first).to_be_visible()

    def start(self, action: str) -> None:
        """Open the form of an action."""
        self.page.locator(".actions").get_by_role("button", name=action, exact=True).first.click()

    def save(self, action: str) -> None:
        """Send the open form and wait until the page says it is done."""
        self.page.locator("#action button[type=submit]").click()
        expect(self.page.locator(".said")).to_contain_text(f"Записано: {action}")

    def act(self, action: str, **values: str) -> None:
        """Carry out an action with the values of its fields."""
        self.start(action)
        self.fill(**values)
        self.save(action)

    def fill(self, **values: str) -> None:
        """Fill in fields of the open form by their names; choose by value where one chooses."""
        for name, value in values.items():
            control = self.page.locator(f"#action [name='{name}']").first
            if control.evaluate("element => element.tagName") == "SELECT":
                control.select_option(value)
            elif control.get_attribute("type") == "radio":
                self.page.locator(f"#action [name='{name}'][value='{value}']").check()
            else:
                control.fill(value)

    def choose_topic(self, part: int, words: str, name: str) -> None:
        """Find the topic of a part of the message by words and take the one of this name."""
        self.page.locator(f"[id='do-split-parts.{part}.topic']").fill(words)
        self.page.get_by_role("option", name=name).first.click()

    def add_evidence(self, photo: Path) -> None:
        """Upload a photo of the done work and wait until it is accepted."""
        self.start("Додати файл")
        form = self.page.locator("#do-evidence")
        form.locator("[type=file]").set_input_files(photo)
        self.save("Додати файл")
        expect(self.page.locator(".gallery .tag.success")).to_be_visible(timeout=20_000)

    def status(self, words: str) -> None:
        """Wait until the card says its status in these words."""
        expect(self.page.locator(".file .tag").first).to_have_text(words)
