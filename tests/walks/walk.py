"""A walk: what somebody may try at a city's door, and what is checked after each try."""

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

from chalicelib import wiring
from chalicelib.domain.people import Role
from tests.door import Reply
from tests.fake_door import fake_door
from tests.requests import an_appeal_body
from tests.walks.bodies import CARD_BODIES, DECISIONS, RESIDENT_BODIES, Draw
from tests.walks.invariants import check_balance, check_card, check_links

LARGEST_SHELF = 12
CENTRE = ("coordinator-1", "operator-1", "clerk-1", "signatory-1", "signatory-2", "admin-1")
LEADS_NOWHERE = frozenset(
    {"comment", "contact-attempt", "duty-call", "open-contacts", "open-text", "outside-link"}
)
ASIDE = frozenset(
    {"clarify", "evidence", "forward", "join", "not-consider", "print", "reclassify", "revoke"}
    | {"send-back", "split", "unjoin"}
    | {f"request:{kind}" for kind in ("change_executor", "co_executor", "extension")}
)
"""What leads off the usual way: taken too, but seldom."""


class Searched:
    """Choices that a search makes."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def one_of(self, choices: Sequence[Any]) -> Any:
        """Return one of the choices."""
        return self._data.draw(st.sampled_from(list(choices)))

    def number(self, least: int, most: int) -> int:
        """Return a number between two, both included."""
        return self._data.draw(st.integers(least, most))

    def yes(self) -> bool:
        """Tell yes or no."""
        return self._data.draw(st.booleans())


class Seeded:
    """Choices that a seed makes: the same walk each time."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)

    def one_of(self, choices: Sequence[Any]) -> Any:
        """Return one of the choices."""
        return self._chance.choice(list(choices))

    def number(self, least: int, most: int) -> int:
        """Return a number between two, both included."""
        return self._chance.randint(least, most)

    def yes(self) -> bool:
        """Tell yes or no."""
        return self._chance.random() < 0.5


class Walk:
    """Everybody at one city's door."""

    def __init__(self, city: str) -> None:
        """Open the door of a city without cards."""
        self.door = fake_door(city)
        people = self.door.centre.city.people.values()
        self.people = sorted(person.id for person in people if person.role in set(Role))
        self.topics = sorted(self.door.centre.city.topics)
        self.codes: dict[str, str] = {}
        self.reached: set[str] = set()

    @staticmethod
    def end() -> None:
        """Take the door away."""
        wiring.use(None)

    def file_an_appeal(self, draw: Draw) -> None:
        """File an appeal about anything."""
        if len(self.door.shelf.files) >= LARGEST_SHELF:
            return
        reply = self.door.post("/appeals", an_appeal_body(topic=draw.one_of(self.topics)))
        assert reply.status == 201, reply.text
        self.codes[reply.json["number"]] = reply.json["access_code"]

    def try_anything(self, draw: Draw) -> None:
        """Let anybody try any action on any card."""
        if (number := self._some_card(draw)) is not None:
            person = draw.one_of(self.people if draw.yes() else self._near(number))
            self._act(draw, number, person, draw.one_of(sorted(CARD_BODIES)))

    def do_what_is_offered(self, draw: Draw) -> None:
        """Go deeper than chance: take an action that a card itself offers to somebody."""
        if (number := self._some_card(draw)) is None:
            return
        person, offered = self._somebody_offered_something(draw, number)
        if not offered:
            return
        onward = [name for name in offered if name not in ASIDE]
        action = draw.one_of(onward * 12 + offered)
        if action in ("decide", "acknowledge"):
            self._decide(draw, self.door.shelf.files[number].requests[-1].id, person, action)
        else:
            name, _, kind = action.partition(":")
            self._act(draw, number, person, {"request": "requests"}.get(name, name), kind)

    def _somebody_offered_something(self, draw: Draw, number: str) -> tuple[str, list[str]]:
        people = self._near(number) + [name for name in self.people if name in CENTRE]
        person, offered = "", []
        for _ in range(4):
            person = draw.one_of(people)
            seen = self.door.get(f"/cards/{number}", by=person)
            actions = seen.json.get("actions", ())
            offered = [name for name in actions if name not in LEADS_NOWHERE]
            if set(offered) - ASIDE:
                break
        return person, offered

    def decide_anything(self, draw: Draw) -> None:
        """Let anybody decide or acknowledge any request."""
        requests = [r.id for f in self.door.shelf.files.values() for r in f.requests]
        if requests:
            request, deed = draw.one_of(requests), draw.one_of(["decide", "acknowledge"])
            self._decide(draw, request, draw.one_of(self.people), deed)

    def act_as_the_applicant(self, draw: Draw) -> None:
        """Track a card, and answer, write, dispute or (seldom) withdraw."""
        number, deed = self._some_card(draw), draw.one_of(sorted(RESIDENT_BODIES))
        if number is None or (deed == "withdrawal" and draw.number(0, 7)):
            return
        headers = {"X-Access-Code": self.codes[self.door.shelf.files[number].card.root]}
        tracked = self.door.get(f"/appeals/{number}", headers=headers)
        assert tracked.status == 200, tracked.text
        url = f"/appeals/{number}/{deed}"
        if deed == "survey":
            token = (tracked.json["survey"] or {}).get("token")
            if token is None:
                return
            url = f"/surveys/{token}"
        before = self.door.stored()
        self._tried(self.door.post(url, RESIDENT_BODIES[deed](draw), headers=headers), before)

    def let_time_pass(self, draw: Draw) -> None:
        """Let hours or days pass, and the schedule run."""
        self.door.clock.pass_(hours=draw.one_of([1, 1, 1, 10, 100, 200]))
        self.door.sweep()

    def check(self) -> None:
        """Assert every invariant."""
        files = self.door.shelf.files
        for file in files.values():
            self.reached.add(file.card.status)
            check_card(file, self.door.centre.city, self.door.clock())
        check_links(files)
        check_balance(len(self.codes), files)

    def _act(self, draw: Draw, number: str, person: str, action: str, kind: str = "") -> None:
        body = CARD_BODIES[action](draw, self.door, number)
        body = {**body, "kind": kind} if kind else body
        before = self.door.stored()
        headers = {"If-Match": f'"{before[number].card.version}"'}
        reply = self.door.post(f"/cards/{number}/{action}", body, by=person, headers=headers)
        self._tried(reply, before)
        self._version_tells(before, number)
        if action == "evidence" and reply.status == 201:
            self.door.upload(reply.json, b"\0" * body["size_bytes"])

    def _decide(self, draw: Draw, request: str, person: str, action: str) -> None:
        deed = {"decide": "decision", "acknowledge": "acknowledgement"}[action]
        before = self.door.stored()
        body = DECISIONS[deed](draw, self.door)
        self._tried(self.door.post(f"/requests/{request}/{deed}", body, by=person), before)

    def _tried(self, reply: Reply, before: dict[str, Any]) -> None:
        """Check an answer: no defect ever, and a refusal writes nothing."""
        assert reply.status < 500, reply.text
        if reply.status >= 400:
            assert self.door.stored() == before

    def _near(self, number: str) -> list[str]:
        executor = self.door.shelf.files[number].card.executor
        own = [name for name in self.people if executor and name.startswith(executor)]
        return own or self.people

    def _some_card(self, draw: Draw) -> str | None:
        numbers = sorted(self.door.shelf.files)
        return str(draw.one_of(numbers)) if numbers else None

    def _version_tells(self, before: dict[str, Any], number: str) -> None:
        was, now = before[number].card, self.door.shelf.files[number].card
        moved = (was.status, was.executor, was.due_at) != (now.status, now.executor, now.due_at)
        assert now.version >= was.version
        assert now.version > was.version or not moved
