"""A text that people have to read: its receipt, two people who refuse, one who registers."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE, Cloud, Visit, overflow
from tests.e2e.desk import REMEMBER, get, send
from tests.e2e.pages import ReportPage, account_of, file_appeal, follow, session_of

pytestmark = pytest.mark.e2e

INCITES = "Закликаю: виженіть силою всіх цих віруючих з району!"
OBSCENE = "Г0вно, а не ліхтар на розі."
WHY = "Це заклик до насильства через віру."


def sent_with_a_receipt(visit: Visit, text: str) -> Page:
    """Send what must wait; return the page of its receipt."""
    page = visit("/uk/report/", PHONE)
    report = ReportPage(page)
    report.choose_street("проскур", "вулиця Проскурівська")
    report.describe(text, building="64")
    report.send()
    page.wait_for_url("**/uk/receipt/#*")
    expect(page.locator("#told h2")).to_have_text("Звернення читають працівники")
    expect(page.locator("#told h2")).to_be_focused()
    assert overflow(page) <= 0
    return page


def judging(page: Page, cloud: Cloud, username: str) -> None:
    """Give the seat at the quarantine to a person."""
    account = next(one for one in cloud.accounts if one["username"] == username)
    page.evaluate(REMEMBER, session_of(cloud, account))
    page.goto("/console/#/quarantine")
    page.reload()


def decide(page: Page, text: str, button: str, reason: str) -> None:
    """Decide about the text in the words of the button."""
    item = page.locator(".cards .card").filter(has_text=text)
    item.get_by_role("button", name=button).click()
    item.locator("textarea").fill(reason)
    item.locator("form button[type=submit]").click()


def looked_again(page: Page, heading: str) -> None:
    """Ask again as the author does, until the receipt says so."""
    page.locator("#again").click()
    expect(page.locator("#told h2")).to_have_text(heading)


def test_two_people_refuse_and_the_author_is_told_why(visit: Visit, cloud: Cloud) -> None:
    text = f"{INCITES} Перший."
    receipt = sent_with_a_receipt(visit, text)
    page = visit("/console/")
    judging(page, cloud, "operator")
    item = page.locator(".cards .card").filter(has_text="Перший.")
    expect(item.locator("mark").first).to_contain_text("розпалювання ворожнечі")
    decide(page, "Перший.", "Відмовити", "Схоже на заклик.")
    expect(page.locator(".said")).to_contain_text("погодиться інша людина")
    expect(item).to_contain_text("Ви вже відмовили")
    expect(item.get_by_role("button", name="Погодитися")).to_have_count(0)
    judging(page, cloud, "coordinator")
    expect(item).to_contain_text("Схоже на заклик.")
    decide(page, "Перший.", "Погодитися з відмовою", WHY)
    expect(page.locator(".said")).to_contain_text("Відмову підтверджено")
    page.get_by_role("link", name="Вирішені").click()
    expect(item).to_contain_text(WHY)
    looked_again(receipt, "Звернення не зареєстровано")
    expect(receipt.locator("#reason")).to_have_text(WHY)
    expect(receipt.locator("#complain")).to_contain_text("суд")
    expect(receipt.locator("#again")).to_be_hidden()


def test_one_person_registers_and_the_receipt_gives_number_and_code(
    visit: Visit, cloud: Cloud
) -> None:
    text = f"{INCITES} Другий."
    receipt = sent_with_a_receipt(visit, text)
    page = visit("/console/")
    judging(page, cloud, "operator")
    decide(page, "Другий.", "Зареєструвати", "Це цитата з оголошення.")
    expect(page.locator(".said")).to_contain_text("Зареєстровано")
    looked_again(receipt, "Звернення зареєстровано")
    receipt.get_by_role("link", name="Стежити за зверненням").click()
    expect(receipt.locator("#view")).to_contain_text("Другий.")


def test_a_receipt_is_found_by_hand_and_outlives_a_store_that_is_away(
    visit: Visit, cloud: Cloud
) -> None:
    body = {
        "text": f"{INCITES} Третій.",
        "place": {"street": "вулиця Соборна", "building": "12"},
        "kind": "signal",
    }
    token = send(cloud, "/appeals", body, "operator")["receipt"]
    page = visit("/uk/receipt/")
    page.locator("#receipt").fill("k1.nobody.X")
    page.locator("#find button").click()
    expect(page.locator("#summary")).to_contain_text("Такої квитанції немає")
    page.route("**/api/receipts/*", lambda route: route.fulfill(status=503, body="{}"))
    page.locator("#receipt").fill(f"{cloud.site}/en/receipt/#{token}")
    page.locator("#find button").click()
    expect(page.locator("#away")).to_contain_text("не загубилося")
    page.unroute("**/api/receipts/*")
    looked_again(page, "Звернення читають працівники")
    expect(page.locator("#away")).to_be_hidden()


def test_hidden_words_are_opened_on_purpose_and_the_history_says_so(
    visit: Visit, cloud: Cloud
) -> None:
    filed = file_appeal(cloud, "LI-01", OBSCENE)
    session = session_of(cloud, account_of(cloud, "coordinator"))
    page = visit(f"/console/#/cards/{filed.number}", session=session)
    essence = page.locator(".essence").first
    expect(essence).to_have_text("***, а не ліхтар на розі.")
    page.get_by_role("button", name="Відкрити текст").click()
    expect(essence).to_have_text(OBSCENE)
    card, _ = get(cloud, f"/cards/{filed.number}", "coordinator")
    assert card["history"][-1]["event"] == "text_opened"
    expect(follow(visit, filed).locator("#view")).to_contain_text(OBSCENE)
