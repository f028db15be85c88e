"""AWS answers recorded once and played back, so that only the program's own CPU time counts.

Played back are the bytes that moto answered, beneath botocore: signing, retries and parsing
are paid for as in production. A request is answered by its exact bytes if they were recorded,
else by the next answer recorded for that operation, since tokens and signatures differ.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.aws.wire import Answer, Sent, moto, served_by

_Request = tuple[str, str, bytes]


@dataclass
class Cassette:
    """The answers of one use case, in the order in which they were given."""

    answers: list[tuple[_Request, Answer]] = field(default_factory=list)
    _exact: dict[_Request, Answer] = field(default_factory=dict)
    _next: dict[str, deque[Answer]] = field(default_factory=dict)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Let moto answer and keep what it says."""
        with served_by(self._record):
            yield

    @contextmanager
    def playing(self) -> Iterator[None]:
        """Answer every call from the recording; `rewind()` before each repetition."""
        self._exact = dict(self.answers)
        self.rewind()
        with served_by(self._play):
            yield

    def rewind(self) -> None:
        """Begin again with the first answer of each operation."""
        queues: dict[str, deque[Answer]] = defaultdict(deque)
        for (_, operation, _), answer in self.answers:
            queues[operation].append(answer)
        self._next = queues

    def _record(self, sent: Sent) -> Answer | None:
        answer = moto(sent)
        if answer is not None:
            self.answers.append((_request(sent), answer))
        return answer

    def _play(self, sent: Sent) -> Answer:
        exact = self._exact.get(_request(sent))
        if exact is not None:
            return exact
        queue = self._next.get(sent.operation)
        if not queue:
            raise LookupError(f"no answer recorded for another {sent.operation}")
        return queue.popleft()


def _request(sent: Sent) -> _Request:
    body = sent.request.body
    raw = body.encode() if isinstance(body, str) else body
    return sent.service, sent.operation, raw if isinstance(raw, bytes) else b""
