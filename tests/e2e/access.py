"""What would stop somebody on a page: axe, and what axe cannot see."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.browser import DESK, PHONE, overflow

AXE = Path("website/node_modules/axe-core/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST_TARGET = 24
"""The least side of what is pressed, in pixels (WCAG 2.2, 2.5.8); links inside text are exempt."""

PRESSED = "button, input, select, textarea, .btn, nav a"
SMALL_TARGETS = """([pressed, least]) => [...document.querySelectorAll(pressed)]
  .filter(element => element.checkVisibility())
  .filter(element => !element.closest('.hidden-visually, .trap, .skip'))
  .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
  .filter(([, box]) => box.width < least || box.height < least)
  .map(([text]) => text)"""
UNTRANSLATED = r"""() => [...document.body.innerText.matchAll(
  /\b(js|desk|line|queue|card|action|field|choice|site|reports?|requests?|role|kind|works|message|subscription|quarantine|letters|places|label|receipt|intake|blocks)\.[a-z_.:]+/g
)].map(found => found[0])"""


@cache
def axe_source() -> str:
    """The checker, as the page runs it."""
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page: rule and elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{rule['id']}: {[node['html'][:120] for node in rule['nodes']]}"
        for rule in found["violations"]
    ]


def small_targets(page: Page) -> list[str]:
    """Return what is pressed and is too small to be pressed by everybody."""
    found: list[str] = page.evaluate(SMALL_TARGETS, [PRESSED, LEAST_TARGET])
    return found


def faults(page: Page, widths: Sequence[int] = (PHONE, DESK)) -> list[str]:
    """Return everything that would stop somebody in this state, at both widths."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {fault}" for fault in violations(page)]
        found += [f"{width}: wider by {overflow(page)}"] if overflow(page) > 0 else []
        found += [f"{width}: small {html}" for html in small_targets(page)]
    return found + [f"no words for {key}" for key in page.evaluate(UNTRANSLATED)]
