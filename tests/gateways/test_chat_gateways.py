"""The bots' secrets, the queue of conversations and the pictures' way into the bucket."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import botocore.session
import pytest

from chalicelib.domain.bots import Bot, bots_of, is_one_of
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.inbound import EventKind, InboundEvent, InboundFile, Point, Press
from chalicelib.gateways.bot_secrets import KNOWN_FOR, BotSecrets
from chalicelib.gateways.chat_files import ChatFileBucket
from chalicelib.gateways.conversation_queue import SqsConversationQueue, body_of, event_of
from tests.gateways.aws_answers import unreachable

NOW: Final = datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
WEBHOOK: Final = "w" * 64
EVENT: Final = InboundEvent(
    "viber#01234567890A=",
    "t5080382391595440128",
    EventKind.PHOTO,
    NOW,
    "Яма",
    files=(InboundFile("https://dl.viber.com/a.jpg", "m", 5),),
)


def client(service: str) -> Any:
    """Return a client of moto's."""
    return botocore.session.get_session().create_client(service)


class TestBots:
    """What a secret's entries make of a bot."""

    def test_a_channel_without_a_token_is_off(self) -> None:
        assert bots_of({"webhook": WEBHOOK}) == {}
        assert set(bots_of({"webhook": WEBHOOK, "viber": "v"})) == {"viber"}
        assert bots_of({"telegram": "t"}) == {}, "nothing would prove the caller"

    def test_every_channel_is_proved_by_something_of_its_own(self) -> None:
        bots = bots_of({"webhook": WEBHOOK, "telegram": "t", "viber": "v"})
        assert len({*bots["telegram"].keys, *bots["viber"].keys}) == 2
        assert bots["telegram"].secrets != bots["viber"].secrets
        for bot in bots.values():
            assert WEBHOOK not in "".join((*bot.keys, *bot.secrets))
            assert all(secret.isalnum() and len(secret) == 48 for secret in bot.secrets)

    def test_what_was_replaced_still_counts(self) -> None:
        entries = {
            "webhook": WEBHOOK,
            "previous_webhook": "p" * 64,
            "viber": "new",
            "previous_viber": "old",
        }
        bot = bots_of(entries)["viber"]
        assert (bot.token, bot.tokens) == ("new", ("new", "old"))
        assert len(bot.keys) == len(bot.secrets) == 2

    @pytest.mark.parametrize(
        ("given", "right"), [("b", True), ("a", True), ("", False), ("ї", False), ("\ud800", False)]
    )
    def test_a_text_is_compared_with_all_secrets(self, given: str, right: bool) -> None:
        assert is_one_of(given, ("a", "b")) is right


class TestSecrets:
    """The secret in Secrets Manager."""

    def test_a_token_that_is_entered_counts_within_a_minute(self) -> None:
        secrets = client("secretsmanager")
        held = {"webhook": WEBHOOK}
        arn = secrets.create_secret(Name="chats", SecretString=json.dumps(held))["ARN"]
        bots = BotSecrets(arn)
        assert bots.bot("telegram", NOW) is None
        entered = {**held, "telegram": "t"}
        secrets.put_secret_value(SecretId=arn, SecretString=json.dumps(entered))
        assert bots.bot("telegram", NOW + KNOWN_FOR - timedelta(seconds=1)) is None
        found = bots.bot("telegram", NOW + KNOWN_FOR)
        assert isinstance(found, Bot)
        assert found.token == "t"

    def test_without_a_secret_every_channel_is_off(self) -> None:
        assert BotSecrets("").bot("telegram", NOW) is None

    def test_a_service_that_is_away_is_said_to_be(self) -> None:
        bots = BotSecrets("arn:aws:secretsmanager:eu-central-1:123456789012:secret:x")
        unreachable(bots._client)
        with pytest.raises(StoreAway):
            bots.bot("telegram", NOW)


class TestQueue:
    """The FIFO queue between webhooks and the worker."""

    @staticmethod
    def queue(name: str) -> str:
        """Make a queue; return its address."""
        made = client("sqs").create_queue(QueueName=name, Attributes={"FifoQueue": "true"})
        return str(made["QueueUrl"])

    @staticmethod
    def received(url: str) -> list[dict[str, Any]]:
        """Return what waits there."""
        answer = client("sqs").receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"]
        )
        return list(answer.get("Messages", []))

    def test_an_event_comes_out_as_it_went_in_and_once(self) -> None:
        url = self.queue("conversations.fifo")
        queue = SqsConversationQueue(url)
        queue.put(EVENT)
        queue.put(EVENT)
        (message,) = self.received(url)
        assert event_of(message["Body"]) == EVENT

    def test_a_group_is_a_resident(self) -> None:
        url = self.queue("conversations.fifo")
        queue = SqsConversationQueue(url)
        for at, identity in enumerate(("telegram#1", "telegram#1", "viber#+/=")):
            queue.put(InboundEvent(identity, f"u{at}", EventKind.TEXT, NOW))
        groups = {m["Attributes"]["MessageGroupId"] for m in self.received(url)}
        assert len(groups) == 2

    def test_what_cannot_be_worked_on_is_put_aside_as_it_came(self) -> None:
        url = self.queue("dead.fifo")
        SqsConversationQueue("", url).give_up("{not an event}", "telegram#1")
        (message,) = self.received(url)
        assert message["Body"] == "{not an event}"

    def test_a_queue_that_is_away_is_said_to_be(self) -> None:
        queue = SqsConversationQueue("https://sqs.eu-central-1.amazonaws.com/1/x.fifo")
        unreachable(queue._client)
        with pytest.raises(StoreAway):
            queue.put(EVENT)

    def test_every_part_of_an_event_survives(self) -> None:
        whole = InboundEvent(
            "telegram#1",
            "u1",
            EventKind.BUTTON,
            NOW,
            point=Point(1.5, 2.5, "Парк"),
            press=Press("d7", "t", "RD-01"),
            album="a",
            message="m",
            reply_token="r",
            language="uk",
        )
        assert event_of(body_of(whole)) == whole

    @pytest.mark.parametrize("body", ["", "{}", "[]", '{"identity": 1}'])
    def test_another_text_is_no_event(self, body: str) -> None:
        with pytest.raises(ValueError, match="validation error"):
            event_of(body)


def test_pictures_arrive_and_are_deleted() -> None:
    s3 = client("s3")
    s3.create_bucket(
        Bucket="evidence", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    files = ChatFileBucket("evidence")
    files.put("incoming/u1", b"\xff\xd8\xff", content_type="image/jpeg")
    found = s3.get_object(Bucket="evidence", Key="incoming/u1")
    assert (found["Body"].read(), found["ContentType"]) == (b"\xff\xd8\xff", "image/jpeg")
    files.delete(["incoming/u1", "never/there"])
    files.delete([])
    assert "Contents" not in s3.list_objects_v2(Bucket="evidence")


def test_a_bucket_that_is_away_is_said_to_be() -> None:
    files = ChatFileBucket("evidence")
    unreachable(files._client)
    with pytest.raises(StoreAway):
        files.put("incoming/u1", b"x", content_type="image/jpeg")
