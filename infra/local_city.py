"""A city's stack in the local cloud: the production template, deployed there in one pass."""

import json
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.cities.catalogue import load_city
from infra import accounts, bots, site_upload
from infra.artefacts import Package, digest_of_json
from infra.deploy import Deployment, Template, expiring_tables, stack_name
from infra.local_server import REGION, Place
from infra.local_template import gateway_answers, localised
from infra.progress import give_up
from infra.stack import Cloud, Stack, StackFailed

ARTEFACTS = "artefacts"
DEMONSTRATION_TOKENS = {"telegram": "100000001:demonstration", "viber": "demonstration"}
WOKEN = {"on_cards", "send_live"}


class LocalCity:
    """Deploys a city into the local cloud and tells what came of it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._cloud = Cloud(REGION, place.endpoint)
        self._stack = Stack(self._cloud, stack_name(place.city), poll_seconds=0.05)
        self._deployment = Deployment(self._stack, ARTEFACTS)
        self._handlers: dict[str, str] = {}
        self.outputs: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The stack's name."""
        return self._stack.name

    def deploy(self, package: Package, site: Path) -> None:
        """Create the stack, or change it to this package, and what the emulator leaves out."""
        self._deployment.ensure_bucket()
        zipped = package.code_zip.read_bytes()
        code = self._deployment.send(f"code-{package.digest}.zip", zipped)
        template = localised(package.template(), code)
        try:
            self._deployment.apply(template, digest_of_json(template), self._parameters(site))
        except (StackFailed, ClientError) as failure:
            give_up(
                f"The stack could not be changed: {failure}\n"
                "A table's key cannot change under its data. If the data may go: "
                f"make reset CITY={self._place.city}"
            )
        self.outputs = self._stack.outputs()
        self._handlers = _handlers(template)
        self._apply_expiry(template)
        self._apply_gateway_answers(template)

    def _parameters(self, site: Path) -> dict[str, str]:
        return {
            "City": self._place.city,
            "Stage": "local",
            "SiteUrl": self._place.site,
            "LocalEndpoint": self._place.endpoint,
            "ApiHost": "127.0.0.1",
            "ApiPort": str(self._place.cloud_port),
            "TelegramApiBase": self._place.messengers["telegram"],
            "ViberApiBase": self._place.messengers["viber"],
            "MailDomain": self._mail_domain(),
            **site_upload.front_parameters(site),
        }

    def _mail_domain(self) -> str:
        """The domain of the centre's own address: SES sends for domains that it knows only."""
        centre = load_city(self._place.city).centre
        return centre.email.rpartition("@")[2] if centre else ""

    def _apply_expiry(self, template: Template) -> None:
        dynamodb = self._cloud.client("dynamodb")
        tables = self._stack.physical_ids("AWS::DynamoDB::Table")
        for logical_id, attribute in expiring_tables(template):
            table = tables[logical_id]
            told = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
            if told.get("TimeToLiveStatus") != "ENABLED":
                dynamodb.update_time_to_live(
                    TableName=table,
                    TimeToLiveSpecification={"Enabled": True, "AttributeName": attribute},
                )

    def _apply_gateway_answers(self, template: Template) -> None:
        gateway = self._cloud.client("apigateway")
        for kind, answer in gateway_answers(template).items():
            status = {"statusCode": str(answer["statusCode"])} if "statusCode" in answer else {}
            gateway.put_gateway_response(
                restApiId=self.outputs["RestApiId"],
                responseType=kind,
                responseParameters=answer.get("responseParameters", {}),
                responseTemplates=answer.get("responseTemplates", {}),
                **status,
            )
        # A stage shows what stood when it was deployed.
        gateway.create_deployment(restApiId=self.outputs["RestApiId"], stageName="api")

    def publish(self, site: Path) -> int:
        """Upload the website; return how many files had changed."""
        return self._deployment.publish(site)

    def create_accounts(self) -> list[accounts.Account]:
        """Create the city's demonstration accounts where they are missing."""
        cognito = self._cloud.client("cognito-idp")
        listed = accounts.of_city(self._place.city)
        return accounts.create(cognito, self.outputs["UserPoolId"], listed)

    def enter_bots(self) -> dict[str, dict[str, str]]:
        """Enter the demonstration's bots; return what somebody knows who plays their messengers."""
        secret = bots.secret_of(self._stack)
        return {
            channel: bots.facts(
                secret.enter(channel, token), self._place.site, self._place.messengers[channel]
            )
            for channel, token in DEMONSTRATION_TOKENS.items()
        }

    def functions(self) -> dict[str, str]:
        """The ARN of every function by its name in `app.py`."""
        functions = self._cloud.client("lambda")
        names = self._stack.physical_ids("AWS::Lambda::Function")
        return {
            self._handlers[logical_id]: functions.get_function(FunctionName=name)["Configuration"][
                "FunctionArn"
            ]
            for logical_id, name in sorted(names.items())
        }

    def wake_functions(self) -> None:
        """Start the functions that stand between a card and the consoles, without waiting.

        A function's first call takes a second; here nobody else has called them before.
        """
        functions = self._cloud.client("lambda")
        names = self._stack.physical_ids("AWS::Lambda::Function")
        for logical_id, name in names.items():
            if self._handlers[logical_id] in WOKEN:
                functions.invoke(
                    FunctionName=name, InvocationType="Event", Payload=json.dumps({"Records": []})
                )


def _handlers(template: Template) -> dict[str, str]:
    resources: dict[str, Any] = template["Resources"]
    handlers = {
        name: resource["Properties"]["Handler"].rpartition(".")[2]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    return {name: "api_handler" if each == "app" else each for name, each in handlers.items()}
