"""A CloudFormation stack, the same on AWS and in the local cloud: apply it, ask it."""

import time
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from infra.progress import give_up

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
FAILED_FOR_GOOD = {"ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED", "DELETE_FAILED"}


class StackFailed(Exception):
    """The stack was not created or changed; the text says which resources refused and why."""


@dataclass(frozen=True)
class Cloud:
    """Where a stack lives: an AWS account, or the local cloud at an endpoint."""

    region: str
    endpoint: str | None = None

    def client(self, service: str) -> Any:
        """A client of one AWS service there."""
        return boto3.client(service, region_name=self.region, endpoint_url=self.endpoint)


class Stack:
    """One named stack in a cloud."""

    def __init__(self, cloud: Cloud, name: str, poll_seconds: float = 3.0) -> None:
        self.cloud = cloud
        self.name = name
        self._formation = cloud.client("cloudformation")
        self._poll_seconds = poll_seconds

    def status(self) -> str:
        """CloudFormation's word for the stack's state, empty when there is no stack."""
        try:
            found = self._formation.describe_stacks(StackName=self.name)["Stacks"]
        except ClientError as refusal:
            if "does not exist" in str(refusal):
                return ""
            raise
        return str(found[0]["StackStatus"]) if found else ""

    def apply(self, template_url: str, parameters: dict[str, str]) -> None:
        """Create or change the stack and wait until that is done; raise StackFailed."""
        before = self.status()
        if before in FAILED_FOR_GOOD:
            give_up(
                f"Stack {self.name} is in the state {before}: its first creation failed. "
                "Delete the stack in CloudFormation, mend the cause that its events name, "
                "and deploy again."
            )
        request = {
            "StackName": self.name,
            "TemplateURL": template_url,
            "Capabilities": CAPABILITIES,
            "Parameters": [
                {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
            ],
        }
        if before in {"", "DELETE_COMPLETE"}:
            self._formation.create_stack(**request)
        elif not self._update(request):
            return
        self._wait()

    def _update(self, request: dict[str, Any]) -> bool:
        try:
            self._formation.update_stack(**request)
        except ClientError as refusal:
            if "No updates are to be performed" in str(refusal):
                return False
            raise
        return True

    def _wait(self) -> None:
        while (status := self.status()).endswith("_IN_PROGRESS"):
            time.sleep(self._poll_seconds)
        if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
            raise StackFailed(f"{status}\n{self._reasons()}")

    def _reasons(self) -> str:
        events = self._formation.describe_stack_events(StackName=self.name)["StackEvents"]
        refused = [event for event in events if "FAILED" in event["ResourceStatus"]]
        return "\n".join(
            f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason')}"
            for event in refused[:10]
        )

    def outputs(self) -> dict[str, str]:
        """The stack's outputs by name; read them anew after every change."""
        described = self._formation.describe_stacks(StackName=self.name)["Stacks"][0]
        return {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}

    def physical_ids(self, kind: str) -> dict[str, str]:
        """The physical id of every resource of a type, by logical id."""
        pages = self._formation.get_paginator("list_stack_resources").paginate(StackName=self.name)
        return {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for page in pages
            for each in page["StackResourceSummaries"]
            if each["ResourceType"] == kind
        }
