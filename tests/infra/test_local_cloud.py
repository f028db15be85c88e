"""The local cloud as a person meets it: it starts, answers, keeps its data, stops."""

import json
import urllib.request
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.infra.calls import client, send, sign_in
from tests.infra.running import Running, running

pytestmark = pytest.mark.e2e


def ask(address: str, **headers: str) -> tuple[int, Message, bytes]:
    """GET an address without following a redirection."""
    request = urllib.request.Request(address, headers=headers)
    opener = urllib.request.build_opener(NotFollowing)
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers, refusal.read()


class NotFollowing(urllib.request.HTTPRedirectHandler):
    """Leaves a redirection to the test."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def test_the_api_answers_behind_the_origin(city: Running) -> None:
    status, headers, body = ask(f"{city.site}/api/city")
    assert (status, headers.get_content_type()) == (200, "application/json")
    assert json.loads(body)["name"]


def test_the_origin_shows_the_site_in_ukrainian_first(city: Running) -> None:
    status, headers, _ = ask(f"{city.site}/")
    assert (status, headers["location"]) == (302, f"{city.site}/uk/") or (
        status,
        headers["location"],
    ) == (302, "/uk/")
    status, headers, body = ask(f"{city.site}/uk/")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert b'lang="uk"' in body


def test_a_page_is_found_without_its_closing_slash(city: Running) -> None:
    status, headers, _ = ask(f"{city.site}/uk/report")
    assert status == 302
    assert headers["location"].endswith("/uk/report/")


def test_a_missing_page_is_404_for_machines_and_a_page_for_people(city: Running) -> None:
    status, headers, body = ask(f"{city.site}/uk/nothing-here/")
    assert (status, headers.get_content_type()) == (404, "text/html")
    assert b"/404.html" in body
    assert ask(f"{city.site}/404.html")[0] == 200


def test_pages_are_asked_for_again_and_assets_never(city: Running) -> None:
    _, page, body = ask(f"{city.site}/uk/report/")
    asset = body.decode().partition('src="/assets/')[2].partition('"')[0]
    _, script, _ = ask(f"{city.site}/assets/{asset}")
    assert "must-revalidate" in page["cache-control"]
    assert "immutable" in script["cache-control"]


def test_every_answer_carries_the_security_headers(city: Running) -> None:
    for address in ("/uk/", "/api/city"):
        _, headers, _ = ask(city.site + address)
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'self'")
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("address", "token", "expected"),
    [("/api/nothing-here", "", 404), ("/api/cards", "", 401), ("/api/cards", "Bearer no", 401)],
)
def test_refusals_of_the_gateway_are_problem_documents(
    city: Running, address: str, token: str, expected: int
) -> None:
    given = {"Authorization": token} if token else {}
    status, headers, body = ask(city.site + address, **given)
    assert (status, headers.get_content_type()) == (expected, "application/problem+json")
    assert json.loads(body)["status"] == expected


def test_the_emulator_s_own_pages_are_not_shown(city: Running) -> None:
    assert ask(f"{city.site}/_ministack/health")[0] == 404


def test_nobody_reads_the_evidence_bucket_past_the_front(city: Running) -> None:
    s3, bucket = client(city, "s3"), city.facts["outputs"]["EvidenceBucket"]
    for key in ("evidence/1/seen.txt", "originals/1/hidden.txt"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x", ContentType="text/plain")
    assert ask(f"{city.site}/evidence/1/seen.txt")[0] == 200
    assert ask(f"{city.site}/originals/1/hidden.txt")[0] == 404
    assert ask(f"{city.facts['aws_endpoint']}/{bucket}/evidence/1/seen.txt")[0] == 403


def test_items_expire_where_the_template_says(city: Running) -> None:
    for table in ("cards", "guards", "residents", "conversations"):
        told = client(city, "dynamodb").describe_time_to_live(
            TableName=f"{city.facts['stack']}-{table}"
        )["TimeToLiveDescription"]
        assert told == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}


def test_the_facts_name_functions_and_accounts(city: Running) -> None:
    assert {"api_handler", "staff", "inspect", "sweep"} <= set(city.facts["functions"])
    roles = {account["role"] for account in city.accounts}
    assert {"operator", "coordinator", "responsible", "head", "next_head", "performer"} <= roles
    assert all(account["subject"] for account in city.accounts)


def test_a_restart_keeps_the_data_and_the_people(tmp_path: Path) -> None:
    item = {"kind": {"S": "test"}, "id": {"S": "1"}}
    with running("kryvyi-rih", tmp_path, "--no-seed") as first:
        table = f"{first.facts['stack']}-directory"
        client(first, "dynamodb").put_item(TableName=table, Item=item)
        assert ask(f"{first.site}/api/city")[0] == 200
        assert first.interrupt() == 0
        people = {account["username"]: account["subject"] for account in first.accounts}
    with running("kryvyi-rih", tmp_path, "--no-seed") as second:
        found = client(second, "dynamodb").get_item(TableName=table, Key=item)["Item"]
        assert found == item
        assert {each["username"]: each["subject"] for each in second.accounts} == people
        assert ask(f"{second.site}/api/city")[0] == 200


def test_without_demonstration_appeals_people_sign_in_and_the_end_is_said(tmp_path: Path) -> None:
    with running("khmelnytskyi", tmp_path, "--no-seed") as started:
        by = sign_in(started, "coordinator")
        status, listed = send(f"{started.site}/api/cards", Authorization=by)
        assert (status, listed["items"]) == (200, [])
        assert started.interrupt() == 0
        assert "Stopped, state kept" in started.output.read_text()
        assert not (tmp_path / "run.json").exists()
