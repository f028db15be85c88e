"""The pages of the city's admin: executors and their people, and the report on discipline."""

import pytest
from playwright.sync_api import expect

from tests.e2e.access import faults
from tests.e2e.browser import Cloud, Visit
from tests.e2e.desk import sit_down

pytestmark = pytest.mark.e2e

UNIT_NAME = "КП «Притулок для тварин»"


def test_people_are_appointed_replaced_and_an_executor_is_suspended(
    visit: Visit, cloud: Cloud
) -> None:
    page = sit_down(visit, cloud, "directory", "admin").page
    panel = page.locator(".executor").filter(has_text=UNIT_NAME)
    panel.locator("summary").click()
    panel.get_by_role("button", name="Призначити особу").click()
    panel.get_by_role("button", name="Записати").click()
    expect(panel.locator(".summary li")).to_have_count(2)
    assert faults(page) == []
    panel.locator("[name=role]").select_option("performer")
    panel.locator("[name=name]").fill("Ольга Нова")
    panel.get_by_role("button", name="Записати").click()
    expect(page.locator(".said")).to_contain_text(UNIT_NAME)
    person = panel.locator("li").filter(has_text="Ольга Нова")
    person.get_by_role("button", name="Відсутність").click()
    panel.locator("[name=from]").fill("2026-01-01")
    panel.locator("[name=until]").fill("2035-12-31")
    panel.locator("[name=substitute]").select_option(index=1)
    panel.locator("[name=reason]").fill("Відпустка.")
    panel.get_by_role("button", name="Записати").click()
    expect(person).to_contain_text("відсутній")
    person.get_by_role("button", name="Уже на місці").click()
    expect(person).not_to_contain_text("відсутній")
    person.get_by_role("button", name="Звільнити").click()
    panel.locator("[name=reason]").fill("За власним бажанням.")
    panel.get_by_role("button", name="Записати").click()
    expect(person).to_have_count(0)
    panel.get_by_role("button", name="Призупинити").click()
    panel.locator("[name=reason]").fill("Ліквідація.")
    panel.get_by_role("button", name="Записати").click()
    expect(panel.locator("summary")).to_contain_text("призупинено")
    panel.get_by_role("button", name="Зняти призупинення").click()
    expect(panel.locator("summary")).to_contain_text("отримує звернення")


def test_discipline_of_a_period_is_read_and_taken_as_a_table(visit: Visit, cloud: Cloud) -> None:
    page = sit_down(visit, cloud, "reports", "coordinator").page
    page.get_by_role("button", name="Показати").click()
    expect(page.get_by_role("row", name="Усього")).to_be_visible()
    assert faults(page) == []
    with page.expect_download() as taken:
        page.get_by_role("button", name="Завантажити таблицю").click()
    assert taken.value.suggested_filename.startswith("discipline-")
