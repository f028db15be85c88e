"""What nobody types, and words without end, wherever the pages show what people have written."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE, SMALLEST, Cloud, Visit, overflow
from tests.e2e.desk import REMEMBER
from tests.e2e.pages import account_of, file_appeal, follow, session_of

pytestmark = pytest.mark.e2e

ENDLESS = "щ" * 180
STACKED = "т" + "\u0300\u0300\u034f" * 40 + "о"
HOSTILE = f"\x00Темно\ud800 \u202eгаз\u2066 {STACKED} <img src=x onerror=alert(1)> {ENDLESS}"
INVISIBLE = "() => /[\\x00\\u202a-\\u202e\\u2066-\\u2069\\u034f]/.test(document.body.innerText)"


def is_clean(page: Page) -> bool:
    """Tell whether nothing is hidden, nothing runs over, and no markup of a writer stands."""
    ran = page.locator("main img[src='x']").count()
    return not page.evaluate(INVISIBLE) and not ran and overflow(page) <= 0


def test_hostile_text_is_clean_wherever_it_is_shown(visit: Visit, cloud: Cloud) -> None:
    place = {"street": ENDLESS, "building": "1" * 20, "note": HOSTILE}
    filed = file_appeal(cloud, "LI-01", HOSTILE, place=place)
    page = follow(visit, filed, SMALLEST)
    expect(page.locator("#view")).to_contain_text("Темно газ")
    assert is_clean(page)
    page.evaluate(REMEMBER, session_of(cloud, account_of(cloud, "operator")))
    page.set_viewport_size({"width": PHONE, "height": 900})
    for where, shown in ((f"queue?q={filed.number}", ".card"), (f"cards/{filed.number}", ".file")):
        page.goto(f"/console/#/{where}")
        expect(page.locator(shown).first).to_contain_text("Темно газ")
        assert is_clean(page)
