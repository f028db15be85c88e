"""What comes in: a raw body to clean text to a model, every fault of the input at once."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NoReturn, TypeVar

from chalice.app import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chalicelib.api.faults import faults_of
from chalicelib.domain.clean_text import clean
from chalicelib.domain.errors import Fault, InputRefused

MOST_BYTES: Final = 256 * 1024
"""The largest body of a request; files go to S3, never through here."""

_MOST_DEEP: Final = 32

RawBody = dict[str, Any]

ExtraFaults = Callable[[RawBody], Iterable[Fault]]


class Body(BaseModel):
    """A JSON body: unknown fields are refused, types are not guessed, text comes stripped."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        defer_build=True,  # a process answers few of the routes, and starts faster
    )


class Query(BaseModel):
    """Query parameters: unknown ones are refused, an empty one is an absent one."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        defer_build=True,
    )


class PageQuery(Query):
    """The parameters of every list."""

    limit: int = Field(default=50, ge=1, le=100)
    cursor: str | None = Field(default=None, max_length=2000)


BodyModel = TypeVar("BodyModel", bound=BaseModel)


def no_extra_faults(_raw: RawBody) -> Iterable[Fault]:
    """Find nothing: for bodies that no clause speaks of."""
    return ()


def parse(
    model: type[BodyModel], request: Request, extra_faults: ExtraFaults = no_extra_faults
) -> BodyModel:
    """Return the request's JSON body as `model`.

    An empty body is an empty object where the model demands nothing.

    Args:
        extra_faults: what a clause finds in the cleaned raw object; its faults stand beside
            the model's, in place of the model's for the same field.

    Raises InputRefused with every fault: no JSON, too large, wrong media type, or by field.
    """
    raw = _read(model, request)
    found = list(extra_faults(raw))
    try:
        parsed = model.model_validate_json(json.dumps(raw, ensure_ascii=False))
    except ValidationError as error:
        _refuse(found, faults_of(error))
    if found:
        raise InputRefused(faults=tuple(found))
    return parsed


def parse_query(
    model: type[BodyModel], request: Request, extra_faults: ExtraFaults = no_extra_faults
) -> BodyModel:
    """Return the query parameters as `model`; of a repeated one the last.

    Args:
        extra_faults: as of `parse`, on the cleaned values.

    Raises InputRefused with every fault.
    """
    given = dict(request.query_params or {})
    values = {name: text for name, value in given.items() if (text := clean(value).strip())}
    found = list(extra_faults(values))
    try:
        parsed = model.model_validate_strings(values)
    except ValidationError as error:
        _refuse(found, faults_of(error))
    if found:
        raise InputRefused(faults=tuple(found))
    return parsed


def raw_bytes(request: Request) -> bytes:
    """Return the request's body as it came, at most MOST_BYTES. Raises InputRefused."""
    event = request.to_original_event()
    body: str | bytes = event.get("body") or b""
    encoded = bool(event.get("isBase64Encoded"))
    if len(body) > (MOST_BYTES * 4 // 3 + 4 if encoded else MOST_BYTES):
        refuse_whole("too_large")
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    if encoded:
        data = _decoded(data)
    if len(data) > MOST_BYTES:
        refuse_whole("too_large")
    return data


def refuse_whole(code: str) -> NoReturn:
    """Raise InputRefused for the request as a whole."""
    raise InputRefused(faults=(Fault("", code),))


def _read(model: type[BaseModel], request: Request) -> RawBody:
    data = raw_bytes(request)
    if not data.strip() and not any(f.is_required() for f in model.model_fields.values()):
        return {}
    if data and not _is_json(request.headers.get("content-type", "application/json")):
        refuse_whole("media_type")
    try:
        raw = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        refuse_whole("not_json")
    if not isinstance(raw, dict):
        refuse_whole("not_an_object")
    return {clean(name): _cleaned(value, _MOST_DEEP) for name, value in raw.items()}


def _decoded(data: bytes) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error:
        refuse_whole("not_json")


def _is_json(content_type: str) -> bool:
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    return kind.strip() == "application/json" and charset in {"", "utf-8", "utf8"}


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _cleaned(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, (dict, list)):
        if not depth:
            refuse_whole("too_deep")
        if isinstance(value, list):
            return [_cleaned(item, depth - 1) for item in value]
        return {clean(name): _cleaned(item, depth - 1) for name, item in value.items()}
    return value


def _refuse(by_clause: list[Fault], by_model: Iterable[Fault]) -> NoReturn:
    named: Mapping[str, None] = dict.fromkeys(fault.field for fault in by_clause)
    rest = [fault for fault in by_model if fault.field not in named]
    raise InputRefused(faults=(*by_clause, *rest)) from None
