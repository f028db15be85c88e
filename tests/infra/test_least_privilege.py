"""Every statement of every function's policy is needed: without it, something breaks."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from infra.artefacts import ROOT, Package
from infra.build import CHALICE_STAGE
from tests.infra.calls import client, file_appeal, photo, public_photo, send, sign_in, upload
from tests.infra.chatting import unheard
from tests.infra.doors import CHECKS, let_in, unopened
from tests.infra.letters import unsent
from tests.infra.listening import deaf
from tests.infra.mailing import silent
from tests.infra.releasing import unreleased
from tests.infra.repairing import untold_of_works
from tests.infra.running import Running
from tests.infra.talking import talkative

pytestmark = [pytest.mark.e2e, pytest.mark.deep]

# The platform itself makes these calls, and the local cloud lets them pass.
NOT_ENFORCED = {"Log", "Queue", "Stream", "Failures"}
CONFIG = json.loads((ROOT / ".chalice" / "config.json").read_text())
FUNCTIONS = CONFIG["stages"][CHALICE_STAGE]["lambda_functions"]
STATEMENTS = [
    (function, statement["Sid"])
    for function, settings in FUNCTIONS.items()
    for statement in json.loads((ROOT / ".chalice" / settings["iam_policy_file"]).read_text())[
        "Statement"
    ]
    if statement["Sid"] not in NOT_ENFORCED
]
COLOURS = count(3, 7)
TOPIC, EMERGENCY = "LI-01", "WA-01"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, package: Package) -> Iterator[Running]:
    """Khmelnytskyi without demonstration appeals, its messengers played here."""
    with talkative("khmelnytskyi", tmp_path_factory.mktemp("city"), "--no-seed") as started:
        let_in(started, package)
        yield started


@contextmanager
def without(city: Running, function: str, statement: str) -> Iterator[None]:
    """Take one statement from a function's role while the block lasts."""
    iam, functions = client(city, "iam"), client(city, "lambda")
    arn = city.facts["functions"][function]
    role = functions.get_function_configuration(FunctionName=arn)["Role"].rpartition("/")[2]
    policy = iam.list_role_policies(RoleName=role)["PolicyNames"][0]
    whole = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
    kept = [each for each in whole["Statement"] if each["Sid"] != statement]
    assert len(kept) == len(whole["Statement"]) - 1
    _put(iam, role, policy, {**whole, "Statement": kept})
    _forget_what_it_knows(functions, arn)
    try:
        yield
    finally:
        _put(iam, role, policy, whole)
        _forget_what_it_knows(functions, arn)


def _put(iam: Any, role: str, policy: str, document: dict[str, Any]) -> None:
    iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))


def _forget_what_it_knows(functions: Any, arn: str) -> None:
    # A warm function has read its secret and its people already.
    told = functions.get_function_configuration(FunctionName=arn)["Environment"]["Variables"]
    other = {**told, "FORGOTTEN": told.get("FORGOTTEN", "") + "1"}
    functions.update_function_configuration(FunctionName=arn, Environment={"Variables": other})


def broken(city: Running) -> str:
    """The first thing that does not work of appeal, photo, sign-in, queue and sweep; or empty."""
    _, topics = send(f"{city.site}/api/topics")
    topic = next(each["code"] for each in topics["items"] if each["executor"])
    status, upload_id = upload(city, photo(next(COLOURS)))
    if status != 204:
        return f"upload: {status}"
    status, filed = file_appeal(city, topic, [upload_id])
    if status != 201:
        return f"appeal: {status} {filed}"
    status, listed = send(f"{city.site}/api/cards", Authorization=sign_in(city, "coordinator"))
    if status != 200:
        return f"queue: {status} {listed}"
    if not public_photo(city, filed):
        return "photo"
    return unknown_account(city)


def unknown_account(city: Running) -> str:
    """What does not work of asking the pool for an account, which it has none of; or empty."""
    executor = next(each["executor"] for each in city.accounts if each["executor"])
    url = f"{city.site}/api/executors/{executor}/people/somebody-new"
    body = {"role": "performer", "name": "Особа без запису", "username": "nobody-of-that-name"}
    status, answered = send(url, body, method="PUT", Authorization=sign_in(city, "admin"))
    return "" if status == 422 else f"account: {status} {answered}"


def faulty(city: Running, function: str) -> str:
    """The first thing that does not work of what a function does; or empty."""
    if function in CHECKS:
        return CHECKS[function](city)
    return (
        (unsent(city) if function == "send_mail" else "")
        or broken(city)
        or sweep(city)
        or unreleased(city)
        or deaf(city, TOPIC)
        or silent(city, EMERGENCY)
        or untold_of_works(city)
        or (unheard(city) or unopened(city) if function == "api_handler" else "")
    )


def sweep(city: Running) -> str:
    """What does not work of a sweep that is due for a new card; or empty."""
    ahead = datetime.now(UTC) + timedelta(days=60)
    event = {
        **dict.fromkeys(("version", "id", "account", "region", "source", "detail-type"), "0"),
        "time": ahead.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": [],
        "detail": {},
    }
    answer = client(city, "lambda").invoke(
        FunctionName=city.facts["functions"]["sweep"], Payload=json.dumps(event)
    )
    swept = json.loads(answer["Payload"].read())
    return "" if swept.get("cards") and not swept["left"] else f"sweep: {swept}"


@pytest.mark.parametrize("function", ["api_handler", "send_mail", *CHECKS])
def test_with_all_statements_everything_works(city: Running, function: str) -> None:
    assert faulty(city, function) == ""


@pytest.mark.parametrize(("function", "statement"), STATEMENTS)
def test_no_statement_can_be_spared(city: Running, function: str, statement: str) -> None:
    with without(city, function, statement):
        assert faulty(city, function)


def test_afterwards_everything_works_again(city: Running) -> None:
    assert faulty(city, "api_handler") == ""
