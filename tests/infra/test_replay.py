"""Dead letters come back to the queue that they fell from, however often this is run."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from moto import mock_aws

from infra.replay import Replayed, replay
from tests.aws.tables import REGION, client


@dataclass
class Desk:
    """A queue with its dead letters, an ordered one, and dead letters of no queue."""

    sqs: Any
    queue: str
    dead: str
    ordered: str
    ordered_dead: str
    of_sweeps: str

    @property
    def urls(self) -> list[str]:
        """All queues."""
        return [self.queue, self.dead, self.ordered, self.ordered_dead, self.of_sweeps]

    def bodies(self, url: str) -> list[str]:
        """Return what stands in a queue, and take it."""
        found = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        for each in found:
            self.sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
        return sorted(each["Body"] for each in found)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Queues as the template makes them."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        sqs = client("sqs")

        def made(name: str, dead: str | None = None, **attributes: str) -> str:
            if dead:
                arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
                target = arn["Attributes"]["QueueArn"]
                policy = {"deadLetterTargetArn": target, "maxReceiveCount": 5}
                attributes["RedrivePolicy"] = json.dumps(policy)
            url: str = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
            return url

        dead, fifo = made("city-mail-dead"), made("city-chats-dead.fifo", FifoQueue="true")
        yield Desk(
            sqs,
            made("city-mail", dead),
            dead,
            made("city-chats.fifo", fifo, FifoQueue="true"),
            fifo,
            made("city-sweep-dead"),
        )


def replayed(desk: Desk) -> list[Replayed]:
    """Bring the dead letters back without waiting for any."""
    return replay(desk.sqs, desk.urls, wait_seconds=0)


def test_letters_come_back_to_their_queue(desk: Desk) -> None:
    bodies = sorted(f'{{"id": "{place}"}}' for place in range(23))
    for body in bodies:
        desk.sqs.send_message(QueueUrl=desk.dead, MessageBody=body)
    assert replayed(desk) == [Replayed("city-mail-dead", back=23)]
    found = [body for _ in range(3) for body in desk.bodies(desk.queue)]
    assert sorted(found) == bodies
    assert desk.bodies(desk.dead) == []


def test_a_second_run_changes_nothing(desk: Desk) -> None:
    desk.sqs.send_message(QueueUrl=desk.dead, MessageBody="once")
    replayed(desk)
    assert replayed(desk) == []
    assert desk.bodies(desk.queue) == ["once"]


def test_an_ordered_queue_keeps_its_groups(desk: Desk) -> None:
    for body in ("first", "second"):
        desk.sqs.send_message(
            QueueUrl=desk.ordered_dead,
            MessageBody=body,
            MessageGroupId="telegram#1",
            MessageDeduplicationId=body,
        )
    replayed(desk)
    found = desk.sqs.receive_message(
        QueueUrl=desk.ordered, MaxNumberOfMessages=10, AttributeNames=["All"]
    )["Messages"]
    assert [(m["Body"], m["Attributes"]["MessageGroupId"]) for m in found] == [
        ("first", "telegram#1"),
        ("second", "telegram#1"),
    ]


def test_what_the_next_run_makes_up_for_is_forgotten(desk: Desk) -> None:
    desk.sqs.send_message(QueueUrl=desk.of_sweeps, MessageBody="{}")
    assert replayed(desk) == [Replayed("city-sweep-dead", forgotten=1)]


def test_nothing_is_said_of_empty_queues(desk: Desk) -> None:
    assert replayed(desk) == []
