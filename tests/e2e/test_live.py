"""The console hears at once, says when it cannot, and comes back by itself."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect

from tests.e2e.browser import PHONE, Cloud, Visit, overflow
from tests.e2e.desk import act, sit_down
from tests.e2e.pages import Console, Filed, account_of, file_appeal, session_of
from tests.e2e.states import EMERGENCY, EXECUTOR, TOPIC
from tests.infra.line import Line

pytestmark = pytest.mark.e2e

OTHER_TOPIC, OTHER = "WA-02", "vodokanal"
AT_ONCE_MS = 6_000
"""Far from the 15 s of polling, on a busy machine too; test_live_line.py says how soon it is."""
POLLED_MS = 25_000


@pytest.fixture(scope="module", autouse=True)
def _awake(cloud: Cloud) -> None:
    """Let every function between an appeal and a console be called once: first calls are slow."""
    session = session_of(cloud, account_of(cloud, "coordinator"))
    with Line(f"{cloud.site.replace('http', 'ws')}/ws") as line:
        line.say({"token": session["access_token"]})
        assert line.hear() == {"live": True}
        file_appeal(cloud, TOPIC, "Перша.")
        assert line.hear()


class Ear:
    """What a page's WebSockets were told, and whether the last of them is open."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        self.said: list[str] = []
        self.addresses: list[str] = []
        self._last: WebSocket | None = None
        page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        self._last = socket
        self.addresses.append(socket.url)
        socket.on("framereceived", lambda frame: self.heard.append(str(frame)))
        socket.on("framesent", lambda frame: self.said.append(str(frame)))

    @property
    def is_closed(self) -> bool:
        """Whether the last connection has ended."""
        return self._last is not None and self._last.is_closed()

    @property
    def news(self) -> list[dict[str, Any]]:
        """The news that was heard."""
        return [each for each in map(json.loads, self.heard) if "number" in each]


class Cable:
    """The way of a page's WebSocket, which a test can cut."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        self._ends: list[WebSocketRoute] = []
        page.route_web_socket("**/ws", self._routed)

    def _routed(self, end: WebSocketRoute) -> None:
        if self.is_cut:
            end.close()
        else:
            self._ends.append(end)
            end.connect_to_server()

    def cut(self) -> None:
        """End what is open, and let nothing new through."""
        self.is_cut = True
        for end in self._ends:
            end.close()
        self._ends.clear()


def desk(visit: Visit, cloud: Cloud, role: str, executor: str = "", width: int = 1280) -> Page:
    """Open the queue of somebody, and wait until it is live."""
    page = Console.at(visit, cloud, account_of(cloud, role, executor)).page
    page.set_viewport_size({"width": width, "height": 900})
    wait_for(page, "Наживо")
    return page


def wait_for(page: Page, words: str, timeout: float = 10_000) -> None:
    """Wait until the page says so of its line."""
    expect(page.locator(".line")).to_contain_text(words, timeout=timeout)


def row(page: Page, filed: Filed) -> Any:
    """The row of a card."""
    return page.locator(f"#row-{filed.number}")


def until(holds: Callable[[], bool], page: Page) -> None:
    """Let the page go on until something holds."""
    ends_at = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < ends_at
        page.evaluate("() => new Promise(requestAnimationFrame)")


@pytest.mark.clause("K-3.3")
def test_a_new_appeal_stands_in_the_queues_of_those_concerned_at_once(
    visit: Visit, cloud: Cloud
) -> None:
    executor = desk(visit, cloud, "responsible", EXECUTOR)
    centre = desk(visit, cloud, "coordinator")
    filed = file_appeal(cloud, TOPIC, "Щойно згасло.")
    for page in (executor, centre):
        expect(page.get_by_text(filed.number).first).to_be_visible(timeout=AT_ONCE_MS)
    expect(row(executor, filed)).to_contain_text("щойно надійшла")
    expect(executor.locator(".fresh")).to_have_attribute("role", "status")
    executor.get_by_role("button", name="нова – показати").click()
    expect(row(executor, filed).locator("a.number")).to_be_focused()
    expect(executor.locator(".fresh")).to_be_empty()


def test_who_is_not_concerned_hears_nothing(visit: Visit, cloud: Cloud) -> None:
    page = desk(visit, cloud, "responsible", OTHER)
    ear = Ear(page)
    page.reload()
    wait_for(page, "Наживо")
    file_appeal(cloud, TOPIC, "Не для водоканалу.")
    own = file_appeal(cloud, OTHER_TOPIC, "Для водоканалу.")
    expect(row(page, own)).to_be_visible(timeout=AT_ONCE_MS)
    until(lambda: bool(ear.news), page)
    assert {(each["number"], each["executor"]) for each in ear.news} == {(own.number, OTHER)}


def test_what_is_heard_names_no_person_and_the_address_no_token(visit: Visit, cloud: Cloud) -> None:
    page = desk(visit, cloud, "responsible", EXECUTOR)
    ear = Ear(page)
    page.reload()
    wait_for(page, "Наживо")
    filed = file_appeal(cloud, TOPIC, "Темно біля арки.")
    until(lambda: bool(ear.news), page)
    assert all(set(each) == {"number", "executor", "event", "version"} for each in ear.news)
    assert ear.news[0]["number"] == filed.number
    assert ear.addresses == [f"{cloud.site.replace('http', 'ws')}/ws"]
    assert "token" in ear.said[0]


def test_an_emergency_stands_out(visit: Visit, cloud: Cloud) -> None:
    page = desk(visit, cloud, "responsible", EXECUTOR)
    filed = file_appeal(cloud, EMERGENCY, "Відкритий щиток опори.")
    expect(row(page, filed)).to_be_visible(timeout=AT_ONCE_MS)
    expect(page.locator(".fresh")).to_contain_text("Є аварійна")
    expect(row(page, filed)).to_contain_text("аварійна")
    assert "emergency" in (row(page, filed).get_attribute("class") or "")


def test_the_row_under_the_reader_does_not_move(visit: Visit, cloud: Cloud) -> None:
    file_appeal(cloud, TOPIC, "Перша.")
    page = desk(visit, cloud, "responsible", EXECUTOR)
    read = page.locator(".cards a.number").last
    read.focus()
    read.scroll_into_view_if_needed()
    before = read.bounding_box()
    filed = file_appeal(cloud, EMERGENCY, "Стане вище.")
    expect(row(page, filed)).to_be_visible(timeout=AT_ONCE_MS)
    after = read.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    expect(read).to_be_focused()


@pytest.mark.deep
def test_a_broken_line_is_said_and_polling_stands_in_for_it(visit: Visit, cloud: Cloud) -> None:
    page = desk(visit, cloud, "responsible", EXECUTOR)
    cable = Cable(page)
    page.reload()
    wait_for(page, "Наживо")
    cable.cut()
    wait_for(page, "раз на 15 секунд")
    filed = file_appeal(cloud, TOPIC, "Поки лінія мовчить.")
    expect(row(page, filed)).to_be_visible(timeout=POLLED_MS)
    cable.is_cut = False
    wait_for(page, "Наживо", timeout=30_000)
    again = file_appeal(cloud, TOPIC, "Лінія знов говорить.")
    expect(row(page, again)).to_be_visible(timeout=AT_ONCE_MS)


def test_a_line_that_the_server_ends_comes_back(visit: Visit, cloud: Cloud) -> None:
    page = desk(visit, cloud, "responsible", EXECUTOR)
    ear, cable = Ear(page), Cable(page)
    page.reload()
    wait_for(page, "Наживо")
    cable.cut()
    cable.is_cut = False
    until(lambda: sum('"live": true' in each for each in ear.heard) == 1, page)
    wait_for(page, "Наживо")
    filed = file_appeal(cloud, TOPIC, "Після перерви.")
    expect(row(page, filed)).to_be_visible(timeout=AT_ONCE_MS)


def test_without_a_network_the_console_says_so_and_catches_up_later(
    visit: Visit, cloud: Cloud
) -> None:
    page = desk(visit, cloud, "responsible", EXECUTOR, PHONE)
    shown = page.locator(".cards > li").count()
    page.context.set_offline(True)
    wait_for(page, "Немає зв’язку")
    assert page.locator(".cards > li").count() == shown
    assert page.get_by_role("alert").count() == 0
    assert overflow(page) <= 0
    filed = file_appeal(cloud, TOPIC, "Поки мережі немає.")
    page.context.set_offline(False)
    wait_for(page, "Наживо")
    expect(row(page, filed)).to_be_visible(timeout=AT_ONCE_MS)


def test_after_a_sleep_the_line_is_there_again(visit: Visit, cloud: Cloud) -> None:
    page = desk(visit, cloud, "responsible", EXECUTOR)
    page.clock.install()
    cable = Cable(page)
    page.reload()
    wait_for(page, "Наживо")
    cable.cut()
    cable.is_cut = False
    filed = file_appeal(cloud, TOPIC, "Поки комп’ютер спав.")
    page.clock.fast_forward("02:00:00")
    wait_for(page, "Наживо")
    expect(row(page, filed)).to_be_visible(timeout=AT_ONCE_MS)


def test_an_open_card_says_that_somebody_has_changed_it(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Хто візьметься?")
    page = sit_down(visit, cloud, filed.number, "head", EXECUTOR).page
    wait_for(page, "Наживо")
    hint = page.get_by_text("Картку щойно змінено")
    act(cloud, filed.number, "accept", {}, "responsible", EXECUTOR)
    expect(hint).to_be_visible(timeout=AT_ONCE_MS + 1_000)
    expect(page.locator(".history")).not_to_contain_text("прийняв")
    page.get_by_role("button", name="Показати", exact=True).click()
    expect(page.locator(".history")).to_contain_text("прийняв")
    expect(hint).to_have_count(0)


def test_one_s_own_steps_are_no_news(visit: Visit, cloud: Cloud) -> None:
    filed = file_appeal(cloud, TOPIC, "Беруся сам.")
    console = sit_down(visit, cloud, filed.number, "responsible", EXECUTOR)
    ear = Ear(console.page)
    console.page.reload()
    wait_for(console.page, "Наживо")
    console.act("Прийняти в роботу")
    until(lambda: any(each["event"] == "accepted" for each in ear.news), console.page)
    console.act("Коментар", text="Їдемо.")
    expect(console.page.get_by_text("Картку щойно змінено")).to_have_count(0)


def test_elsewhere_in_the_console_new_cards_are_counted(visit: Visit, cloud: Cloud) -> None:
    first = file_appeal(cloud, TOPIC, "Відкрита.")
    page = sit_down(visit, cloud, first.number, "responsible", EXECUTOR).page
    wait_for(page, "Наживо")
    file_appeal(cloud, TOPIC, "Друга.")
    count = page.get_by_role("navigation", name="Розділи").locator(".tag")
    expect(count).to_have_text("1 нова", timeout=AT_ONCE_MS)
    page.get_by_role("link", name="Черга").first.click()
    expect(count).to_have_count(0)


def test_a_card_beside_the_shown_list_is_named(visit: Visit, cloud: Cloud) -> None:
    page = desk(visit, cloud, "responsible", EXECUTOR)
    page.get_by_role("link", name="Прострочені").click()
    expect(page.get_by_text("Тут порожньо")).to_be_visible()
    filed = file_appeal(cloud, TOPIC, "Ще не прострочена.")
    named = page.locator(".fresh").get_by_role("link", name=filed.number)
    expect(named).to_be_visible(timeout=AT_ONCE_MS)
    named.click()
    expect(page.get_by_role("heading", name=filed.number)).to_be_visible()


def test_signing_out_hangs_up(visit: Visit, cloud: Cloud) -> None:
    account = account_of(cloud, "performer", EXECUTOR)
    page = Console.sign_in(visit, account).page
    ear = Ear(page)
    page.reload()
    wait_for(page, "Наживо")
    page.get_by_role("button", name="Вийти").click()
    expect(page.locator("#username")).to_be_visible()
    until(lambda: ear.is_closed, page)
    file_appeal(cloud, TOPIC, "Ніхто не слухає.")
    assert ear.news == []
