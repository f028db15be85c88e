"""What executors ask for in the first city: another executor, more time, a plan; who decides."""

from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access import faults
from tests.e2e.browser import CITY_ZONE, PHONE, Cloud, Visit
from tests.e2e.desk import act, become, get, send, sit_down, take_in
from tests.e2e.pages import Filed, file_appeal, follow

pytestmark = pytest.mark.e2e

TOPIC, UNIT, OTHER, OTHER_NAME = "LI-01", "svitlo", "shliakhy", "КП «Шляхи та благоустрій»"
PASSED = "until => new Promise(done => setTimeout(done, Math.max(0, until - Date.now())))"


def decide(page: Page, number: str, reason: str, **chosen: str) -> None:
    """Approve the request of a card on the page of requests."""
    item = page.locator(".card").filter(has_text=number)
    item.get_by_role("button", name="Вирішити").click()
    item.locator("[value=approve]").check()
    for name, value in chosen.items():
        item.locator(f"[name={name}]").select_option(value)
    item.locator("[name=reason]").fill(reason)
    item.get_by_role("button", name="Записати").click()
    expect(page.locator(".said")).to_contain_text(number)


def broken_extension(cloud: Cloud) -> tuple[Filed, datetime]:
    """An appeal that came long ago, and whose granted extension ends in a moment."""
    long_ago = datetime.now(UTC) - timedelta(days=9)
    filed = take_in(
        cloud, "operator", topic=TOPIC, channel="phone", received_at=long_ago.isoformat()
    )
    act(cloud, filed.number, "accept", {}, "responsible", UNIT)
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
    asked = {"kind": "extension", "reason": "Чекаємо лампу.", "new_due_at": until.isoformat()}
    request = act(cloud, filed.number, "requests", asked, "responsible", UNIT)
    approved = {"decision": "approve", "reason": "Згода."}
    send(cloud, f"/requests/{request['id']}/decision", approved, "coordinator")
    return filed, until


def test_after_a_broken_extension_a_head_has_to_know_before_another_is_granted(
    visit: Visit, cloud: Cloud
) -> None:
    filed, until = broken_extension(cloud)
    desk = sit_down(visit, cloud, filed.number, "responsible", UNIT)
    page = desk.page
    page.evaluate(PASSED, until.timestamp() * 1000)
    desk.start("Просити подовження")
    day = (datetime.now(CITY_ZONE) + timedelta(days=5)).date().isoformat()
    desk.fill(new_due_at=day, reason="Лампу везуть.")
    page.locator("#action button[type=submit]").click()
    expect(page.locator("#action .summary")).to_contain_text("K-5.2.2")
    assert faults(page) == []
    desk.fill(responsible_person="Михайло Рябокінь")
    desk.save("Просити подовження")
    card, _ = get(cloud, f"/cards/{filed.number}", "coordinator")
    request = card["requests"][-1]
    approved = {"decision": "approve", "reason": "Згода."}
    with pytest.raises(HTTPError) as refused:
        send(cloud, f"/requests/{request['id']}/decision", approved, "coordinator")
    assert refused.value.code == 409
    become(desk, cloud, "requests", "next_head", UNIT)
    item = page.locator(".card").filter(has_text=filed.number)
    item.get_by_role("button", name="Ознайомитися").click()
    assert faults(page) == []
    item.get_by_role("button", name="Я ознайомлений").click()
    expect(page.locator(".said")).to_contain_text(filed.number)
    become(desk, cloud, "requests", "coordinator")
    expect(page.locator(".card").filter(has_text=filed.number)).to_contain_text("Наталія Яворик")
    decide(page, filed.number, "Востаннє.")
    become(desk, cloud, filed.number, "coordinator")
    expect(page.locator("aside")).to_contain_text("Лампу везуть.")
    resident = follow(visit, filed)
    expect(resident.locator(".facts")).to_contain_text("Лампу везуть.")


def test_an_unknown_executor_is_appointed_and_another_is_drawn_in(
    visit: Visit, cloud: Cloud
) -> None:
    filed = file_appeal(cloud, TOPIC, "Стовп на дорозі.")
    desk = sit_down(visit, cloud, filed.number, "responsible", UNIT)
    page = desk.page
    desk.act("Просити зміну виконавця", to_executor="unknown", reason="Це не наш стовп.")
    become(desk, cloud, "requests", "coordinator")
    item = page.locator(".card").filter(has_text=filed.number)
    expect(item).to_contain_text("не знають")
    decide(page, filed.number, "Дорога їхня.", to_executor=OTHER)
    become(desk, cloud, filed.number, "responsible", OTHER)
    expect(page.locator("aside")).to_contain_text(OTHER_NAME)
    desk.act("Просити співвиконавця", to_executor=UNIT, reason="Потрібна вишка.")
    become(desk, cloud, filed.number, "coordinator")
    desk.act("Вирішити: залучення співвиконавця", decision="approve", reason="Разом.")
    expect(page.locator("aside")).to_contain_text("Співвиконавці")


def test_a_strategic_plan_is_answered_with_reasons_and_stands_in_the_public_list(
    visit: Visit, cloud: Cloud
) -> None:
    filed = file_appeal(cloud, TOPIC, "Потрібне нове освітлення парку.")
    desk = sit_down(visit, cloud, filed.number, "responsible", UNIT)
    desk.act(
        "Просити включення до плану",
        **{
            "plan.name": "Світле місто",
            "plan.programme": "Енергоощадність",
            "plan.year": "2028",
            "plan.funding": "бюджет",
        },
        reason="Потрібен проєкт.",
    )
    become(desk, cloud, "requests", "coordinator")
    expect(desk.page.locator(".cards")).to_contain_text("Світле місто, 2028. Кошти: бюджет")
    decide(desk.page, filed.number, "Парк освітлять за програмою.")
    resident = follow(visit, filed, PHONE)
    expect(resident.locator(".history")).to_contain_text("Парк освітлять за програмою.")
    resident.get_by_role("link", name="Усі планові роботи").click()
    planned = resident.locator("#plans .panel").filter(has_text=filed.number)
    expect(planned).to_contain_text("вулиця Соборна")
    for entered in ("Світле місто", "Енергоощадність", "2028", "бюджет"):
        expect(planned.locator("dl")).to_contain_text(entered)
    assert faults(resident) == []
