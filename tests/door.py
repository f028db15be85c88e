"""The app as a client meets it, in process: API Gateway's event in, its answer out.

The routes, the authorizer, the store and the bucket are the real ones over moto; the user pool
is a fake held to the port's contract, because its keys are fetched over the network.
"""

import base64
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import app as entry
from chalicelib import wiring
from chalicelib.cities.catalogue import load_city
from chalicelib.config import Settings
from chalicelib.domain.people import Actor, Role
from chalicelib.store.directory import DirectoryStore
from tests.aws.snapshot import queues
from tests.aws.tables import REGION, Stack, client, cloud, snapshot
from tests.fakes import FakeAccounts

START = datetime(2026, 3, 2, 8, 15, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that moves only when a test moves it."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **span: float) -> None:
        """Let a `timedelta` of this span pass."""
        self.at += timedelta(**span)


@dataclass(frozen=True)
class Reply:
    """An answer: its status, headers by lower-case name, and exact text."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)

    @property
    def etag(self) -> str:
        """The version for If-Match."""
        return self.headers["etag"]


@dataclass
class Door:
    """One city's app with a clock of its own."""

    stack: Stack
    city: str
    clock: Clock = field(default_factory=Clock)
    tokens: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Wire the app, and enter the city's demonstration people."""
        self.accounts = FakeAccounts(self.clock)
        environment = {**os.environ, **self.stack.environment()}
        deployed = wiring.deployed(Settings.from_environment(environment))
        self.centre = replace(deployed, now=self.clock, accounts_of=lambda: self.accounts)
        directory = self.centre.directory
        assert isinstance(directory, DirectoryStore)
        for person in load_city(self.city).people.values():
            if person.role in set(Role):
                actor = Actor(person.id, Role(person.role), person.name, person.executor)
                directory.put_person(actor)
                self.accounts.add(person.id, f"password of {person.id}", person.id)
        wiring.use(self.centre)

    def call(
        self,
        method: str,
        url: str,
        body: object = None,
        *,
        by: str | None = None,
        headers: Mapping[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Reply:
        """Send a request as a resident, or `by` a person of the city's data."""
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        sent = {"content-type": "application/json", "x-forwarded-for": "203.0.113.7"}
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        if by is not None:
            sent["authorization"] = f"Bearer {self.token(by)}"
        return send(method, url, data, sent)

    def get(self, url: str, **how: Any) -> Reply:
        """Read."""
        return self.call("GET", url, **how)

    def post(self, url: str, body: object, **how: Any) -> Reply:
        """Write."""
        return self.call("POST", url, body, **how)

    def token(self, person: str) -> str:
        """Return a person's bearer token, signing in when there is none that still counts."""
        token, until = self.tokens.get(person, ("", START))
        if self.clock() >= until:
            session = {"username": person, "password": f"password of {person}"}
            answered = self.post("/sessions", session).json
            token, until = answered["access_token"], datetime.fromisoformat(answered["expires_at"])
            self.tokens[person] = (token, until)
        return token

    def act(self, number: str, action: str, body: object, *, by: str) -> Reply:
        """Read a card and act on the version read, as the console does."""
        seen = self.get(f"/cards/{number}", by=by)
        assert seen.status == 200, seen.text
        return self.post(f"/cards/{number}/{action}", body, by=by, headers={"If-Match": seen.etag})

    def upload(self, form: Mapping[str, Any], data: bytes) -> None:
        """Put a file where a form says, and let the queue's function see it."""
        bucket = self.centre.settings.evidence_bucket
        client("s3").put_object(
            Bucket=bucket,
            Key=form["fields"]["key"],
            Body=data,
            ContentType=form["fields"]["Content-Type"],
        )
        self.inspect_arrivals()

    def inspect_arrivals(self) -> None:
        """Run `inspect` on what waits in the uploads queue."""
        sqs = client("sqs")
        url = sqs.get_queue_url(QueueName=f"{self.stack.name}-uploads")["QueueUrl"]
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            records = [
                {
                    "messageId": m["MessageId"],
                    "receiptHandle": m["ReceiptHandle"],
                    "body": m["Body"],
                }
                for m in found
            ]
            answered = entry.inspect({"Records": records}, None)
            assert answered == {"batchItemFailures": []}
            for message in found:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def take_in(self) -> int:
        """Bring every appeal that waits, as the queue would; return how many wait still.

        The queue is read beneath its API: what is tried are the calls of the function.
        """
        queue = queues(REGION)[f"{self.stack.name}-waiting"]
        waiting = list(queue._messages)
        records = [
            {"messageId": m.id, "receiptHandle": "r", "body": m.body, "attributes": {}}
            for m in waiting
        ]
        answered = entry.take_in({"Records": records}, None)
        failed = {each["itemIdentifier"] for each in answered["batchItemFailures"]}
        queue._messages[:] = [m for m in waiting if m.id in failed]
        return len(failed)

    def sweep(self) -> dict[str, int]:
        """Run the schedule's function at the clock's time."""
        swept: dict[str, int] = entry.sweep(scheduled(self.clock()), None)
        return swept


def scheduled(at: datetime) -> dict[str, Any]:
    """Return EventBridge's full envelope of a schedule."""
    return {
        "version": "0",
        "account": "000000000000",
        "region": "eu-central-1",
        "detail": {},
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "id": "1",
        "resources": [],
    }


def send(method: str, url: str, data: bytes, headers: Mapping[str, str]) -> Reply:
    """Do what API Gateway does: find the route, ask the authorizer, call the function."""
    parts = urlsplit(url)
    template, values = _matched(method, parts.path)
    event = _event(method, template, values, parts.query, data, headers)
    if template is not None and _guarded(template, method):
        context = _authorized(method, parts.path, headers)
        if context is None:
            return Reply(401, {}, "{}")
        event["requestContext"]["authorizer"] = context
    answered = entry.app(event, None)
    return Reply(
        answered["statusCode"],
        {name.lower(): value for name, value in answered["headers"].items()},
        answered["body"],
    )


def _event(
    method: str,
    template: str | None,
    values: Mapping[str, str],
    query: str,
    data: bytes,
    headers: Mapping[str, str],
) -> dict[str, Any]:
    asked: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        asked.setdefault(name, []).append(value)
    try:
        body, encoded = data.decode(), False
    except UnicodeDecodeError:
        body, encoded = base64.b64encode(data).decode(), True
    return {
        "requestContext": {
            "httpMethod": method,
            "resourcePath": template,
            "requestId": "test-request",
            "identity": {"sourceIp": "198.51.100.1"},
            "stage": "api",
        },
        "headers": dict(headers),
        "multiValueQueryStringParameters": asked or None,
        "pathParameters": dict(values) or None,
        "stageVariables": None,
        "body": body or None,
        "isBase64Encoded": encoded,
    }


def _matched(method: str, path: str) -> tuple[str | None, dict[str, str]]:
    asked = path.split("/")
    for template in _templates():
        parts = template.split("/")
        if len(parts) == len(asked) and all(
            part == given or part.startswith("{") for part, given in zip(parts, asked, strict=True)
        ):
            values = zip(parts, asked, strict=True)
            return template, {p[1:-1]: quote(g, safe="%") for p, g in values if p.startswith("{")}
    return None, {}


@lru_cache
def _templates() -> tuple[str, ...]:
    """Return the app's paths, literal parts before placeholders, as API Gateway prefers them."""
    return tuple(sorted(entry.app.routes, key=lambda path: path.replace("{", "\x7f")))


def _guarded(template: str, method: str) -> bool:
    route = entry.app.routes[template].get(method)
    return route is not None and route.authorizer is not None


def _authorized(method: str, path: str, headers: Mapping[str, str]) -> Mapping[str, str] | None:
    event = {
        "type": "TOKEN",
        "methodArn": f"arn:aws:execute-api:eu-central-1:000000000000:api/api/{method}{path}",
        "authorizationToken": headers.get("authorization", ""),
    }
    if not event["authorizationToken"]:
        return None
    try:
        answered: dict[str, Any] = entry.staff(event, None)
    except Exception as refused:
        if str(refused) != "Unauthorized":
            raise
        return None
    context: Mapping[str, str] = answered["context"]
    return context


@contextmanager
def open_door(city: str = "khmelnytskyi") -> Iterator[Callable[[], Door]]:
    """Run a city's stack in moto; each call of what is yielded gives a door on a fresh state."""
    with cloud(city) as stack:
        empty = snapshot()

        def fresh() -> Door:
            empty.restore()
            return Door(stack, city)

        yield fresh
        wiring.use(None)
