"""The journey of the second city in the browser: an emergency extended, a reply signed and out."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.access import faults
from tests.e2e.browser import CITY_ZONE, PHONE, Cloud, Visit, picture
from tests.e2e.desk import act, become, get, sit_down, take_in
from tests.e2e.pages import Filed, follow

pytestmark = pytest.mark.e2e

UNIT, UNIT_NAME = "blahoustrii", "Відділ благоустрою"
NORMAL, EMERGENCY = "GR-04", "GR-01"
LOCAL = "%Y-%m-%dT%H:%M"


def arrived(city: Cloud, topic: str, external_id: str, **facts: str) -> Filed:
    """What the clerk registers from the official address."""
    return take_in(
        city, "clerk", topic=topic, channel="official_mail", external_id=external_id, **facts
    )


def test_an_emergency_is_extended_by_the_head_alone_in_its_eleventh_hour(
    visit: Visit, kryvyi_rih: Cloud
) -> None:
    now = datetime.now(CITY_ZONE)
    filed = arrived(
        kryvyi_rih, EMERGENCY, "CC-11", received_at=(now - timedelta(hours=11)).isoformat()
    )
    desk = sit_down(visit, kryvyi_rih, filed.number, "clerk")
    page = desk.page
    expect(page.locator("aside")).to_contain_text("CC-11")
    desk.act("Надіслати виконавцю", executor=UNIT, reason="За класифікатором.")
    become(desk, kryvyi_rih, filed.number, "responsible", UNIT)
    desk.act("Надрукувати картку")
    desk.act("Прийняти в роботу")
    become(desk, kryvyi_rih, filed.number, "head", UNIT)
    desk.act("Призначити виконавця робіт", performer="Ганна Горобенко")
    wanted = (now + timedelta(hours=30)).strftime(LOCAL)
    desk.start("Просити подовження")
    expect(page.locator(".note").filter(has_text="Рішення приймають до")).to_be_visible()
    assert faults(page) == []
    desk.fill(new_due_at=wanted, reason="Потрібен кран.")
    desk.save("Просити подовження")
    become(desk, kryvyi_rih, "requests", "head", UNIT)
    item = page.locator(".card").filter(has_text=filed.number)
    item.get_by_role("button", name="Вирішити").click()
    item.locator("[value=approve]").check()
    item.locator("textarea").fill("Кран замовлено.")
    item.get_by_role("button", name="Записати").click()
    expect(page.locator(".said")).to_contain_text(filed.number)
    card, _ = get(kryvyi_rih, f"/cards/{filed.number}", "head", UNIT)
    assert card["due_at"].startswith(wanted)
    resident = follow(visit, filed, PHONE, at=kryvyi_rih)
    expect(resident.locator(".facts")).to_contain_text("Потрібен кран.")


def test_a_reply_is_drafted_submitted_signed_handed_over_and_published(
    visit: Visit, kryvyi_rih: Cloud, tmp_path: Path
) -> None:
    filed = arrived(kryvyi_rih, NORMAL, "CC-12")
    act(kryvyi_rih, filed.number, "route", {"executor": UNIT, "reason": "Клас."}, "clerk", "")
    act(kryvyi_rih, filed.number, "accept", {}, "head", UNIT)
    named = {"performer": f"{UNIT}-performer-1"}
    act(kryvyi_rih, filed.number, "assign", named, "head", UNIT)
    desk = sit_down(visit, kryvyi_rih, filed.number, "performer", UNIT)
    page = desk.page
    desk.act("Спроба зв’язку", outcome="no_answer")
    desk.add_evidence(picture(tmp_path / "grass.jpg", 31))
    desk.act("Відзвітувати", result="done", text="Траву скошено.")
    desk.act("Скласти відповідь", text="Траву скошено на всій ділянці.")
    expect(page.locator("#reply-panel")).to_contain_text("не вдалося")
    become(desk, kryvyi_rih, filed.number, "head", UNIT)
    desk.start("Подати на підпис")
    assert faults(page) == []
    desk.save("Подати на підпис")
    become(desk, kryvyi_rih, filed.number, "signatory")
    desk.start("Підписати")
    package = page.locator("#action .background")
    for part in ("залиш", "Траву скошено на всій ділянці.", "не вдалося", "Фото 1"):
        expect(package).to_contain_text(part)
    assert faults(page) == []
    desk.save("Підписати")
    desk.act("Відкликати підпис", reason="Не та ділянка.")
    desk.act("Підписати")
    become(desk, kryvyi_rih, filed.number, "responsible", UNIT)
    desk.act("Передати до оприлюднення")
    become(desk, kryvyi_rih, filed.number, "clerk")
    desk.act("Оприлюднити")
    desk.status("Розгляд завершено")
    expect(page.locator("#reply-panel")).to_contain_text("Розміщено")
    assert faults(page) == []
    resident = follow(visit, filed, PHONE, at=kryvyi_rih)
    expect(resident.get_by_text("Траву скошено на всій ділянці.")).to_be_visible()
    assert faults(resident) == []


def test_a_message_about_two_matters_becomes_two_cards_and_another_topic_is_found(
    visit: Visit, kryvyi_rih: Cloud
) -> None:
    filed = arrived(kryvyi_rih, NORMAL, "CC-13", text="Трава і яма.")
    desk = sit_down(visit, kryvyi_rih, filed.number, "clerk")
    page = desk.page
    desk.start("Поділити")
    page.locator("#action button[type=submit]").click()
    expect(page.locator("#action .summary li")).to_have_count(3)
    assert faults(page) == []
    page.locator("[name='parts.0.text']").fill("Трава.")
    page.locator("[name='parts.1.text']").fill("Яма.")
    desk.choose_topic(0, "трав", "Покіс трави")
    desk.choose_topic(1, "zvf", "Яма на дорозі")
    desk.save("Поділити")
    part = page.locator("a.another").first
    part.click()
    expect(page.locator(".essence")).to_have_text("Яма.")
    desk.start("Змінити тему")
    page.locator("#do-reclassify-topic").fill("тротуар")
    page.get_by_role("option", name="Ремонт тротуару").click()
    desk.fill(reason="Це тротуар.")
    desk.save("Змінити тему")
    expect(page.locator(".lead")).to_contain_text("Ремонт тротуару")
