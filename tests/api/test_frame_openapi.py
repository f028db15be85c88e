"""The OpenAPI document says what the routes are, because it is made from them."""

from http import HTTPStatus
from typing import Any

from chalice.app import Response
from openapi_spec_validator import OpenAPIV31SpecValidator
from typing_extensions import TypedDict

from chalicelib.api import answers, openapi
from chalicelib.api.bodies import Body, PageQuery
from chalicelib.api.routes import Call, Routes
from tests.api.tiny import app_of, call


class MarkBody(Body):
    """A mark."""

    text: str


class MarkView(TypedDict):
    """A mark as answered."""

    text: str
    place: "PlaceView | None"


class PlaceView(TypedDict):
    """Where."""

    street: str


def _routes() -> Routes:
    routes = Routes("tests.api.marks")

    @routes.route(
        "/cards/{number}/marks",
        methods=["POST"],
        body=MarkBody,
        answers={201: MarkView, 202: None},
        headers=["If-Match", "Idempotency-Key"],
    )
    def post_mark(call: Call, number: str) -> Response:
        """Mark a card.

        At length.
        """
        return answers.ok({"text": call.read(MarkBody).text, "place": None, "number": number})

    @routes.route("/marks", query=PageQuery, answers={200: list[MarkView]}, public=True)
    def get_marks(call: Call) -> Response:
        """List marks."""
        return answers.ok([call.asked(PageQuery).limit])

    return routes


APP = app_of(_routes(), openapi.routes)


def document() -> dict[str, Any]:
    read: dict[str, Any] = call(APP, "GET", "/openapi.json").json
    return read


def test_the_document_is_valid_openapi_3_1() -> None:
    OpenAPIV31SpecValidator(document()).validate()


def test_an_operation_says_what_the_route_declares() -> None:
    operation = document()["paths"]["/cards/{number}/marks"]["post"]
    assert operation["summary"] == "Mark a card."
    assert operation["description"] == "At length."
    assert operation["tags"] == ["marks"]
    assert operation["security"] == [{"bearer": []}, {"apiKey": []}]
    names = [parameter["name"] for parameter in operation["parameters"]]
    assert names == ["number", "If-Match", "Accept-Language", "Idempotency-Key"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/MarkBody"}
    assert set(operation["responses"]) == {"201", "202", "default"}


def test_a_public_list_has_its_query_parameters_and_no_security() -> None:
    operation = document()["paths"]["/marks"]["get"]
    by_name = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert operation["security"] == []
    assert by_name["limit"]["schema"]["maximum"] == 100
    assert not by_name["cursor"]["required"]


def test_models_and_the_problem_are_components() -> None:
    schemas = document()["components"]["schemas"]
    assert {"MarkBody", "MarkView", "PlaceView", "Problem", "InputFault"} <= set(schemas)
    assert schemas["MarkBody"]["additionalProperties"] is False


def test_the_document_is_known_by_its_etag() -> None:
    first = call(APP, "GET", "/openapi.json")
    again = call(APP, "GET", "/openapi.json", headers={"if-none-match": first.headers["ETag"]})
    assert again.status == HTTPStatus.NOT_MODIFIED
