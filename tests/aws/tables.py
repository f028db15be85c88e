"""The stack's tables, buckets, queues, user pool and secret in moto, made from its template.

The template is the only source of names, keys and indexes, so tests cannot drift from what
is deployed. Making it all takes some 50 ms; putting a state back takes a few.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import botocore.session
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID

from tests.aws import template as templates
from tests.aws.snapshot import Snapshot

REGION: Final = "eu-central-1"
SITE_URL: Final = "https://centre.example"

_ACCESS: Final = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "AWS_MAX_ATTEMPTS": "3",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@cache
def client(service: str) -> Any:
    """Return the one botocore client of a service: making one costs more than a whole run."""
    return botocore.session.get_session().create_client(service, region_name=REGION)


class Stack:
    """The resources of one template, as moto holds them.

    Attributes:
        name: name of the stack; prefix of most names.
    """

    def __init__(self, city: str, path: Path = templates.TEMPLATE) -> None:
        """Create every resource that moto can serve. Call inside `cloud()`."""
        self.name = f"contact-centre-{city}"
        self._template = templates.load(path)
        self._ids: dict[str, str] = {}
        self._resolver = templates.Resolver(
            self._template, self._values(city), ref=self.id_of, attribute=self._attribute
        )
        for logical in self._template["Resources"]:
            self.id_of(logical)
        self._notify()

    def id_of(self, logical: str) -> str:
        """Return the physical id of a resource (what `Ref` gives), creating it if need be.

        A resource of a kind that tests do not need keeps its logical name.
        """
        if logical not in self._ids:
            resource = self._template["Resources"].get(logical, {})
            make = _MAKERS.get(resource.get("Type", ""))
            self._ids[logical] = logical
            if make is not None:
                self._ids[logical] = make(self._resolver.resolve(self._properties(resource)))
        return self._ids[logical]

    def environment(self) -> Mapping[str, str]:
        """Return the variables that the template gives to every function."""
        function = self._template["Globals"]["Function"]
        resolved = self._resolver.resolve(function["Environment"]["Variables"])
        return {name: str(value) for name, value in resolved.items()}

    def table_names(self) -> list[str]:
        """Return the names of the template's tables, in its order."""
        resources: Mapping[str, Any] = self._template["Resources"]
        return [self.id_of(n) for n, r in resources.items() if r.get("Type") == _TABLE]

    def _values(self, city: str) -> Mapping[str, str]:
        return {
            "City": city,
            "Stage": "local",
            "SiteUrl": SITE_URL,
            "AWS::StackName": self.name,
            "AWS::Region": REGION,
            "AWS::AccountId": DEFAULT_ACCOUNT_ID,
            "AWS::Partition": "aws",
        }

    @staticmethod
    def _properties(resource: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the properties that do not close a circle of references."""
        later = ("NotificationConfiguration",)
        return {n: v for n, v in resource.get("Properties", {}).items() if n not in later}

    def _attribute(self, logical: str, attribute: str) -> str:
        physical = self.id_of(logical)
        kind = self._template["Resources"].get(logical, {}).get("Type", "")
        if attribute == "Arn" and kind in _ARNS:
            return _ARNS[kind](physical)
        return f"{physical}.{attribute}"

    def _notify(self) -> None:
        for logical, resource in self._template["Resources"].items():
            told = resource.get("Properties", {}).get("NotificationConfiguration")
            if told and resource.get("Type") == "AWS::S3::Bucket":
                queues = self._resolver.resolve(told)["QueueConfigurations"]
                client("s3").put_bucket_notification_configuration(
                    Bucket=self.id_of(logical),
                    NotificationConfiguration={"QueueConfigurations": [*map(_notice, queues)]},
                )


@contextmanager
def cloud(city: str = "khmelnytskyi", path: Path = templates.TEMPLATE) -> Iterator[Stack]:
    """Run the stack of a city in moto, with its functions' environment, while the block lasts."""
    with patch.dict("os.environ", _ACCESS), mock_aws():
        stack = Stack(city, path)
        with patch.dict("os.environ", stack.environment()):
            yield stack


def snapshot() -> Snapshot:
    """Keep what tables, buckets and queues hold now, to be put back by `restore()`."""
    return Snapshot.taken(REGION)


_TABLE: Final = "AWS::DynamoDB::Table"
_TABLE_PROPERTIES: Final = (
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "BillingMode",
)


def _table(properties: Mapping[str, Any]) -> str:
    asked = {n: properties[n] for n in _TABLE_PROPERTIES if n in properties}
    if "StreamSpecification" in properties:
        asked["StreamSpecification"] = {"StreamEnabled": True, **properties["StreamSpecification"]}
    client("dynamodb").create_table(**asked)
    name = str(properties["TableName"])
    if "TimeToLiveSpecification" in properties:
        client("dynamodb").update_time_to_live(
            TableName=name, TimeToLiveSpecification=properties["TimeToLiveSpecification"]
        )
    return name


def _bucket(properties: Mapping[str, Any]) -> str:
    name = str(properties["BucketName"])
    client("s3").create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    return name


def _notice(configured: Mapping[str, Any]) -> Mapping[str, Any]:
    rules = configured.get("Filter", {}).get("S3Key", {}).get("Rules", [])
    return {
        "QueueArn": configured["Queue"],
        "Events": [configured["Event"]],
        "Filter": {"Key": {"FilterRules": rules}},
    }


_QUEUE_ATTRIBUTES: Final = (
    "VisibilityTimeout",
    "RedrivePolicy",
    "MessageRetentionPeriod",
    "DelaySeconds",
    "FifoQueue",
    "ContentBasedDeduplication",
)


def _queue(properties: Mapping[str, Any]) -> str:
    attributes = {n: _text(properties[n]) for n in _QUEUE_ATTRIBUTES if n in properties}
    made = client("sqs").create_queue(QueueName=properties["QueueName"], Attributes=attributes)
    return str(made["QueueUrl"])


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value)


def _pool(properties: Mapping[str, Any]) -> str:
    made = client("cognito-idp").create_user_pool(
        PoolName=properties["UserPoolName"], Policies=properties.get("Policies", {})
    )
    return str(made["UserPool"]["Id"])


def _pool_client(properties: Mapping[str, Any]) -> str:
    made = client("cognito-idp").create_user_pool_client(**properties)
    return str(made["UserPoolClient"]["ClientId"])


def _secret(properties: Mapping[str, Any]) -> str:
    generate = properties["GenerateSecretString"]
    secret = json.loads(generate["SecretStringTemplate"])
    secret[generate["GenerateStringKey"]] = "0123456789abcdef" * (generate["PasswordLength"] // 16)
    made = client("secretsmanager").create_secret(
        Name=properties["Name"], SecretString=json.dumps(secret)
    )
    return str(made["ARN"])


_MAKERS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    _TABLE: _table,
    "AWS::S3::Bucket": _bucket,
    "AWS::SQS::Queue": _queue,
    "AWS::Cognito::UserPool": _pool,
    "AWS::Cognito::UserPoolClient": _pool_client,
    "AWS::SecretsManager::Secret": _secret,
}

_ARNS: Final[Mapping[str, Callable[[str], str]]] = {
    _TABLE: lambda name: f"arn:aws:dynamodb:{REGION}:{DEFAULT_ACCOUNT_ID}:table/{name}",
    "AWS::S3::Bucket": lambda name: f"arn:aws:s3:::{name}",
    "AWS::SQS::Queue": lambda url: (
        f"arn:aws:sqs:{REGION}:{DEFAULT_ACCOUNT_ID}:{url.rpartition('/')[2]}"
    ),
    "AWS::Cognito::UserPool": lambda pool: (
        f"arn:aws:cognito-idp:{REGION}:{DEFAULT_ACCOUNT_ID}:userpool/{pool}"
    ),
}
