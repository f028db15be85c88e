"""Routes: a Blueprint whose views get a Call, may raise, and are documented as they are parsed.

    routes = Routes(__name__)

    @routes.route("/cards/{number}/comment", methods=["POST"], body=CommentBody,
                  answers={200: CardView}, headers=["If-Match"])
    def post_comment(call: Call, number: str) -> Response:
        '''Comment on a card (K-5.1.4).'''
        centre, body = wiring.centre(), call.read(CommentBody)
        now, expected = centre.now(), expected_version(call.request)
        return carry_out(
            call.request,
            lambda once: comment(number, body.text, expected, once=once, now=now, …),
            lambda file: answer(card_view(file), version=file.card.version),
            guards=centre.guards,
            now=now,
        )

`app.py` serves them all: `app.serve(appeals.routes, cards.routes, authorizer=staff)`.

- `call.read(Model, extra_faults)` and `call.asked(Query, extra_faults)` parse what the route
  declares; another model is a defect. A route without `query` takes no query parameters.
- `call.actor`, `call.language`, `call.request`; `identity.client_address(call.request, …)`.
- `{number}` in a path is a right registration number or 404; other names are decoded ASCII.
- `answers.ok(body, version=…)`, `answers.unless_known(…)` for ETag and 304, `answers.answer(…)`
  for what is kept under an Idempotency-Key. `answers={status: Type}` takes any type that pydantic
  has a schema for, a `typing_extensions.TypedDict` first: it costs nothing at run time.
- An access code: put `once.SEALED` into the body and `sealed_for=(key id, root)` on the Answer,
  and pass `carry_out` an `unseal`.
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import unquote

from chalice.app import Blueprint, Chalice, ChaliceAuthorizer, Request, Response
from pydantic import BaseModel

from chalicelib.api import call_log, problem
from chalicelib.api.bodies import BodyModel, ExtraFaults, Query, no_extra_faults, parse, parse_query
from chalicelib.api.identity import actor_of
from chalicelib.domain.errors import DomainError, NotFound
from chalicelib.domain.numbers import is_registration_number
from chalicelib.domain.people import Actor
from chalicelib.words.say import language_of

_PATH_VALUE: Final = re.compile(r"[!-~]{1,200}")
_NUMBER: Final = re.compile(r"[0-9-]{13,24}")

View = Callable[..., Response]

AnyView = TypeVar("AnyView", bound=View)


@dataclass(frozen=True, slots=True)
class Declared:
    """One route as declared: what Chalice serves and the OpenAPI document says.

    Attributes:
        answers: the type of the body of each good status; None for no body or a file.
        headers: request headers that the route reads besides the usual ones.
    """

    path: str
    methods: tuple[str, ...]
    view: View
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    answers: Mapping[int, Any]
    headers: tuple[str, ...]
    public: bool
    tag: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a route."""

    request: Request
    declared: Declared

    @property
    def language(self) -> str:
        """The caller's language, `uk` or `en`."""
        return request_language(self.request)

    @property
    def actor(self) -> Actor:
        """Who calls. Raises NotSignedIn on a public route."""
        return actor_of(self.request)

    def read(
        self, model: type[BodyModel], extra_faults: ExtraFaults = no_extra_faults
    ) -> BodyModel:
        """Return the body as the declared model. Raises InputRefused with every fault."""
        self._require_declared(model, self.declared.body)
        return parse(model, self.request, extra_faults)

    def asked(
        self, model: type[BodyModel], extra_faults: ExtraFaults = no_extra_faults
    ) -> BodyModel:
        """Return the query parameters as the declared model. Raises InputRefused."""
        self._require_declared(model, self.declared.query)
        return parse_query(model, self.request, extra_faults)

    def _require_declared(self, model: type[BaseModel], declared: type[BaseModel] | None) -> None:
        if model is not declared:
            raise TypeError(f"{self.declared.path} does not declare {model.__name__}")


class Routes(Blueprint):
    """A Blueprint of one noun.

    Middleware cannot answer for the views: Chalice turns what a view raises into a bare 500
    before any middleware sees it. So each view is wrapped here.
    """

    def __init__(self, import_name: str) -> None:
        super().__init__(import_name)
        self.declared: list[Declared] = []
        self.authorizer_of_staff: ChaliceAuthorizer | None = None

    def route(  # type: ignore[override]
        self,
        path: str,
        *,
        methods: Sequence[str] = ("GET",),
        body: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        answers: Mapping[int, Any] | None = None,
        headers: Iterable[str] = (),
        public: bool = False,
    ) -> Callable[[AnyView], AnyView]:
        """Declare a view; it is registered when the app serves these routes."""

        def declare(view: AnyView) -> AnyView:
            tag = self._import_name.rpartition(".")[2].replace("_", "-")
            facts = (body, query, answers or {}, tuple(headers), public, tag)
            self.declared.append(Declared(path, tuple(methods), view, *facts))
            return view

        return declare

    def register(self, app: Chalice, options: dict[str, Any]) -> None:
        """Register every declared view with the app. Called by Chalice."""
        self._deferred_registrations.clear()
        for declared in self.declared:
            register = super().route(
                declared.path,
                methods=list(declared.methods),
                authorizer=None if declared.public else self.authorizer_of_staff,
                # Our own code answers to a wrong media type, so Chalice must not.
                content_types=[],
            )
            register(self._answering(declared))
        super().register(app, options)

    def _answering(self, declared: Declared) -> View:
        @functools.wraps(declared.view)
        def answering(**path_values: str) -> Response:
            request = self.current_request
            try:
                if declared.query is None and request.query_params:
                    parse_query(Query, request)
                values = {name: path_value(name, text) for name, text in path_values.items()}
                return declared.view(Call(request, declared), **values)
            except DomainError as error:
                return problem.refused(error, language=request_language(request))
            except Exception as error:  # noqa: BLE001 - a defect is answered with its id
                return answer_defect(error, request)

        return answering


def answer_defect(error: Exception, request: Request) -> Response:
    """Log a defect and return its problem document, joined by the id of the request."""
    instance = request_id(request)
    call_log.write_defect(error, instance=instance)
    return problem.defect(instance, language=request_language(request))


def request_id(request: Request) -> str:
    """Return the id of the request that the cloud gave."""
    given = request.context.get("requestId")
    return str(given or getattr(request.lambda_context, "aws_request_id", "unknown"))


def request_language(request: Request) -> str:
    """Return the caller's language by Accept-Language."""
    return language_of(request.headers.get("accept-language", ""))


def path_value(name: str, text: str) -> str:
    """Return a value of a path, decoded whether the cloud did or not. Raises NotFound."""
    value = unquote(text)
    if not _PATH_VALUE.fullmatch(value):
        raise NotFound
    if name == "number" and not (_NUMBER.fullmatch(value) and is_registration_number(value)):
        raise NotFound(words="no-card")
    return value
