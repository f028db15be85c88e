"""Rules of DynamoDB that moto lets pass: limits and request tokens."""

from tests.aws.gate import Gate
from tests.aws.plans import Fault, Mode, Plan
from tests.support.conftest import Things, refused


class TestLimits:
    def test_twenty_six_writes_are_too_many(self, things: Things) -> None:
        puts = [{"PutRequest": {"Item": things.item(f"{n:02}")}} for n in range(26)]
        with Gate():
            with refused("ValidationException"):
                things.dynamodb.batch_write_item(RequestItems={things.table: puts})
            things.dynamodb.batch_write_item(RequestItems={things.table: puts[:25]})

    def test_a_transaction_carries_a_hundred_items(self, things: Things) -> None:
        items = [things.item(f"{n:03}") for n in range(101)]
        with Gate():
            with refused("ValidationException"):
                things.put_new(*items)
            things.put_new(*items[:100])

    def test_a_transaction_carries_four_megabytes(self, things: Things) -> None:
        items = [things.item(f"{n:02}", text="x" * 390_000) for n in range(11)]
        with Gate():
            with refused("ValidationException"):
                things.put_new(*items)
            things.put_new(*items[:10])


class TestTokens:
    @staticmethod
    def add(things: Things, token: str, amount: str = "1") -> None:
        step = {
            "TableName": things.table,
            "Key": things.item("a"),
            "UpdateExpression": "ADD amount :amount",
            "ExpressionAttributeValues": {":amount": {"N": amount}},
        }
        things.dynamodb.transact_write_items(
            TransactItems=[{"Update": step}], ClientRequestToken=token
        )

    @staticmethod
    def amount(things: Things) -> str:
        found = things.dynamodb.get_item(TableName=things.table, Key=things.item("a"))
        return str(found["Item"]["amount"]["N"])

    def test_a_repeated_transaction_is_applied_once(self, things: Things) -> None:
        with Gate() as gate:
            self.add(things, "t")
            self.add(things, "t")
            assert self.amount(things) == "1"
        assert [c.repeated for c in gate.calls] == [False, True, False]

    def test_a_lost_answer_of_a_transaction_is_no_second_one(self, things: Things) -> None:
        with Gate(Plan((Fault(1, Mode.LOST_ACK),))):
            self.add(things, "t")
            assert self.amount(things) == "1"

    def test_other_parameters_are_refused(self, things: Things) -> None:
        with Gate():
            self.add(things, "t")
            with refused("IdempotentParameterMismatchException"):
                self.add(things, "t", amount="2")

    def test_ten_minutes_later_it_is_a_new_one(self, things: Things) -> None:
        with Gate() as gate:
            self.add(things, "t")
            gate.later(599)
            self.add(things, "t")
            assert self.amount(things) == "1"
            gate.later(2)
            self.add(things, "t")
            assert self.amount(things) == "2"
