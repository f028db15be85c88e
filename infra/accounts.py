"""The demonstration accounts of a city: read from its data, created in its user pool."""

import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.artefacts import ROOT


@dataclass(frozen=True)
class Account:
    """An account of the demonstration.

    `person` is the id in the city's `people.csv`; `subject` is the pool's, empty until created.
    """

    username: str
    password: str
    role: str
    executor: str
    name: str
    person: str
    subject: str = ""

    def facts(self) -> dict[str, str]:
        """The account as `run.json` lists it."""
        return asdict(self)


def of_city(city: str, root: Path = ROOT) -> list[Account]:
    """The accounts that the city's `accounts.csv` lists; none when it has no such file."""
    listed = root / "chalicelib" / "cities" / city / "accounts.csv"
    if not listed.exists():
        return []
    with listed.open(encoding="utf-8", newline="") as rows:
        wanted = ("username", "password", "role", "executor", "name", "person")
        return [
            Account(**{key: row[key].strip() for key in wanted}) for row in csv.DictReader(rows)
        ]


def create(cognito: Any, pool: str, accounts: list[Account]) -> list[Account]:
    """Make every account that the pool lacks, with its lasting password; return them with ids."""
    known = _subjects(cognito, pool)
    with ThreadPoolExecutor(max_workers=4) as workers:
        return list(workers.map(lambda account: _ensure(cognito, pool, account, known), accounts))


def _subjects(cognito: Any, pool: str) -> dict[str, str]:
    pages = cognito.get_paginator("list_users").paginate(UserPoolId=pool)
    return {
        user["Username"]: _subject(user["Attributes"]) for page in pages for user in page["Users"]
    }


def _ensure(cognito: Any, pool: str, account: Account, known: dict[str, str]) -> Account:
    subject = known.get(account.username) or _created(cognito, pool, account.username)
    if account.username not in known:
        cognito.admin_set_user_password(
            UserPoolId=pool,
            Username=account.username,
            Password=account.password,
            Permanent=True,
        )
    return Account(**{**asdict(account), "subject": subject})


def _created(cognito: Any, pool: str, username: str) -> str:
    try:
        made = cognito.admin_create_user(
            UserPoolId=pool, Username=username, MessageAction="SUPPRESS"
        )
    except ClientError as refusal:
        if refusal.response["Error"]["Code"] != "UsernameExistsException":
            raise
        found = cognito.admin_get_user(UserPoolId=pool, Username=username)
        return _subject(found["UserAttributes"])
    return _subject(made["User"]["Attributes"])


def _subject(attributes: list[dict[str, str]]) -> str:
    return next(each["Value"] for each in attributes if each["Name"] == "sub")
