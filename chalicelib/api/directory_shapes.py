"""What executors and their people look like to staff."""

from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.city import Executor, Person
from chalicelib.domain.directory import DirectoryChange, Entries, Post, Suspension
from chalicelib.domain.people import Actor
from chalicelib.regulation.appointments import is_away, receives, responsible_people
from chalicelib.regulation.permissions import Deed, Scope, require
from chalicelib.words.say import say


def executor_body(shape: Shape, executor: Executor, entries: Entries, *, actor: Actor) -> Body:
    """Return an executor as it stands now; `shape.city` is the city with what was entered."""
    sees = require(actor, Deed.READ_DIRECTORY) is Scope.ALL or actor.executor == executor.id
    people = executor.people if sees else ()
    suspension = entries.suspensions.get(executor.id) if sees else None
    held = {post: _first(people, post) for post in Post if post is not Post.PERFORMER}
    return {
        "id": executor.id,
        "name": executor.name.in_language(shape.language),
        "duty_phone": executor.duty_phone,
        "email": executor.email,
        "status": _status(shape, executor),
        "receives": receives(shape.city, executor.id),
        "suspension": _suspension(shape, suspension),
        **{str(post): person and person_body(person) for post, person in held.items()},
        "performers": [person_body(p) for p in people if p.role == Post.PERFORMER],
        "substitutes": _substitutes(shape, people, entries),
    }


def person_body(person: Person) -> Body:
    """Return a person of an executor."""
    return {
        "id": person.id,
        "name": person.name,
        "post": person.role,
        "phone": person.phone,
        "email": person.email,
        "absent": person.absent,
        "substitute": person.substitute,
    }


def absence_body(person: Person) -> Body:
    """Return a person and who acts for them now."""
    return {
        "id": person.id,
        "name": person.name,
        "executor": person.executor,
        "absent": person.absent,
        "substitute": person.substitute,
    }


def change_body(shape: Shape, line: DirectoryChange) -> Body:
    """Return a line of the directory's history."""
    return {
        "at": shape.time(line.at),
        "event": line.event,
        "text": say(shape.language, f"directory_event.{line.event}"),
        "person": line.about or None,
        "by": line.by_name or line.by,
        "reason": line.reason,
        "facts": dict(line.facts),
    }


def _status(shape: Shape, executor: Executor) -> str:
    if executor.suspended:
        return "suspended"
    return "active" if responsible_people(shape.city, executor) else "nobody_responsible"


def _first(people: tuple[Person, ...], post: Post) -> Person | None:
    return next((person for person in people if person.role == post), None)


def _suspension(shape: Shape, suspension: Suspension | None) -> Body | None:
    if suspension is None or suspension.lifted:
        return None
    since = shape.time(suspension.since_at)
    return {"since_at": since, "by": suspension.by, "reason": suspension.reason}


def _substitutes(shape: Shape, people: tuple[Person, ...], entries: Entries) -> list[Body]:
    absences = (entries.absences.get(person.id) for person in people)
    return [
        {
            "person": absence.person,
            "substitute": absence.substitute,
            "from_at": shape.time(absence.from_at),
            "until_at": shape.time(absence.until_at),
            "now": is_away(absence, shape.now),
        }
        for absence in absences
        if absence is not None and absence.until_at > shape.now
    ]
