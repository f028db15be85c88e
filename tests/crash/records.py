"""What the store holds, in words that two runs share: whatever number or id each of them drew."""

import json
import re
from collections.abc import Iterator, Sequence

from chalicelib.domain.card import CardFile
from chalicelib.regulation.lifecycle import OPEN
from tests.aws.images import Image, table_of
from tests.aws.tables import REGION, client
from tests.door import Door

_ID = re.compile(r"\b[0-9a-f]{32}\b")
_OF_THE_TRY = {"body", "fingerprint", "headers", "status"}
"""Attributes of a kept answer that hold the numbers and ids which its try drew, or a receipt."""
_OF_NO_MATTER = ("rate#", "receipt#")
"""How often somebody has tried, and what was given to one who had to wait."""


def items(door: Door, table: str) -> list[Image]:
    """Return all items of a table, read beneath the API."""
    held = table_of(REGION, f"{door.stack.name}-{table}").all_items()
    return [{name: value.to_json() for name, value in item.attrs.items()} for item in held]


def files(door: Door) -> list[CardFile]:
    """Return the whole files of all cards, in the order of their numbers."""
    held = items(door, "cards")
    cards = (image for image in held if image["part"]["S"] == "CARD")
    numbers = {image["number"]["S"] for image in cards if "expires_at" not in image}
    return [door.centre.cards.read_file(number) for number in sorted(numbers)]


def record(door: Door, found: Sequence[CardFile]) -> str:
    """Return all that the store holds: these cards, tickets, kept answers, objects, one a line.

    Numbers and ids stand as `card 1`, `id 1` in their order, so that runs can be compared.
    """
    lines = [repr(file) for file in found]
    lines += [repr(sorted(guard.items())) for guard in _guards(door)]
    lines += sorted(_objects(door))
    lines += _of_no_card(door, found)
    lines += _conversations(door)
    text = "\n".join(lines)
    for place, file in enumerate(found, 1):
        text = text.replace(file.card.number, f"card {place}")
    for place, drawn in enumerate(dict.fromkeys(_ID.findall(text)), 1):
        text = text.replace(drawn, f"id {place}")
    return text


def require_whole(door: Door, kept: Sequence[CardFile]) -> None:
    """Check that each card has its full history, and that links and queues lead to cards.

    Raises AssertionError.
    """
    found = {file.card.number: file for file in kept}
    for number, file in found.items():
        assert [event.seq for event in file.events] == list(range(1, file.card.seq + 1)), number
        assert len(file.surveys) == file.card.surveys, number
        assert len(file.requests) == file.card.requests, number
        for repeat in file.card.repeats:
            assert found[repeat].card.repeat_of == number
        if file.card.repeat_of:
            assert found[file.card.repeat_of].card.repeats.count(number) == 1
    queued = [row.number for row in door.centre.cards.open_cards(limit=100, cursor=None).items]
    assert sorted(queued) == sorted(n for n, file in found.items() if file.card.status in OPEN)


def _of_no_card(door: Door, found: Sequence[CardFile]) -> list[str]:
    """Return what stands among the cards and is none that is read: digests, released cards."""
    read = {file.card.number for file in found}
    return sorted(
        repr(sorted(image.items()))
        for image in (*items(door, "cards"), *items(door, "directory"))
        if ("number" in image and image["number"]["S"] not in read) or _is_release(image)
    )


def _is_release(image: Image) -> bool:
    return str(image.get("kind", {}).get("S", "")).startswith("release#")


def _guards(door: Door) -> list[Image]:
    """Return tickets and kept answers."""
    held = items(door, "guards")
    kept = [image for image in held if not image["key"]["S"].startswith(_OF_NO_MATTER)]
    return [{name: v for name, v in image.items() if name not in _OF_THE_TRY} for image in kept]


def _conversations(door: Door) -> list[str]:
    """Return where each conversation stands, whatever id the messenger gave its last message."""
    held = (json.loads(image["session"]["S"]) for image in items(door, "conversations"))
    return [
        repr({name: said for name, said in session.items() if name not in ("rev", "prompt")})
        for session in held
    ]


def _objects(door: Door) -> Iterator[str]:
    listed = client("s3").list_objects_v2(Bucket=door.centre.settings.evidence_bucket)
    for stored in listed.get("Contents", ()):
        yield f"{stored['Key']} {stored['Size']}"
