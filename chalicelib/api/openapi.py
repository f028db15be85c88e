"""The OpenAPI 3.1 document, made from the routes and models that serve, never by hand."""

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, Literal, NotRequired

from chalice.app import Response
from pydantic import BaseModel, TypeAdapter
from typing_extensions import TypedDict

from chalicelib.api.answers import json_text, tag_of, unless_known
from chalicelib.api.routes import Call, Declared, Routes

TITLE: Final = "Contact-Centre"
VERSION: Final = "1"

routes = Routes(__name__)

Document = dict[str, Any]

_Mode = Literal["validation", "serialization"]
_Input = tuple[int, _Mode, TypeAdapter[Any]]
_Schemas = Mapping[tuple[int, _Mode], Document]

_IN_PATH: Final = re.compile(r"{(\w+)}")
_NUMBER_PATTERN: Final = r"^\d{4}-\d{6,}-\d$"
_IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body give the first answer again, for 24 hours.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,64}$"},
}
_LANGUAGE: Final = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "enum": ["uk", "en"], "default": "uk"},
}
_SECURITY_SCHEMES: Final = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`ApiKey <client id>.<secret>`",
    },
}


class InputFault(TypedDict):
    """One fault of an input."""

    field: str
    code: str
    message: str
    clause: NotRequired[str]


class Problem(TypedDict):
    """A refusal (RFC 9457); `clause` where a clause refuses, `errors` for input."""

    type: str
    title: str
    status: int
    detail: str
    instance: NotRequired[str]
    clause: NotRequired[str]
    errors: NotRequired[list[InputFault]]


@routes.route("/openapi.json", public=True, answers={200: dict[str, Any]})
def get_openapi(call: Call) -> Response:
    """Read this document."""
    text = json_text(document(getattr(routes.current_app, "declared", ())))
    return unless_known(call.request, text, tag_of(text), cache="public, max-age=300")


def document(declared: Sequence[Declared]) -> Document:
    """Return the OpenAPI document of the routes."""
    schemas, components = _schemas(declared)
    paths: dict[str, Document] = {}
    for route in declared:
        for method in route.methods:
            operation = _operation(route, method, schemas)
            paths.setdefault(route.path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": VERSION},
        "servers": [{"url": "/api"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": components, "securitySchemes": _SECURITY_SCHEMES},
    }


def _schemas(
    declared: Iterable[Declared],
) -> tuple[_Schemas, Document]:
    inputs: dict[tuple[int, _Mode], _Input] = {
        (id(kind), mode): (id(kind), mode, TypeAdapter(kind)) for kind, mode in _types(declared)
    }
    found, definitions = TypeAdapter.json_schemas(
        inputs.values(), ref_template="#/components/schemas/{model}"
    )
    return found, definitions.get("$defs", {})


def _types(declared: Iterable[Declared]) -> Iterable[tuple[Any, _Mode]]:
    yield Problem, "serialization"
    for route in declared:
        if route.body is not None:
            yield route.body, "validation"
        for kind in route.answers.values():
            if kind is not None:
                yield kind, "serialization"


def _operation(route: Declared, method: str, schemas: _Schemas) -> Document:
    summary, _, description = (inspect.getdoc(route.view) or "").partition("\n")
    operation: Document = {
        "operationId": getattr(route.view, "__name__", ""),
        "summary": summary,
        "description": description.strip(),
        "tags": [route.tag],
        "parameters": [*_parameters(route), *([_IDEMPOTENCY_KEY] if method == "POST" else [])],
        "responses": _responses(route, schemas),
    }
    if route.body is not None:
        required = any(field.is_required() for field in route.body.model_fields.values())
        schema = schemas[id(route.body), "validation"]
        content = {"application/json": {"schema": schema}}
        operation["requestBody"] = {"required": required, "content": content}
    operation["security"] = [] if route.public else [{"bearer": []}, {"apiKey": []}]
    return operation


def _parameters(route: Declared) -> list[Document]:
    found = [_path_parameter(name) for name in _IN_PATH.findall(route.path)]
    if route.query is not None:
        found += _query_parameters(route.query)
    found += [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
        for name in route.headers
        if name != _IDEMPOTENCY_KEY["name"]
    ]
    return [*found, _LANGUAGE]


def _path_parameter(name: str) -> Document:
    schema = {"type": "string", "pattern": _NUMBER_PATTERN} if name == "number" else None
    return {"name": name, "in": "path", "required": True, "schema": schema or {"type": "string"}}


def _query_parameters(query: type[BaseModel]) -> list[Document]:
    schema = query.model_json_schema()
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": facts}
        for name, facts in schema.get("properties", {}).items()
    ]


def _responses(route: Declared, schemas: _Schemas) -> Document:
    problem = {"application/problem+json": {"schema": schemas[id(Problem), "serialization"]}}
    found: Document = {"default": {"description": "Refused.", "content": problem}}
    for status, kind in route.answers.items():
        answer: Document = {"description": f"{HTTPStatus(status).phrase}."}
        if kind is not None:
            schema = schemas[id(kind), "serialization"]
            answer["content"] = {"application/json": {"schema": schema}}
        found[str(status)] = answer
    return found
