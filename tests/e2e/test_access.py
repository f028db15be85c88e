"""Everybody can use every state of every page: axe finds nothing, and what axe cannot see holds."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.browser import DESK, PHONE, Cloud, Visit, overflow, picture
from tests.e2e.states import ALL, States

pytestmark = pytest.mark.e2e

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
  /\b(js|desk|queue|card|action|field|choice|site|report)\.[a-z_.:]+/g)].map(found => found[0])"""


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


def faults(page: Page) -> list[str]:
    """Return everything that would stop somebody in this state, at both widths."""
    found = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {fault}" for fault in violations(page)]
        found += [f"{width}: wider by {overflow(page)}"] if overflow(page) > 0 else []
        found += [f"{width}: small {html}" for html in small_targets(page)]
    return found + [f"no words for {key}" for key in page.evaluate(UNTRANSLATED)]


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("states", ALL, ids=lambda states: states.__name__)
def test_every_state_is_open_to_everybody(
    visit: Visit, cloud: Cloud, tmp_path: Path, states: States, language: str
) -> None:
    photo = picture(tmp_path / "photo.jpg", 21)
    found = {name: faults(page) for name, page in states(visit, cloud, language, photo)}
    assert {name: all_of for name, all_of in found.items() if all_of} == {}


def test_a_page_that_shuts_people_out_is_caught(visit: Visit) -> None:
    page = visit("/uk/")
    page.evaluate(
        "document.querySelector('main').innerHTML = '<img src=x><button></button>"
        "<p lang=zz>js.no_word</p><div><input></div>'"
    )
    found = " ".join(faults(page))
    for fault in ("image-alt", "button-name", "label", "valid-lang", "no words for"):
        assert fault in found
