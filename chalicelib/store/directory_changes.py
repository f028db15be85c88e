"""The lines of the directory's history: who changed what of an executor, when and why.

Keys in `directory`: `kind` = `change#<executor>`, `id` = `<instant>#<event>#<person>#<version>`.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.directory import DirectoryChange, DirectoryEvent
from chalicelib.store.attributes import InstantAttribute, Raw, WordsAttribute, written_instant


class ChangeItem(Model):
    """One line of the directory's history, written once."""

    kind = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    at = InstantAttribute()
    event = UnicodeAttribute()
    executor = UnicodeAttribute(null=True)
    about = UnicodeAttribute(null=True)
    by = UnicodeAttribute()
    by_name = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    facts = WordsAttribute(null=True)


def change_key(executor: str) -> str:
    """Return the partition of an executor's history."""
    return f"change#{executor}"


def change_item(line: DirectoryChange, version: int) -> ChangeItem:
    """Return the item of a line that came with an entry of this version."""
    return ChangeItem(
        kind=change_key(line.executor),
        id=f"{written_instant(line.at)}#{line.event}#{line.about}#{version}",
        at=line.at,
        event=line.event,
        executor=line.executor or None,
        about=line.about or None,
        by=line.by,
        by_name=line.by_name or None,
        reason=line.reason or None,
        facts=line.facts,
    )


def change_of(raw: Raw) -> DirectoryChange:
    """Return the line of a raw item."""
    item = ChangeItem.from_raw_data(raw)
    return DirectoryChange(
        at=item.at,
        event=DirectoryEvent(item.event),
        executor=item.executor or "",
        about=item.about or "",
        by=item.by,
        by_name=item.by_name or "",
        reason=item.reason or "",
        facts=item.facts or {},
    )
