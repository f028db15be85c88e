"""Print what a running city's functions have logged: `python -m infra.logs --city …`.

Of a city on this machine; on AWS the same lines stand in CloudWatch, in the group of the stack.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3

from infra.artefacts import LOCAL
from infra.local_server import LOCAL_KEYS
from infra.progress import give_up

# What the platform says of every call; the functions' own lines are wanted.
OF_THE_PLATFORM = ("START RequestId", "END RequestId", "REPORT RequestId", "INIT_START")


def lines(facts: dict[str, Any]) -> Iterator[str]:
    """Every line that a function has written, the oldest first."""
    logs = boto3.client(
        "logs",
        region_name=facts["region"],
        endpoint_url=facts["aws_endpoint"],
        **LOCAL_KEYS,
    )
    group = f"/contact-centre/{facts['stack']}"
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group):
        for event in page["events"]:
            if not event["message"].startswith(OF_THE_PLATFORM):
                yield event["message"].rstrip()


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description="Print the log of a city on this machine.")
    parser.add_argument("--city", default="khmelnytskyi")
    parser.add_argument("--word", default="", help="only lines with it, such as an instance id")
    given = parser.parse_args()
    run_file: Path = LOCAL / given.city / "run.json"
    if not run_file.exists():
        give_up(f"{given.city} does not run: start it with make run CITY={given.city}")
    for line in lines(json.loads(run_file.read_text())):
        if given.word in line:
            print(line)


if __name__ == "__main__":
    main()
