"""Staff by the API: sessions kept for the whole run, and steps that a test is not about."""

import json
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Page

from tests.e2e.browser import Cloud, Visit
from tests.e2e.pages import Console, Filed, account_of, post, session_of

REMEMBER = "session => sessionStorage.setItem('session', JSON.stringify(session))"


def get(cloud: Cloud, path: str, role: str, executor: str = "") -> tuple[Any, str]:
    """Ask the API as somebody; return the answer and its ETag."""
    request = Request(f"{cloud.site}/api{path}", headers=_headers(cloud, role, executor))
    with urlopen(request, timeout=20) as answer:
        return json.load(answer), answer.headers.get("ETag", "")


def act(cloud: Cloud, number: str, step: str, body: dict[str, Any], role: str, unit: str) -> Any:
    """Do a step with a card by the API as somebody of a unit, on the card as it stands."""
    _, etag = get(cloud, f"/cards/{number}", role, unit)
    headers = {**_headers(cloud, role, unit), "If-Match": etag}
    return post(cloud, f"/cards/{number}/{step}", body, headers)[0]


def send(cloud: Cloud, path: str, body: dict[str, Any], role: str, executor: str = "") -> Any:
    """Post to the API as somebody; return the answer."""
    return post(cloud, path, body, _headers(cloud, role, executor))[0]


def take_in(cloud: Cloud, role: str, **facts: Any) -> Filed:
    """Register what came another way than through the site."""
    body = {
        "text": "Трава вища за людину.",
        "place": {"street": "вулиця Соборна", "building": "12"},
        "applicant": {
            "name": "Олена Перевірна",
            "phone": "+380501234567",
            "residence": {"street": "вулиця Соборна", "building": "12"},
        },
        "reply_channel": "phone",
        **facts,
    }
    made = send(cloud, "/operator/appeals", body, role)
    return Filed(made["number"], made["access_code"])


def sit_down(
    visit: Visit, cloud: Cloud, number: str, role: str, executor: str = "", width: int = 1280
) -> Console:
    """Open a card in the console of somebody who is signed in already."""
    session = session_of(cloud, account_of(cloud, role, executor))
    page = visit(f"/console/#/{_place(number)}", width, at=cloud, session=session)
    page.locator("h1").wait_for()
    return Console(page)


def become(console: Console, cloud: Cloud, number: str, role: str, executor: str = "") -> Page:
    """Give the seat to somebody else, who opens the card, or a section by its name."""
    page = console.page
    page.evaluate(REMEMBER, session_of(cloud, account_of(cloud, role, executor)))
    page.goto(f"/console/#/{_place(number)}")
    page.reload()
    page.locator("h1").wait_for()
    return page


def _place(number: str) -> str:
    """The place in the console of a card, or of a section named as it is in the address."""
    return f"cards/{number}" if number[:1].isdigit() else number


def _headers(cloud: Cloud, role: str, executor: str) -> dict[str, str]:
    session = session_of(cloud, account_of(cloud, role, executor))
    return {"Authorization": f"Bearer {session['access_token']}"}
