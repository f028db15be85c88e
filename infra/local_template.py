"""The whole difference between the template on AWS and in the local cloud.

The local cloud knows no WebSocket deployments, needs no layer (its folder is on PYTHONPATH),
reads binary types from another place than AWS does, and asks other questions of a role: whether it
may send a letter from any identity, and messages of a queue in batches. What it does not read from
a template at all
(`gateway_answers`, the expiry of items) is told to it after the deployment.
"""

from copy import deepcopy
from typing import Any

Template = dict[str, Any]

BINARY_TYPES = "x-amazon-apigateway-binary-media-types"
GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"


def localised(template: Template, code: dict[str, str]) -> Template:
    """The template as the local cloud can deploy it; `code` is the zip's `Bucket` and `Key`."""
    local = deepcopy(template)
    resources: dict[str, Any] = {}
    for name, resource in local["Resources"].items():
        resources |= _localised_resource(name, resource, code)
    local["Resources"] = resources
    local["Globals"]["Function"].pop("Layers", None)
    return local


def _localised_resource(name: str, resource: Template, code: dict[str, str]) -> Template:
    kind, properties = resource["Type"], resource.setdefault("Properties", {})
    if kind in {"AWS::ApiGatewayV2::Deployment", "AWS::Serverless::LayerVersion"}:
        return {}
    if kind == "AWS::ApiGatewayV2::Stage":
        properties.pop("DeploymentId", None)
        properties["AutoDeploy"] = True
        resource.pop("DependsOn", None)
    elif kind == "AWS::Serverless::Function":
        properties["CodeUri"] = code
    elif kind == "AWS::Serverless::Api":
        properties["BinaryMediaTypes"] = properties["DefinitionBody"].get(BINARY_TYPES, [])
    elif kind == "AWS::IAM::Role":
        _answer_its_questions(properties)
    return {name: resource}


def _answer_its_questions(role: Template) -> None:
    for policy in role.get("Policies", []):
        for statement in policy["PolicyDocument"]["Statement"]:
            if "ses:SendEmail" in statement["Action"]:
                statement["Resource"] = ["*"]
            if "sqs:SendMessage" in statement["Action"]:
                statement["Action"] = [*statement["Action"], "sqs:SendMessageBatch"]


def gateway_answers(template: Template) -> dict[str, Template]:
    """How API Gateway words its own refusals, by the kind of refusal."""
    answers: dict[str, Template] = {}
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Api":
            answers |= resource["Properties"]["DefinitionBody"].get(GATEWAY_RESPONSES, {})
    return answers
