"""The stack in moto is the template's, name by name and key by key."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from tests.aws import template as templates
from tests.aws.schema import TableSchema
from tests.aws.tables import REGION, Stack, client, cloud, snapshot
from tests.support.conftest import Things

TEMPLATE = templates.load()


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with cloud("khmelnytskyi") as made:
        yield made


class TestTheTemplateOfTheProduct:
    def test_every_table_has_the_keys_and_indexes_of_the_template(self, stack: Stack) -> None:
        resources = TEMPLATE["Resources"].values()
        tables = [r["Properties"] for r in resources if r.get("Type") == "AWS::DynamoDB::Table"]
        assert len(tables) == len(stack.table_names()) >= 6
        for properties, name in zip(tables, stack.table_names(), strict=True):
            made = TableSchema.described(REGION, name)
            assert made.keys == tuple(k["AttributeName"] for k in properties["KeySchema"])
            wanted = properties.get("GlobalSecondaryIndexes", [])
            assert [index.name for index in made.indexes] == [w["IndexName"] for w in wanted]
            for index, want in zip(made.indexes, wanted, strict=True):
                assert index.keys == tuple(k["AttributeName"] for k in want["KeySchema"])
                named = want["Projection"].get("NonKeyAttributes", [])
                assert set(named) <= (index.projected or set(named))

    def test_functions_find_their_environment(self, stack: Stack) -> None:
        assert os.environ["TABLE_PREFIX"] == f"{stack.name}-"
        assert os.environ["CITY"] == "khmelnytskyi"
        assert os.environ["EVIDENCE_BUCKET"] == stack.id_of("EvidenceBucket")
        assert os.environ["USER_POOL_ID"] in os.environ["JWKS_URL"]

    def test_the_secret_is_as_long_as_asked(self, stack: Stack) -> None:
        held = client("secretsmanager").get_secret_value(SecretId=os.environ["SECRET_ARN"])
        secret = json.loads(held["SecretString"])
        assert len(secret[secret["current"]]) == 64

    def test_an_upload_is_told_to_the_queue(self, stack: Stack) -> None:
        key = "incoming/яма.jpg"
        client("s3").put_object(Bucket=stack.id_of("EvidenceBucket"), Key=key, Body=b"x")
        client("s3").put_object(Bucket=stack.id_of("EvidenceBucket"), Key="evidence/x", Body=b"x")
        queue = {"QueueUrl": stack.id_of("UploadsQueue"), "MaxNumberOfMessages": 10}
        bodies = [json.loads(m["Body"]) for m in client("sqs").receive_message(**queue)["Messages"]]
        records = [record for body in bodies for record in body.get("Records", [])]
        assert [unquote_plus(r["s3"]["object"]["key"]) for r in records] == [key]


class TestSnapshot:
    def test_puts_items_and_letters_back(self, things: Things) -> None:
        things.put("a")
        things.send("first")
        kept = snapshot()
        things.put("b")
        things.update("a", mark="1")
        things.send("second")
        kept.restore()
        assert things.get("a") == {"id": "a", "part": "-"}
        assert things.get("b") is None
        assert things.sent() == ["first"]

    def test_can_be_put_back_twice(self, things: Things) -> None:
        things.put("a")
        kept = snapshot()
        for _ in range(2):
            things.update("a", mark="1")
            kept.restore()
            assert things.get("a") == {"id": "a", "part": "-"}


class TestTemplate:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("!Sub 'a-${Name}'", "a-toy"),
            ("!Sub ['${x}-${Name}', {x: !Ref Name}]", "toy-toy"),
            ("!Sub '${Thing.Arn}/*'", "Thing:Arn/*"),
            ("!GetAtt Thing.Arn", "Thing:Arn"),
            ("!Join ['/', [a, !Ref Thing]]", "a/thing"),
            ("!If [Toy, {a: 1}, !Ref Nothing]", {"a": 1}),
            ("!If [Other, 1, {a: !Ref 'AWS::NoValue', b: [!Ref 'AWS::NoValue', 2]}]", {"b": [2]}),
            ("{Fn::Sub: 'x${Name}'}", "xtoy"),
        ],
    )
    def test_functions_have_their_values(self, tmp_path: Path, text: str, value: object) -> None:
        file = tmp_path / "t.yaml"
        file.write_text(
            "Conditions:\n"
            "  Toy: !Equals [!Ref Name, toy]\n"
            "  Other: !And [!Condition Toy, !Not [!Condition Toy]]\n"
            f"Value: {text}\n"
        )
        template = templates.load(file)
        resolver = templates.Resolver(
            template, {"Name": "toy"}, ref=str.lower, attribute=lambda n, a: f"{n}:{a}"
        )
        assert resolver.resolve(template["Value"]) == value

    def test_an_unknown_function_is_an_error(self) -> None:
        resolver = templates.Resolver({}, {}, ref=str, attribute=lambda n, _: n)
        with pytest.raises(KeyError, match="Fn::Cidr"):
            resolver.resolve({"Fn::Cidr": ["a"]})
