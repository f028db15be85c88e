"""The Chalice app of the centre: whatever refuses, the answer is a problem document."""

import threading
from time import perf_counter
from typing import Any, Final

from chalice.app import Chalice, ChaliceAuthorizer, Request, Response

from chalicelib.api import call_log, problem
from chalicelib.api.identity import subject_of
from chalicelib.api.routes import Declared, Routes, request_id, request_language

_PDF: Final = "application/pdf"

_WORDS_BY_STATUS: Final = {
    400: "not-acceptable",
    404: "not-found",
    405: "method-not-allowed",
}
"""What Chalice refuses by itself: no Accept for a file, no such path, no such method."""

Answered = dict[str, Any]


class ContactCentre(Chalice):
    """Chalice, with every refusal of its own in our form, and one line of log a call.

    The current request is kept for each thread, so that calls may race in one process.
    """

    def __init__(self, app_name: str) -> None:
        self._in_thread = threading.local()
        super().__init__(app_name)
        self.api.binary_types = [*self.api.default_binary_types, _PDF]
        self.declared: list[Declared] = []

    @property
    def current_request(self) -> Request | None:
        """The request that this thread is answering."""
        return getattr(self._in_thread, "request", None)

    @current_request.setter
    def current_request(self, request: Request | None) -> None:
        self._in_thread.request = request

    def serve(self, *nouns: Routes, authorizer: ChaliceAuthorizer) -> None:
        """Serve the routes of some nouns; those that are not public, behind `authorizer`."""
        for routes in nouns:
            routes.authorizer_of_staff = authorizer
            self.register_blueprint(routes)
            self.declared += routes.declared

    def __call__(self, event: Any, context: Any) -> Answered:
        """Answer one request of API Gateway."""
        started = perf_counter()
        request, answered = self._answered(event, context)
        call_log.write(
            method=request.method,
            path=request.path,
            status=answered["statusCode"],
            ms=round((perf_counter() - started) * 1000, 2),
            request=request_id(request),
            subject=subject_of(request),
        )
        return answered

    def _answered(self, event: Any, context: Any) -> tuple[Request, Answered]:
        request = Request(event, context)
        if request.path not in self.routes:
            return request, self._refused(request, 404)
        answered: Answered = super().__call__(event, context)
        if answered["statusCode"] < 400 or "Content-Type" in answered["headers"]:
            return request, answered
        return request, self._refused(request, answered["statusCode"])

    def _refused(self, request: Request, status: int) -> Answered:
        words = _WORDS_BY_STATUS.get(status)
        language = request_language(request)
        if words is None:
            response = problem.defect(request_id(request), language=language)
        else:
            allowed = ", ".join(sorted(self.routes[request.path])) if status == 405 else ""
            response = problem.plain(words, status, language=language, allowed=allowed)
            response.headers |= {"Allow": allowed} if allowed else {}
        return _as_dict(response)


def _as_dict(response: Response) -> Answered:
    answered: Answered = response.to_dict()
    return answered
