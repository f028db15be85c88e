"""Everything that people, executors, files and the clock do to a card, as a client does it.

A client that was not answered asks again with the same Idempotency-Key; what it has to read
before (the version for If-Match) it reads again. A queue brings its message again, and again
after it was done; so does the schedule.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

import app as entry
from chalicelib import wiring
from chalicelib.gateways.code_keys import CodeKeys
from chalicelib.store.card_files import CardStore
from chalicelib.store.directory import DirectoryStore
from chalicelib.store.mornings import MorningStore
from tests.aws.crashes import Scene
from tests.aws.tables import client, snapshot
from tests.crash import stages
from tests.crash.records import files, record, require_whole
from tests.crash.stages import COORDINATOR, OPERATOR, PERFORMER, RESPONSIBLE, Stage
from tests.door import Door, Reply
from tests.requests import a_photo, an_appeal_body

KEY: Final = {"Idempotency-Key": "asked-until-answered"}
MANY: Final = 3
MINUTE: Final = timedelta(minutes=1)

Ask = Callable[[], object]


class Unanswered(Exception):
    """The client was told to try again, or that the card has changed since it was read."""


@dataclass(frozen=True)
class Flow:
    """One thing that is done to cards.

    Attributes:
        bring: puts the state there that it needs and returns what is asked.
        again: whether it is asked once more after it was answered.
    """

    name: str
    bring: Callable[[Door], Ask]
    again: bool = False


def scene(flow: Flow, door: Door) -> Scene:
    """Return a flow as a scene: however it is cut short, what it leaves is what it should."""
    ask = flow.bring(door)
    before = snapshot()

    def fresh() -> None:
        before.restore()
        restart(door)

    def act() -> object:
        restart(door)
        return ask()

    fresh()
    act()
    undisturbed = record(door, files(door))

    def check(told: object) -> None:
        restart(door)
        found = files(door)
        require_whole(door, found)
        left = record(door, found)
        assert left == undisturbed, f"left:\n{left}\nrather than:\n{undisturbed}"

    settle = act if flow.again else partial(_all_taken_in, door)
    return Scene(flow.name, fresh, act, check, settle=settle)


def restart(door: Door) -> None:
    """Make this process a new one: it remembers nobody and no key; pauses take no time."""
    centre = door.centre
    assert isinstance(centre.directory, DirectoryStore)
    assert isinstance(centre.secrets, CodeKeys)
    assert isinstance(centre.cards, CardStore)
    assert isinstance(centre.mornings, MorningStore)
    centre.directory._seen.clear()
    centre.secrets._known = {}
    centre.mornings._known = None
    centre.cards._tables._wait = _no_wait
    wiring.use(centre)


def answered(reply: Reply) -> Any:
    """Return what a client was told. Raises Unanswered where it has to ask again."""
    if reply.status >= 500 or reply.status == 412:
        raise Unanswered(reply.text)
    assert reply.status < 300, reply.text
    return reply.json


def _no_wait(seconds: float) -> None:
    """Do not sleep."""


def intake(door: Door, **changes: Any) -> object:
    """File an appeal; the code that the client is told opens it."""
    reply = door.post("/appeals", an_appeal_body(**changes), headers=KEY)
    told = answered(reply)
    if reply.status == 202:
        told = taken_in(door, told["receipt"])
    code = {"X-Access-Code": told["access_code"]}
    answered(door.get(f"/appeals/{told['number']}", headers=code))
    return told


def taken_in(door: Door, receipt: str) -> Any:
    """Let the queue bring what waits, and return what the receipt tells then."""
    door.take_in()
    told = answered(door.get(f"/receipts/{receipt}"))
    if told["number"] is None:
        raise Unanswered("it waits still")
    return told


def _all_taken_in(door: Door) -> None:
    """Let the queue bring what a try has left there."""
    if door.take_in():
        raise Unanswered("brought again")


def _intake(door: Door) -> Ask:
    return partial(intake, door)


def _intake_with_photos(door: Door) -> Ask:
    photos = [a_photo(colour) for colour in ((9, 9, 9), (90, 9, 9))]
    forms = [upload(door, photo) for photo in photos]
    door.upload(forms[0], photos[0])
    return partial(intake, door, uploads=[form["upload_id"] for form in forms])


def _intake_joined(door: Door) -> Ask:
    return partial(intake, door, join=stages.filed(door).number)


def _operator_intake(door: Door) -> Ask:
    body = an_appeal_body(channel="phone", call_id="call-1", external_id="sheet-7")
    return lambda: answered(door.post("/operator/appeals", body, by=OPERATOR, headers=KEY))


def upload(door: Door, photo: bytes, headers: Mapping[str, str] | None = None) -> Any:
    """Ask for a form to post a photo with."""
    body = {"content_type": "image/jpeg", "size_bytes": len(photo)}
    return answered(door.post("/uploads", body, headers=headers))


def _upload(door: Door) -> Ask:
    return partial(upload, door, a_photo(), KEY)


def arrival(door: Door, form: Mapping[str, Any]) -> Ask:
    """Put the file where the form says and return its message's way through the function."""
    bucket, key = door.centre.settings.evidence_bucket, form["fields"]["key"]
    client("s3").put_object(Bucket=bucket, Key=key, Body=a_photo(), ContentType="image/jpeg")
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName=f"{door.stack.name}-uploads")["QueueUrl"]
    message = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"][-1]
    record = {"messageId": "m1", "receiptHandle": "r1", "body": message["Body"]}

    def deliver() -> object:
        told = entry.inspect({"Records": [record]}, None)
        if told["batchItemFailures"]:
            raise Unanswered("brought again")
        return told

    return deliver


def _evidence_inspected(door: Door) -> Ask:
    return arrival(door, stages.announced(stages.in_work(door), a_photo()))


def _upload_inspected(door: Door) -> Ask:
    return arrival(door, upload(door, a_photo()))


def _claimed_upload_inspected(door: Door) -> Ask:
    form = upload(door, a_photo())
    stages.filed(door, uploads=[form["upload_id"]])
    return arrival(door, form)


def act(stage: Stage, action: str, body: object, by: str) -> Any:
    """Read a card and act on the version read, as the console does, with a key."""
    door, number = stage.door, stage.number
    seen = door.get(f"/cards/{number}", by=by)
    answered(seen)
    headers = {**KEY, "If-Match": seen.etag}
    return answered(door.post(f"/cards/{number}/{action}", body, by=by, headers=headers))


def _step(
    bring: Callable[[Door], Stage], action: str, body: object, by: str
) -> Callable[[Door], Ask]:
    return lambda door: partial(act, bring(door), action, body, by)


def _evidence(door: Door) -> Ask:
    body = {"content_type": "image/jpeg", "size_bytes": len(a_photo())}
    return partial(act, stages.in_work(door), "evidence", body, PERFORMER)


def _decision(body: object) -> Callable[[Door], Ask]:
    def bring(door: Door) -> Ask:
        url = f"/requests/{stages.asked(door).request}/decision"
        return lambda: answered(door.post(url, body, by=COORDINATOR, headers=KEY))

    return bring


def _survey(body: object) -> Callable[[Door], Ask]:
    def bring(door: Door) -> Ask:
        url = f"/surveys/{stages.closed(door).token}"
        return lambda: answered(door.post(url, body, headers=KEY))

    return bring


def told(door: Door) -> None:
    """Let all that has happened so far be told, so that only the flow itself is looked at."""
    door.clock.pass_(minutes=3)
    door.sweep()


def _swept(door: Door) -> Ask:
    """Several cards are late at once."""
    for _ in range(MANY):
        stages.filed(door)
    told(door)
    door.clock.pass_(days=7)
    return partial(sweep, door)


def _silence_swept(door: Door) -> Ask:
    stages.closed(door)
    told(door)
    door.clock.pass_(days=8)
    return partial(sweep, door)


def sweep(door: Door) -> object:
    """Run the schedule's function; what another writer took first waits for the next minute."""
    swept = door.sweep()
    if swept["left"]:
        raise Unanswered("left for the next minute")
    return None


REFUSAL: Final = {"decision": "refuse", "reason": "На фото інша вулиця"}

FLOWS: Final = (
    Flow("intake", _intake),
    Flow("intake with photos", _intake_with_photos),
    Flow("intake joined", _intake_joined),
    Flow("operator intake", _operator_intake),
    Flow("upload ticket", _upload),
    Flow("inspect evidence", _evidence_inspected, again=True),
    Flow("inspect an upload", _upload_inspected, again=True),
    Flow("inspect a claimed upload", _claimed_upload_inspected, again=True),
    Flow("accept", _step(stages.filed, "accept", {}, RESPONSIBLE)),
    Flow("assign", _step(stages.accepted, "assign", {"performer": PERFORMER}, RESPONSIBLE)),
    Flow("comment", _step(stages.in_work, "comment", {"text": "Бригада на місці"}, PERFORMER)),
    Flow(
        "contact attempt",
        _step(stages.in_work, "contact-attempt", {"outcome": "no_answer"}, RESPONSIBLE),
    ),
    Flow("open contacts", _step(stages.in_work, "open-contacts", None, RESPONSIBLE)),
    Flow("evidence", _evidence),
    Flow("report", _step(stages.proved, "report", stages.DONE, PERFORMER)),
    Flow("closure request", _step(stages.reported, "requests", stages.CLOSURE, RESPONSIBLE)),
    Flow("decision to close", _decision(stages.APPROVAL)),
    Flow("decision to refuse", _decision(REFUSAL)),
    Flow("survey confirmed", _survey(stages.CONFIRMED)),
    Flow("survey poor", _survey(stages.POOR)),
    Flow("sweep of late cards", _swept, again=True),
    Flow("sweep of a silent survey", _silence_swept, again=True),
)
