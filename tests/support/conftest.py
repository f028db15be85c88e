"""A toy stack in moto, shared by the tests of the test support."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError

from tests.aws.snapshot import Snapshot
from tests.aws.tables import Stack, client, cloud, snapshot

TOY: Final = Path(__file__).with_name("toy.yaml")


@pytest.fixture(scope="package")
def _toy() -> Iterator[tuple[Stack, Snapshot]]:
    with cloud("toy", TOY) as stack:
        yield stack, snapshot()


@pytest.fixture
def toy(_toy: tuple[Stack, Snapshot]) -> Stack:
    """The toy stack, empty."""
    stack, empty = _toy
    empty.restore()
    return stack


@pytest.fixture
def empty(_toy: tuple[Stack, Snapshot]) -> Snapshot:
    """The empty state of the toy stack."""
    return _toy[1]


@pytest.fixture
def things(toy: Stack) -> "Things":
    """The toy's table and queue."""
    return Things(toy)


class Things:
    """Short calls on the toy's table and queue, each one AWS call."""

    def __init__(self, stack: Stack) -> None:
        self.table = stack.id_of("Things")
        self.letters = stack.id_of("Letters")
        self.dynamodb: Any = client("dynamodb")
        self.sqs: Any = client("sqs")

    def put(self, name: str, part: str = "-", /, **attributes: str) -> None:
        """Put an item of strings."""
        self.dynamodb.put_item(TableName=self.table, Item=self.item(name, part, **attributes))

    def get(self, name: str, part: str = "-") -> dict[str, str] | None:
        """Read an item, consistently."""
        found = self.dynamodb.get_item(
            TableName=self.table, Key=self.item(name, part), ConsistentRead=True
        )
        return {n: v["S"] for n, v in found["Item"].items()} if "Item" in found else None

    def update(self, name: str, /, **attributes: str) -> None:
        """Set attributes of an item."""
        self.dynamodb.update_item(
            TableName=self.table,
            Key=self.item(name),
            UpdateExpression="SET " + ", ".join(f"#{n} = :{n}" for n in attributes),
            ExpressionAttributeNames={f"#{n}": n for n in attributes},
            ExpressionAttributeValues={f":{n}": {"S": v} for n, v in attributes.items()},
        )

    def put_new(self, *items: dict[str, dict[str, str]]) -> None:
        """Put several items in one transaction, if none of them exists."""
        put = {"TableName": self.table, "ConditionExpression": "attribute_not_exists(id)"}
        steps = [{"Put": {**put, "Item": item}} for item in items]
        self.dynamodb.transact_write_items(TransactItems=steps)

    def queued(self, queue: str, **options: Any) -> list[str]:
        """Return the ids of a queue by the index."""
        found = self.dynamodb.query(
            TableName=self.table,
            IndexName="queue",
            KeyConditionExpression="queue = :queue",
            ExpressionAttributeValues={":queue": {"S": queue}, **options.pop("values", {})},
            **options,
        )
        return [item["id"]["S"] for item in found["Items"]]

    def send(self, text: str) -> None:
        """Put a letter on the queue."""
        self.sqs.send_message(QueueUrl=self.letters, MessageBody=text)

    def sent(self) -> list[str]:
        """Return the letters on the queue."""
        asked = {"QueueUrl": self.letters, "MaxNumberOfMessages": 10, "VisibilityTimeout": 0}
        return [m["Body"] for m in self.sqs.receive_message(**asked).get("Messages", [])]

    @staticmethod
    def item(name: str, part: str = "-", /, **attributes: str) -> dict[str, dict[str, str]]:
        """Return an item of strings in wire form."""
        return {n: {"S": v} for n, v in {"id": name, "part": part, **attributes}.items()}


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect botocore's ClientError with this code."""
    with pytest.raises(ClientError) as refusal:
        yield
    assert refusal.value.response["Error"]["Code"] == code
