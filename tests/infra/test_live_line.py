"""The WebSocket of the running city: who may listen, what is heard, and how soon."""

import json
import time
from statistics import median
from urllib.request import Request, urlopen

import pytest

from tests.infra.calls import client, file_appeal, sign_in
from tests.infra.line import Line
from tests.infra.listening import deaf, listeners, nobody_listens
from tests.infra.running import Running

pytestmark = pytest.mark.e2e

TOPIC = "LI-01"
NEWS = {"event": "registered", "version": "1"}


@pytest.fixture(scope="module", autouse=True)
def _awake(city: Running) -> None:
    """Let every function on the way be called once: first calls are slow."""
    with listening(city, "coordinator") as line:
        file_appeal(city, TOPIC, [])
        assert line.hear()
    assert nobody_listens(city)


def listening(city: Running, role: str) -> Line:
    """Open the line of the first person of a role."""
    line = Line(city.facts["websocket"])
    line.say({"token": sign_in(city, role).removeprefix("Bearer ")})
    assert line.hear() == {"live": True}
    return line


def sign_out(city: Running, bearer: str) -> None:
    """End a sign-in."""
    headers = {"Authorization": bearer}
    request = Request(f"{city.site}/api/sessions", headers=headers, method="DELETE")
    with urlopen(request, timeout=30) as answer:
        assert answer.status == 204


def test_a_console_listens_from_handshake_to_leaving(city: Running) -> None:
    assert deaf(city, TOPIC) == ""


@pytest.mark.parametrize("said", [{"token": "no token of ours"}, {"ping": True}, "anything else"])
def test_who_proves_nobody_is_told_so_and_the_line_ends(city: Running, said: object) -> None:
    with Line(city.facts["websocket"]) as line:
        line.say(said)
        assert line.hear() == {"refused": True}
        assert line.hear() is None
        assert line.ended
    assert nobody_listens(city)


def test_who_says_nothing_hears_nothing(city: Running) -> None:
    with Line(city.facts["websocket"]) as silent, listening(city, "coordinator") as heard:
        file_appeal(city, TOPIC, [])
        assert heard.hear()["event"] == "registered"
        assert silent.hear(0.5) is None


def test_signing_out_ends_the_line_at_its_next_ping(city: Running) -> None:
    bearer = sign_in(city, "coordinator")
    with Line(city.facts["websocket"]) as line:
        line.say({"token": bearer.removeprefix("Bearer ")})
        assert line.hear() == {"live": True}
        sign_out(city, bearer)
        line.say({"ping": True})
        assert line.hear() == {"refused": True}
        assert line.hear() is None


def test_a_connection_that_vanished_is_forgotten_at_the_first_news(city: Running) -> None:
    gone, key = "vanished=", {"key": {"S": "ws##centre"}, "sort": {"S": "vanished="}}
    item = {**key, "expires_at": {"N": str(int(time.time()) + 300)}}
    client(city, "dynamodb").put_item(TableName=f"{city.facts['stack']}-guards", Item=item)
    assert gone in listeners(city)
    with listening(city, "coordinator") as line:
        file_appeal(city, TOPIC, [])
        assert line.hear()
        until = time.monotonic() + 5
        while gone in listeners(city):
            assert time.monotonic() < until


def test_news_of_one_executor_are_not_another_s(city: Running) -> None:
    sqs = client(city, "sqs")
    queue = sqs.get_queue_url(QueueName=f"{city.facts['stack']}-live")["QueueUrl"]
    with listening(city, "responsible") as line, listening(city, "coordinator") as centre:
        for number, executor in (("1", "nobody-else"), ("2", city_executor(city))):
            news = {**NEWS, "number": number, "executor": executor}
            told = {**news, "audiences": f"#centre {executor}"}
            sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(told))
        assert sorted(centre.hear()["number"] for _ in range(2)) == ["1", "2"]
        assert line.hear()["number"] == "2"
        assert line.hear(0.3) is None


def city_executor(city: Running) -> str:
    """The executor of the first responsible person."""
    return next(each["executor"] for each in city.accounts if each["role"] == "responsible")


def test_news_are_heard_well_within_two_seconds(city: Running) -> None:
    seconds = []
    with listening(city, "coordinator") as line:
        for _ in range(10):
            _, filed = file_appeal(city, TOPIC, [])
            filed_at = time.monotonic()
            while line.hear()["number"] != filed["number"]:
                continue
            seconds.append(time.monotonic() - filed_at)
    assert median(seconds) < 2
