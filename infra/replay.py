"""Bring dead letters back to the queues that they fell from: `make replay CITY=…`.

First the cause is mended, then this is run, as often as one likes: every function that reads a
queue takes the same message twice as one. What is put back and not yet removed when this is cut
short is put back once more by the next run.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from infra.artefacts import LOCAL
from infra.deploy import stack_name
from infra.local_server import LOCAL_KEYS
from infra.progress import give_up
from infra.stack import Cloud, Stack

AT_ONCE = 10
HIDDEN_SECONDS = 120
"""How long a letter in hand is hidden from another run."""


@dataclass(frozen=True)
class Replayed:
    """What one queue of dead letters came to.

    Attributes:
        back: how many letters stand in their queue again.
        forgotten: how many were thrown away, because the next run of their function made up for
            them: a sweep that was given up is followed by the next minute's.
    """

    queue: str
    back: int = 0
    forgotten: int = 0


def replay(sqs: Any, urls: Iterable[str], *, wait_seconds: int = 1) -> list[Replayed]:
    """Empty every queue of dead letters among `urls`; return those that held any.

    Args:
        wait_seconds: how long letters are waited for: asked in no time, SQS may forget some.
    """
    arns = {url: _attributes(sqs, url) for url in urls}
    source_of = {
        json.loads(attributes["RedrivePolicy"])["deadLetterTargetArn"]: url
        for url, attributes in arns.items()
        if "RedrivePolicy" in attributes
    }
    found = [
        _replayed(sqs, url, source_of.get(attributes["QueueArn"]), wait_seconds)
        for url, attributes in arns.items()
        if "-dead" in url.rpartition("/")[2]
    ]
    return [each for each in found if each.back or each.forgotten]


def _replayed(sqs: Any, dead: str, source: str | None, wait_seconds: int) -> Replayed:
    count = 0
    for letter in _letters(sqs, dead, wait_seconds):
        if source is not None:
            sqs.send_message(QueueUrl=source, **_again(letter))
        sqs.delete_message(QueueUrl=dead, ReceiptHandle=letter["ReceiptHandle"])
        count += 1
    name = dead.rpartition("/")[2]
    return Replayed(name, back=count) if source else Replayed(name, forgotten=count)


def _letters(sqs: Any, dead: str, wait_seconds: int) -> Iterator[dict[str, Any]]:
    """Yield the letters that are there now, each once."""
    seen: set[str] = set()
    while True:
        answer = sqs.receive_message(
            QueueUrl=dead,
            MaxNumberOfMessages=AT_ONCE,
            VisibilityTimeout=HIDDEN_SECONDS,
            AttributeNames=["All"],
            WaitTimeSeconds=wait_seconds,
        )
        fresh = [each for each in answer.get("Messages", []) if each["MessageId"] not in seen]
        if not fresh:
            return
        seen.update(each["MessageId"] for each in fresh)
        yield from fresh


def _again(letter: dict[str, Any]) -> dict[str, str]:
    """Return a letter as it is sent again; in an ordered queue by a name of its own."""
    group = letter.get("Attributes", {}).get("MessageGroupId")
    ordered = {"MessageGroupId": group, "MessageDeduplicationId": f"{letter['MessageId']}-again"}
    return {"MessageBody": letter["Body"], **(ordered if group else {})}


def _attributes(sqs: Any, url: str) -> dict[str, str]:
    asked = ["QueueArn", "RedrivePolicy"]
    found: dict[str, str] = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=asked)[
        "Attributes"
    ]
    return found


def _local(city: str) -> tuple[Any, list[str]]:
    run_file: Path = LOCAL / city / "run.json"
    if not run_file.exists():
        give_up(f"{city} does not run: start it with make run CITY={city}")
    facts = json.loads(run_file.read_text())
    sqs = boto3.client(
        "sqs", region_name=facts["region"], endpoint_url=facts["aws_endpoint"], **LOCAL_KEYS
    )
    return sqs, _queues(Stack(Cloud(facts["region"], facts["aws_endpoint"]), facts["stack"]))


def _on_aws(city: str, stage: str, region: str) -> tuple[Any, list[str]]:
    cloud = Cloud(region)
    suffix = "" if stage == "production" else f"-{stage}"
    return cloud.client("sqs"), _queues(Stack(cloud, stack_name(city) + suffix))


def _queues(stack: Stack) -> list[str]:
    return list(stack.physical_ids("AWS::SQS::Queue").values())


def main() -> None:
    """Read the command line and bring the dead letters back."""
    parser = argparse.ArgumentParser(description="Bring dead letters back to their queues.")
    parser.add_argument("--city", default="khmelnytskyi")
    parser.add_argument("--stage", choices=["production", "staging"], help="on AWS; else here")
    parser.add_argument("--region", default="eu-central-1")
    given = parser.parse_args()
    sqs, urls = (
        _on_aws(given.city, given.stage, given.region) if given.stage else _local(given.city)
    )
    found = replay(sqs, urls)
    for each in found:
        print(f"  {each.queue}: {each.back} back, {each.forgotten} forgotten")
    if not found:
        print("  There are no dead letters.")


if __name__ == "__main__":
    main()
