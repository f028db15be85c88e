"""Everything that is done to repair works, cut short wherever it can be.

A work's table is compared whole with what an undisturbed run leaves; who is told is counted by
the notices, for how these are sent is tried elsewhere.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.domain.events import EventName
from tests.aws.crashes import Scene
from tests.aws.tables import snapshot
from tests.crash.flows import KEY, Unanswered, answered, restart
from tests.crash.records import files, items, require_whole
from tests.door import Door
from tests.requests import an_appeal_body
from tests.works import STREET, a_subscription

KEEPER: Final = "vodokanal-responsible"
PLACE: Final = {"street": "вулиця Проскурівська", "building": "14"}
SUBSCRIBERS: Final = 30
"""More than one page of those who are told at once."""

_DRAWN: Final = re.compile(r"rw-[0-9a-f]{12}")
_INSTANT: Final = re.compile(r"2026-03-\d\dT[\d:.]+(Z|\+00:00)")


@dataclass(frozen=True)
class WorkScene:
    """Something that is done to a work.

    Attributes:
        bring: puts the state there that it needs and returns what is asked.
        told: how many subscribers must have a notice in the end, each one.
        answers: how many cards must have the one answer in the end, each once.
    """

    name: str
    bring: Callable[[Door], Callable[[], object]]
    told: int = 0
    answers: int = 0


def a_work_body(**changes: Any) -> dict[str, Any]:
    """Return a whole and right body of POST /repair-works."""
    return {
        "summary": "Прорив водогону",
        "cause": "з'ясовується",
        "consequences": "Немає води",
        "eta_at": "2026-03-02T18:00:00+02:00",
        "places": [{"street": PLACE["street"]}],
        **changes,
    }


def published(door: Door) -> str:
    """Publish a work that nobody is to be told of any more; return its id."""
    made = answered(door.post("/repair-works", a_work_body(), by=KEEPER))
    door.sweep()
    return str(made["id"])


def linked(door: Door, count: int) -> str:
    """Publish a work, and file appeals that are linked to it; return its id."""
    work = published(door)
    for _ in range(count):
        filed = answered(door.post("/appeals", an_appeal_body(topic="WA-02", place=PLACE)))
        assert filed["known_works"]
    return work


def subscribe(door: Door, count: int) -> None:
    """Let so many addresses be told of the street."""
    for no in range(count):
        door.centre.subscriptions.keep(a_subscription(no, street=STREET))


def changing(door: Door, work: str, body: object) -> object:
    """Change a work, on the version that stands, as the console does."""
    headers = {"If-Match": door.get(f"/repair-works/{work}").etag}
    return answered(door.call("PATCH", f"/repair-works/{work}", body, by=KEEPER, headers=headers))


def _publishing(door: Door) -> Callable[[], object]:
    subscribe(door, SUBSCRIBERS)
    return lambda: answered(door.post("/repair-works", a_work_body(), by=KEEPER, headers=KEY))


def _moving(door: Door) -> Callable[[], object]:
    work = published(door)
    subscribe(door, 1)
    moved = {"eta_at": "2026-03-02T20:00:00+02:00", "cause": "Знос", "reason": "Муфта"}
    return lambda: changing(door, work, moved)


def _closing(door: Door) -> Callable[[], object]:
    work = published(door)
    subscribe(door, 1)
    url, done = f"/repair-works/{work}/close", {"text": "Засувку замінено"}
    return lambda: answered(door.post(url, done, by=KEEPER, headers=KEY))


def _answering(door: Door) -> Callable[[], object]:
    url, said = f"/repair-works/{linked(door, 3)}/answer", {"text": "Воду подано"}
    return lambda: answered(door.post(url, said, by=KEEPER, headers=KEY))


def _passing_its_term(door: Door) -> Callable[[], object]:
    published(door)
    door.clock.pass_(hours=12)
    return door.sweep


def _subscribing(door: Door) -> Callable[[], object]:
    asked = {"street": "Проскурівська", "channel": "email", "address": "olena@example.org"}
    return lambda: answered(door.post("/subscriptions", asked, headers=KEY))


def _filing(door: Door) -> Callable[[], object]:
    published(door)
    body = an_appeal_body(topic="WA-02", place=PLACE)
    return lambda: answered(door.post("/appeals", body, headers=KEY))


SCENES: Final = (
    WorkScene("publish a work", _publishing, told=SUBSCRIBERS),
    WorkScene("change its term and its cause", _moving, told=1),
    WorkScene("close it", _closing, told=1),
    WorkScene("give one answer to its appeals", _answering, answers=3),
    WorkScene("pass its term", _passing_its_term),
    WorkScene("subscribe to a street", _subscribing, told=1),
    WorkScene("file an appeal where works are known", _filing),
)


def scene(told: WorkScene, door: Door) -> Scene:
    """Return what is done to a work as a scene: done once, told once, answered once."""
    ask = told.bring(door)
    before, begun = snapshot(), door.clock()

    def fresh() -> None:
        before.restore()
        door.clock.at = begun
        restart(door)

    def act() -> object:
        restart(door)
        return ask()

    def settle() -> None:
        restart(door)
        door.take_in()
        door.sweep()
        if waiting := [image for image in items(door, "repair_works") if _is_due(image, door)]:
            raise Unanswered(waiting)

    fresh()
    act()
    settle()
    undisturbed = record(door)

    def check(_told: Sequence[object]) -> None:
        restart(door)
        require_whole(door, files(door))
        assert len(subscribers_told(door)) == told.told
        assert answers(door) == told.answers
        left = record(door)
        assert left == undisturbed, f"left:\n{left}\nrather than:\n{undisturbed}"

    return Scene(told.name, fresh, act, check, settle=settle)


def record(door: Door) -> str:
    """Return the works, their history and places in words that two runs share.

    The clock's own instants are left out: a message that was lost is looked after later.
    """
    lines = [
        repr(sorted((name, value) for name, value in image.items() if name != "expires_at"))
        for image in items(door, "repair_works")
    ]
    lines += [repr((f.card.works, sorted(f.card.flags))) for f in files(door) if f.card.works]
    text = _INSTANT.sub("then", "\n".join(sorted(lines)))
    for place, drawn in enumerate(dict.fromkeys(_DRAWN.findall(text)), 1):
        text = text.replace(drawn, f"work {place}")
    return text


def answers(door: Door) -> int:
    """Return how many cards have an answer. Raises AssertionError for a card that has two."""
    counts = [
        sum(event.name is EventName.COMMENTED for event in file.events)
        for file in files(door)
        if file.card.works
    ]
    assert max(counts, default=0) <= 1, counts
    return sum(counts)


def subscribers_told(door: Door) -> list[str]:
    """Return the numbers of the notices to subscribers, each of which has one."""
    kept = [image for image in items(door, "cards") if image["part"]["S"].startswith("NOTICE#")]
    told = [n for image in kept if "#" in (n := image["number"]["S"]) and n[0] != "d"]
    assert len(set(told)) == len(told), told
    return told


def _is_due(image: Any, door: Door) -> bool:
    wake = image.get("wake_at", {}).get("S", "9")
    return bool(wake <= door.clock().strftime("%Y-%m-%dT%H:%M:%S"))
