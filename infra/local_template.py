"""The whole difference between the template on AWS and in the local cloud.

The local cloud knows no WebSocket deployments, drops layers (their folder is on PYTHONPATH), reads
binary types and gateway responses from other places than AWS does, and is told of them here.
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
        return {name: resource} | _localise_api(name, properties)
    return {name: resource}


def _localise_api(name: str, properties: Template) -> Template:
    body = properties["DefinitionBody"]
    properties["BinaryMediaTypes"] = body.get(BINARY_TYPES, [])
    return {
        f"Answer{kind.title().replace('_', '')}": _gateway_response(name, kind, answer)
        for kind, answer in body.pop(GATEWAY_RESPONSES, {}).items()
    }


def _gateway_response(api: str, kind: str, answer: Template) -> Template:
    properties = {
        "RestApiId": {"Ref": api},
        "ResponseType": kind,
        "ResponseParameters": answer.get("responseParameters", {}),
        "ResponseTemplates": answer.get("responseTemplates", {}),
    }
    if "statusCode" in answer:
        properties["StatusCode"] = str(answer["statusCode"])
    return {"Type": "AWS::ApiGateway::GatewayResponse", "Properties": properties}
