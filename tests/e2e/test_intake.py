"""A call is taken by the keyboard alone: an appeal, a consultation, a join, the end of a talk."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Cloud, Visit
from tests.e2e.desk import REMEMBER, become, get, take_in
from tests.e2e.intake_states import Keyboard, ring
from tests.e2e.pages import CODE, Console, account_of, post, session_of

pytestmark = pytest.mark.e2e

MOST_KEYS = 30
"""How many keys an ordinary appeal may take, its texts aside."""


def test_an_appeal_is_taken_in_by_keys_alone_and_survives_a_reload(
    visit: Visit, cloud: Cloud
) -> None:
    page = ring(visit, cloud, "+380670000201", "k-1")
    keys = Keyboard(page)
    keys.choose("ленін")
    keys.type("12")
    keys.press("Tab", "Tab")
    keys.type("Не світить ліхтар біля шостого під’їзду.")
    page.reload()
    expect(page.locator("#intake-text")).to_have_value("Не світить ліхтар біля шостого під’їзду.")
    expect(page.locator("[id='intake-place.street']")).to_be_focused()
    keys.press("Tab", "Tab", "Tab", "Tab")
    keys.choose("ks[nfh")  # «ліхтар» on the other layout
    expect(page.locator(".meaning a[href^='tel:']")).to_be_visible()
    keys.type("Перевірна Олена")
    keys.press("Control+Enter")
    expect(page.locator("#filed")).to_be_focused()
    assert keys.pressed <= MOST_KEYS
    code = page.locator("#code").inner_text()
    assert re.match(CODE, "-".join(code.split()))
    number = page.locator("#filed").inner_text().split()[-1]
    page.reload()
    expect(page.locator("#code")).to_have_text(code.replace("\n", ""))
    card, _ = get(cloud, f"/cards/{number}", "coordinator")
    assert (card["channel"], card["status"]) == ("phone", "sent")
    assert card["place"]["street"] == "площа Незалежності"  # known by its old name
    assert card["topic"]["code"].startswith("LI")
    page.locator(".filed summary").first.click()
    page.locator("#do-duty-call [name=outcome]").select_option("reached")
    page.locator("#do-duty-call button").click()
    expect(page.locator(".filed .said")).to_contain_text("Записано")
    keys.press("F9")
    expect(page.locator("#caller")).to_be_focused()
    expect(page.locator("#intake-text")).to_have_value("")
    card, _ = get(cloud, f"/cards/{number}", "coordinator")
    assert "duty_phoned" in [line["event"] for line in card["history"]]


def test_a_call_in_a_tab_of_its_own_is_a_consultation_and_a_join_by_one_key_each(
    visit: Visit, cloud: Cloud
) -> None:
    place = {"street": "вулиця Проскурівська", "building": "33"}
    main = take_in(cloud, "operator", channel="in_person", topic="LI-01", place=place)
    desk = visit("/console/")
    desk.evaluate(REMEMBER, session_of(cloud, account_of(cloud, "operator")))
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Черга")
    page = desk.context.new_page()
    ringing = {"caller": "+380670000202", "called": "1580", "call_id": "k-2"}
    page.goto(post(cloud, "/telephony/screen", ringing)[0]["card_url"])
    expect(page.locator("[id='intake-place.street']")).to_be_focused()
    keys = Keyboard(page)
    keys.choose("лібкнехта")
    keys.type("33")
    expect(page.locator(".near .marked")).to_contain_text(main.number)
    keys.press("F2")
    expect(page.locator("#deed-consult")).to_be_disabled()
    expect(page.locator(".caller .said")).to_contain_text("зараховано")
    keys.press("F4")
    expect(page.locator("#filed")).to_contain_text("Приєднано")
    number = page.locator("#filed").inner_text().split()[-1]
    card, _ = get(cloud, f"/cards/{number}", "coordinator")
    assert (card["status"], card["joined_to"]) == ("joined", main.number)
    calls, _ = get(cloud, "/callers/+380670000202", "operator")
    assert [event["event"] for event in calls["calls"]] == ["consulted"]


def test_after_two_warnings_the_talk_is_ended_and_the_number_blocked_until_it_is_lifted(
    visit: Visit, cloud: Cloud
) -> None:
    page = ring(visit, cloud, "+380670000203", "k-3")
    keys = Keyboard(page)
    keys.press("F8", "Shift+F8", "F8")
    expect(page.locator("#deed-end")).to_be_visible()
    keys.press("Shift+F8")
    expect(page.locator(".caller .said")).to_contain_text("завершено")
    page.get_by_role("button", name="Заблокувати номер").click()
    page.locator("#block [name=reason]").fill("Лайка й погрози")
    page.locator("#block button[type=submit]").click()
    expect(page.locator(".caller .note.danger")).to_contain_text("дзвінок k-3")
    calls, _ = get(cloud, "/callers/+380670000203", "operator")
    events = sorted(event["event"] for event in calls["calls"])
    assert events == ["block_placed", "ended", "warned", "warned"]
    console = Console(page)
    become(console, cloud, "blocks", "coordinator")
    item = page.locator(".card").filter(has_text="+380670000203")
    item.get_by_role("button", name="Підтвердити").click()
    item.locator("[name=hours]").fill("48")
    item.locator("button[type=submit]").click()
    expect(item.locator(".tag")).to_contain_text(", підтверджено")
    item.get_by_role("button", name="Зняти").click()
    expect(item).to_have_count(0)
