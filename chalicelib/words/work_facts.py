"""The facts that the words of notices about repair works mention.

What a template may mention is named in `chalicelib/words/notices/README.md`.
"""

from chalicelib.domain.city import City
from chalicelib.domain.repair_work import CAUSE_UNKNOWN, RepairWork, WorkChange
from chalicelib.words.notice_facts import place_words
from chalicelib.words.say import say


def work_facts(work: RepairWork, city: City, language: str) -> dict[str, object]:
    """Return what may be said of a work in any notice."""
    executor = city.executors.get(work.executor)
    cause = say(language, "work_cause.unknown") if work.cause == CAUSE_UNKNOWN else work.cause
    facts: dict[str, object] = {
        "summary": work.summary,
        "cause": cause,
        "consequences": work.consequences,
        "places": "; ".join(map(place_words, work.places)),
        "eta_at": work.eta_at,
        "kind": work.kind,
        "executor": executor.name.in_language(language) if executor else None,
    }
    # What begins as it is told needs no beginning.
    if work.starts_at > work.registered_at:
        facts["starts_at"] = work.starts_at
    return facts


def change_facts(change: WorkChange) -> dict[str, object]:
    """Return what may be said of one change of a work, over what is said of the work."""
    was = change.facts.get("was_eta_at")
    return {"text": change.text, **({"was_eta_at": was} if was else {})}


def street_words(street_id: str, city: City, language: str) -> str:
    """Return a street of the registry by its full name, or by its id if it is gone."""
    street = city.streets.get(street_id)
    return street.full_name.in_language(language) if street else street_id
