"""Fill a running city: its people always, the demonstration's appeals once.

`python -m infra.seed --run-file .local/<city>/run.json [--people-only]`
"""

import argparse
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3

from chalicelib import wiring
from chalicelib.config import Settings
from chalicelib.domain.people import Actor, Role
from chalicelib.store.directory import DirectoryStore
from chalicelib.wiring import Centre
from infra.demonstration.play import DrawnFiles, Play
from infra.demonstration.scenes import scenes
from infra.demonstration.works import publish_works

_AT_ONCE = 4


def centre_of(facts: dict[str, Any]) -> Centre:
    """Return the collaborators of a running city, as its own functions have them."""
    os.environ |= {
        "AWS_ENDPOINT_URL": facts["aws_endpoint"],
        "AWS_DEFAULT_REGION": facts["region"],
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    functions = boto3.client("lambda")
    handler = functions.get_function_configuration(FunctionName=facts["functions"]["api_handler"])
    return wiring.deployed(Settings.from_environment(handler["Environment"]["Variables"]))


def enter_people(centre: Centre, accounts: list[dict[str, str]]) -> int:
    """Enter into the directory who each account is, and what they may do."""
    directory = centre.directory
    if not isinstance(directory, DirectoryStore):
        raise TypeError("people are entered into a deployed directory")
    for account in accounts:
        role, executor = Role(account["role"]), account["executor"] or None
        actor = Actor(account["subject"], role, account["name"], executor, person=account["person"])
        directory.put_person(actor)
    return len(accounts)


def play_demonstration(centre: Centre, now: datetime) -> int:
    """File the demonstration's appeals and bring each to its stage; return how many."""
    settings = centre.settings
    threads = ThreadPoolExecutor(_AT_ONCE)

    def perform(scene: Any) -> str:
        files = DrawnFiles(settings.evidence_bucket, settings.upload_url)
        return Play(replace(centre, files=files), files, now).perform(scene)

    return len(list(threads.map(perform, scenes(centre.city, now))))


def main() -> None:
    """Read the command line and fill the city."""
    parser = argparse.ArgumentParser(description="Fill a running city.")
    parser.add_argument("--run-file", type=Path, required=True)
    parser.add_argument("--people-only", action="store_true")
    given = parser.parse_args()
    facts = json.loads(given.run_file.read_text())
    centre = centre_of(facts)
    people = enter_people(centre, facts["accounts"])
    if given.people_only:
        print(f"{people} people")
        return
    now = datetime.now(UTC)
    appeals, works = play_demonstration(centre, now), publish_works(centre, now)
    print(f"{people} people, {appeals} appeals, {works} works")


if __name__ == "__main__":
    main()
