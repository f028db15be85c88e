"""The report form in a yard without signal, and before a machine that fills it in."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.browser import PHONE, Cloud, Visit, overflow, picture
from tests.e2e.desk import get
from tests.e2e.pages import ReportPage
from tests.e2e.test_resident import fill_in

pytestmark = pytest.mark.e2e


def sent_bodies(page: Page) -> list[tuple[str, dict[str, Any]]]:
    """Return what will be sent from now on: keys and bodies."""
    sent: list[tuple[str, dict[str, Any]]] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/api/appeals"):
            body = json.loads(request.post_data or "{}")
            sent.append((request.headers["idempotency-key"], body))

    page.on("request", note)
    return sent


def test_an_appeal_goes_by_itself_when_the_network_is_back(visit: Visit) -> None:
    page = visit("/uk/report/", PHONE)
    report = fill_in(page, "Ліхтар впав.")
    page.context.set_offline(True)
    sent = sent_bodies(page)
    report.send()
    told = page.locator("#sending")
    expect(told).to_contain_text("піде, щойно зв’язок повернеться")
    expect(told).to_have_attribute("role", "status")
    assert overflow(page) <= 0
    page.context.set_offline(False)
    report.sent()
    assert len({key for key, _ in sent}) == 1
    assert len({json.dumps(body) for _, body in sent}) == 1


def test_what_waits_for_the_network_survives_a_reload(visit: Visit) -> None:
    page = visit("/uk/report/")
    report = fill_in(page, "Ліхтар тріщить.")
    sent = sent_bodies(page)
    page.route("**/api/appeals", lambda route: route.abort())
    report.send()
    expect(page.locator("#sending")).to_contain_text("Немає зв’язку")
    page.reload()
    expect(page.locator("#unsent")).to_be_visible()
    expect(page.locator("#text")).to_have_value("Ліхтар тріщить.")
    page.unroute("**/api/appeals")
    page.locator("#unsent a").click()
    report.send()
    report.sent()
    assert len({key for key, _ in sent}) == 1


def test_what_is_changed_while_it_waits_goes_when_its_writer_says_so(visit: Visit) -> None:
    page = visit("/uk/report/")
    report = fill_in(page, "Ліхтар гасне.")
    sent = sent_bodies(page)
    page.route("**/api/appeals", lambda route: route.abort())
    report.send()
    expect(page.locator("#sending")).to_contain_text("Немає зв’язку")
    page.locator("#text").fill("Ліхтар гасне щогодини.")
    expect(page.locator("#sending")).to_contain_text("Натисніть «Надіслати»")
    page.unroute("**/api/appeals")
    report.send()
    report.sent()
    assert len({key for key, _ in sent}) == 2
    assert sent[-1][1]["text"] == "Ліхтар гасне щогодини."


def test_a_photo_waits_for_the_network_and_the_appeal_for_the_photo(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit("/uk/report/")
    report = fill_in(page, "Ліхтар розбито.")
    page.context.set_offline(True)
    page.locator("#photos").set_input_files(picture(tmp_path / "lamp.jpg", 31))
    expect(page.locator("#photos-list li")).to_contain_text("немає зв’язку")
    sent = sent_bodies(page)
    report.send()
    expect(page.locator("#sending")).to_contain_text("Немає зв’язку")
    page.context.set_offline(False)
    report.sent()
    assert len(sent[-1][1]["uploads"]) == 1


def test_a_form_that_a_program_fills_in_is_marked_and_taken(visit: Visit, cloud: Cloud) -> None:
    page = visit("/uk/report/")
    report = fill_in(page, "Купуйте лампи.")
    page.evaluate("document.getElementById('website').value = 'https://lamps.example'")
    report.send()
    filed = report.sent()
    card, _ = get(cloud, f"/cards/{filed.number}", "operator")
    assert "machine" in card["flags"]


def test_a_person_is_never_marked(visit: Visit, cloud: Cloud) -> None:
    page = visit("/uk/report/")
    report = fill_in(page, "Ліхтар світить у вікно.")
    sent = sent_bodies(page)
    report.send()
    filed = report.sent()
    card, _ = get(cloud, f"/cards/{filed.number}", "operator")
    assert "machine" not in card["flags"]
    assert "website" not in sent[0][1]
    assert sent[0][1]["filled_ms"] >= 2000


def test_the_form_needs_no_map_and_no_place_of_the_registry(visit: Visit) -> None:
    page = visit("/uk/report/")
    assert page.locator("canvas, iframe, .leaflet-container").count() == 0
    page.locator("#place-street").fill("за гаражами")
    page.locator("#place-street").press("Escape")
    page.locator("#signal").check()
    page.locator("#text").fill("Немає містка.")
    page.locator("#text").press("Tab")
    page.locator("#send").press("Enter")
    ReportPage(page).sent()
