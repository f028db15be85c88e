"""What takes an appeal off its usual way: questions, other bodies, duplicates, withdrawal."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.access import faults
from tests.e2e.browser import PHONE, Cloud, Visit, picture
from tests.e2e.desk import act, become, get, sit_down
from tests.e2e.pages import file_appeal, follow

pytestmark = pytest.mark.e2e

TOPIC, UNIT = "LI-01", "svitlo"


def test_a_question_is_answered_with_a_photo_and_the_appeal_is_withdrawn(
    visit: Visit, cloud: Cloud, tmp_path: Path
) -> None:
    filed = file_appeal(cloud, TOPIC, "Не світить.")
    question = {"text": "Котрий саме стовп?", "lack": "data"}
    act(cloud, filed.number, "clarify", question, "responsible", UNIT)
    page = follow(visit, filed, PHONE)
    expect(page.locator(".note.warning")).to_contain_text("Котрий саме стовп?")
    page.get_by_role("button", name="Дописати").click()
    page.get_by_role("button", name="Надіслати", exact=True).click()
    expect(page.locator("#summary")).to_be_focused()
    assert faults(page) == []
    page.locator("#words").fill("Третій від рогу.")
    page.locator("#photos").set_input_files(picture(tmp_path / "lamp.jpg", 41))
    expect(page.locator("#photos-list")).to_contain_text("готово")
    page.get_by_role("button", name="Надіслати", exact=True).click()
    expect(page.locator("#state")).to_contain_text("додано")
    expect(page.locator(".note.warning")).to_have_count(0)
    card, _ = get(cloud, f"/cards/{filed.number}", "responsible", UNIT)
    assert [item["about"] for item in card["evidence"]] == ["appeal"]
    assert card["clarification"]["answered_at"]
    page.get_by_role("button", name="Відкликати звернення").click()
    page.locator("#words").fill("Полагодили самі.")
    page.get_by_role("button", name="Відкликати", exact=True).click()
    expect(page.locator("#view .tag").first).to_have_text("Відкликано заявником")
    expect(page.get_by_role("button", name="Відкликати звернення")).to_have_count(0)


def test_another_body_answers_once_by_its_link(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Не світить на трасі.")
    desk = sit_down(visit, cloud, filed.number, "operator")
    desk.act("Надіслати іншому органу", body="Служба доріг", reason="Траса державна.")
    desk.start("Посилання для відповіді")
    link = desk.page.locator("#outside-link")
    expect(link).to_be_visible()
    body = visit(link.input_value().removeprefix(cloud.site), PHONE)
    expect(body.locator("#matter")).to_contain_text("Не світить на трасі.")
    expect(body.locator("#matter")).not_to_contain_text("Перевірна")
    body.get_by_role("button", name="Надіслати відповідь").click()
    expect(body.locator("#summary")).to_be_focused()
    assert faults(body) == []
    body.locator("#text").fill("Полагодимо до п’ятниці.")
    body.get_by_role("button", name="Надіслати відповідь").click()
    expect(body.locator("#state")).to_contain_text("Дякуємо")
    expect(body.locator("form")).to_be_hidden()
    resident = follow(visit, filed)
    expect(resident.locator("#view")).to_contain_text("Полагодимо до п’ятниці.")
    assert faults(resident) == []


def test_a_refusal_says_how_to_complain_and_duplicates_are_joined(
    visit: Visit, cloud: Cloud
) -> None:
    main = file_appeal(cloud, TOPIC, "Ліхтар вимкнено.")
    filed = file_appeal(cloud, TOPIC, "Той самий ліхтар.")
    desk = sit_down(visit, cloud, filed.number, "coordinator")
    page = desk.page
    desk.start("Не розглядати")
    assert faults(page) == []
    desk.start("Приєднати")
    expect(page.locator(f"#do-join option[value='{main.number}']")).to_have_count(1)
    desk.fill(to=main.number)
    desk.save("Приєднати")
    expect(page.locator("aside")).to_contain_text(main.number)
    desk.act("Від’єднати", reason="Це інший ліхтар.")
    desk.act("Не розглядати", ground="incapable", reason="Рішення суду додано.")
    resident = follow(visit, filed)
    expect(resident.locator("#view")).to_contain_text("поскаржтеся")
    become(desk, cloud, main.number, "head", UNIT)
    desk.act("Прийняти в роботу")
    desk.act("Призначити виконавця робіт", performer="Бригада Перевірна")
    desk.start("Відзвітувати")
    expect(page.locator("[name=complain_to]")).to_have_count(0)
    desk.fill(result="refused", text="Ліхтар не міський.")
    page.locator("#action button[type=submit]").click()
    expect(page.locator("#action .summary li")).to_have_count(2)
    desk.fill(ground="Стаття 15", complain_to="Міська рада, місяць")
    desk.save("Відзвітувати")


def test_a_complaint_with_all_that_few_people_fill_in(visit: Visit, cloud: Cloud) -> None:
    page = visit("/uk/report/", PHONE)
    page.locator("#text").fill("Ліхтарі не лагодять.")
    page.locator("#place-street").fill("вулиця Соборна")
    page.locator("#place-street").press("Escape")
    page.locator("#applicant-name").fill("Олена Перевірна")
    page.locator("#applicant-phone").fill("0501234567")
    page.locator("#same").check()
    page.locator("#further summary").click()
    page.get_by_label("Скарга на дії").check()
    about = page.locator("#complaint_about")
    about.select_option(UNIT)
    page.locator("#co_applicants").fill("Іван Перший\nІрина Друга")
    page.locator("#benefit").select_option("disability")
    page.get_by_label("Хочу бути присутнім").check()
    page.get_by_label("Не повідомляти виконавцеві").check()
    assert faults(page) == []
    page.reload()
    expect(about).to_have_value(UNIT)
    page.locator("#send").click()
    page.wait_for_url("**/done/")
    number = page.locator("#number")
    expect(number).to_be_visible()
    desk = sit_down(visit, cloud, number.inner_text(), "operator")
    expect(desk.page.locator("aside")).to_contain_text("Міськсвітло")
    expect(desk.page.locator(".file .row").first).to_contain_text("обслуговується першочергово")
