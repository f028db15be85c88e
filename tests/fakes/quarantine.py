"""The quarantine in memory."""

from chalicelib.domain.errors import NotFound
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.quarantine import Held, HeldState
from chalicelib.domain.tally import Tally
from chalicelib.store.cursors import Cursors
from chalicelib.usecases.ports import Page
from tests.fakes.shelf import Shelf


class FakeQuarantine:
    """Implements `usecases.quarantine_ports.Quarantine`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self._cursors = Cursors(lambda: "key of the tests")

    def hold(self, held: Held, *, once: OnceRecord | None, tally: Tally | None) -> None:
        """Keep a text back. Raises OnceAnswered, TooManyRequests, ChangedMeanwhile."""
        with self._shelf.lock:
            self._shelf.require_room(tally)
            self.decide(held, once=once)
            self._shelf.count(tally)

    def read(self, held_id: str) -> Held:
        """Return a text. Raises NotFound."""
        held = self._shelf.held.get(held_id)
        if held is None:
            raise NotFound(words="no-receipt")
        return held

    def decide(self, held: Held, *, once: OnceRecord | None) -> None:
        """Write what was decided. Raises OnceAnswered, ChangedMeanwhile."""
        with self._shelf.lock:
            self._shelf.require_free(once, held.decided_at or held.appeal.received_at)
            self._shelf.require_held_unchanged(held)
            self._shelf.held[held.id] = held
            self._shelf.keep(once)

    def waiting(self, *, limit: int, cursor: str | None) -> Page[Held]:
        """Return texts that nobody has decided, those to be looked at first first."""
        found = [held for held in self._texts() if held.state is HeldState.WAITING]
        found.sort(key=lambda held: (held.review_by_at, held.id))
        return self._page("waiting", found, limit, cursor)

    def decided(self, *, limit: int, cursor: str | None) -> Page[Held]:
        """Return decided texts, the latest first."""
        found = [held for held in self._texts() if held.state is not HeldState.WAITING]
        found.sort(key=lambda held: (held.decided_at or held.release_at, held.id), reverse=True)
        return self._page("decided", found, limit, cursor)

    def _texts(self) -> list[Held]:
        return list(self._shelf.held.values())

    def _page(self, which: str, found: list[Held], limit: int, cursor: str | None) -> Page[Held]:
        start = 0 if cursor is None else int(self._cursors.open(which, cursor))
        more = len(found) > start + limit
        following = self._cursors.seal(which, start + limit) if more else None
        return Page(tuple(found[start : start + limit]), following)
