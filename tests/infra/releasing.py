"""What an admin does with a card of long ago in a running city (LAW-13)."""

from datetime import UTC, datetime

from chalicelib.domain.card import Status
from chalicelib.domain.numbers import registration_number
from chalicelib.store.appeals import appeal_item
from chalicelib.store.cards import card_item
from chalicelib.store.evidence import evidence_item
from tests.builders import a_card, an_appeal, an_evidence
from tests.infra.calls import client, send, sign_in
from tests.infra.running import Running

YEAR = 2016
FILES = ("originals/old/1", "evidence/old/1.jpg")


def unreleased(city: Running) -> str:
    """What does not work of releasing a card of ten years ago; or empty."""
    number = _put_there(city)
    url, body = f"{city.site}/api/retention/{YEAR}/release", {"act": "Акт № 1"}
    status, told = send(url, body, Authorization=sign_in(city, "admin"))
    if status != 200 or told["released"] != [number]:
        return f"release: {status} {told}"
    cloud, table = client(city, "dynamodb"), f"{city.facts['stack']}-cards"
    asked = {"TableName": table, "KeyConditionExpression": "#n = :n"}
    found = cloud.query(
        **asked,
        ExpressionAttributeNames={"#n": "number"},
        ExpressionAttributeValues={":n": {"S": number}},
    )
    left = [item["part"]["S"] for item in found["Items"] if "expires_at" not in item]
    return f"parts: {left}" if left else _files_left(city)


def _put_there(city: Running) -> str:
    """Put a confirmed card of long ago, with a file, as if its year were being kept."""
    number, ended = registration_number(YEAR, 1), datetime(YEAR, 5, 1, tzinfo=UTC)
    card = a_card(
        number=number,
        root=number,
        status=Status.CONFIRMED,
        received_at=ended,
        registered_at=ended,
        closed_at=ended,
        edition="2021-01-01",
        seq=1,
    )
    original, public = FILES
    evidence = an_evidence(number=number, original_key=original, public_key=public)
    cloud, stack = client(city, "dynamodb"), city.facts["stack"]
    for item in (card_item(card), appeal_item(an_appeal(number=number)), evidence_item(evidence)):
        raw = item if isinstance(item, dict) else item.serialize()
        cloud.put_item(TableName=f"{stack}-cards", Item=raw)
    counter = {"kind": {"S": "counter"}, "id": {"S": str(YEAR)}, "last": {"N": "1"}}
    cloud.put_item(TableName=f"{stack}-directory", Item=counter)
    for key in FILES:
        client(city, "s3").put_object(Bucket=_bucket(city), Key=key, Body=b"x")
    return number


def _files_left(city: Running) -> str:
    listed = client(city, "s3").list_objects_v2(Bucket=_bucket(city))
    left = {each["Key"] for each in listed.get("Contents", ())} & set(FILES)
    return f"files: {sorted(left)}" if left else ""


def _bucket(city: Running) -> str:
    return str(city.facts["outputs"]["EvidenceBucket"])
