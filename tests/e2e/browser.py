"""A real browser whose pages refuse surprises: console noise, script errors, foreign requests."""

from collections.abc import Callable, Iterator
from datetime import datetime
from json import dumps
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from infra.browser import found

PATIENCE_MS = 20_000
"""How long a page may take on a busy machine before a test gives up."""
PHONE = 390
DESK = 1280
SMALLEST = 320
"""The width at which nothing may need scrolling sideways (WCAG 1.4.10)."""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CITY_ZONE = ZoneInfo("Europe/Kyiv")
MAKER = "Camera of a test"
REFUSED = "Failed to load resource"
"""What Chromium logs for every answer from 400 on: expected wherever a refusal is tested."""


class Cloud(Protocol):
    """The running city: its address and its demonstration accounts as `run.json` has them."""

    site: str
    accounts: list[dict[str, str]]


Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found(), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, cloud: Cloud) -> Iterator[Visit]:
    """Open pages, each as another person; at the end nothing unexpected may have been seen."""
    contexts: list[BrowserContext] = []
    surprises: list[str] = []

    def open_page(
        path: str,
        width: int = DESK,
        javascript: bool = True,
        at: Cloud | None = None,
        session: dict[str, Any] | None = None,
    ) -> Page:
        city = at or cloud
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="uk-UA",
            timezone_id="America/New_York",
            base_url=city.site,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if session:
            context.add_init_script(f"sessionStorage.session ??= JSON.stringify({dumps(session)})")
        page = context.new_page()
        watch(page, urlsplit(city.site).netloc, surprises)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # What is under way has nobody to answer.
        context.close()
    assert surprises == []


def watch(page: Page, host: str, surprises: list[str]) -> None:
    """Note every complaint of the page and every request to another host."""

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and REFUSED not in message.text:
            surprises.append(f"{page.url}: {message.text}")

    def asked(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
            surprises.append(f"foreign request: {url}")

    page.on("console", said)
    page.on("pageerror", lambda error: surprises.append(f"{page.url}: {error}"))
    page.on("request", lambda request: asked(request.url))


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def picture(path: Path, seed: int, taken_at: datetime | None = None) -> Path:
    """Make a photo as a phone does, with camera facts in it; another seed is another picture."""
    small = Image.effect_noise((8, 6), 90 + seed % 60).convert("RGB")
    shown = small.resize((1600, 1200), Image.Resampling.BICUBIC)
    facts = Image.Exif()
    facts[ExifTags.Base.Make] = MAKER
    taken = (taken_at or datetime.now(CITY_ZONE)).strftime("%Y:%m:%d %H:%M:%S")
    facts.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    shown.save(path, "JPEG", quality=80, exif=facts)
    return path
