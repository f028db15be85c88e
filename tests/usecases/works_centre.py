"""Repair works over fakes: what their use cases are given, and the clock that sweeps them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain.appeal import Place
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import Actor
from chalicelib.domain.repair_work import WorkEvent, WorkFile
from chalicelib.usecases import repair_works
from chalicelib.usecases.repair_works import Told
from chalicelib.usecases.work_sweeps import Clockwork, SweptWorks, sweep_works
from chalicelib.usecases.work_telling import Mailbag
from chalicelib.usecases.work_writing import Keeping
from tests.fakes import FakeNotices, FakeQueues, FakeSubscriptions
from tests.usecases.collaborators import NOW, Centre
from tests.works import HOUR, KEEPER, STREET, WORK, a_subscription


@dataclass
class WorksCentre(Centre):
    """A centre with its works, subscribers and messages."""

    queues: FakeQueues = field(default_factory=FakeQueues)

    def __post_init__(self) -> None:
        """Put the fakes on one shelf."""
        super().__post_init__()
        self.subscriptions = FakeSubscriptions(self.shelf)
        self.notices = FakeNotices(self.shelf)
        self.mailbag = Mailbag(self.notices, self.queues)

    def keeping(
        self,
        *,
        now: datetime = NOW,
        actor: Actor = KEEPER,
        version: int | None = None,
        work_id: str = WORK,
    ) -> Keeping:
        """Return who acts on a work, without a key."""
        once: Once[WorkFile] = Once(None, "fingerprint", NOW, lambda _: Answer(200, "{}"))
        return Keeping(work_id, actor, version, once, now, self.city)

    def publish(self, *, work_id: str = WORK, **told: Any) -> WorkFile:
        """Publish a work that begins now and lasts an hour; `told` replaces what is told of it."""
        facts: dict[str, Any] = {
            "summary": "Прорив водогону",
            "cause": "З’ясовується",
            "consequences": "Немає холодної води",
            "eta_at": NOW + HOUR,
            "places": (Place("вул. Проскурівська", "2-40"),),
        }
        keeping = self.keeping(work_id=work_id)
        return repair_works.register(Told(**(facts | told)), keeping, works=self.works)

    def subscribe(self, count: int, *, street: str = STREET, start: int = 0) -> None:
        """Let so many addresses be told of a street."""
        for no in range(start, start + count):
            self.subscriptions.keep(a_subscription(no, street=street))

    def sweep(self, at: datetime) -> SweptWorks:
        """Run the clock."""
        clockwork = Clockwork(
            at, lambda: self.city, self.works, self.subscriptions, self.cards, self.mailbag
        )
        return sweep_works(clockwork)

    def events(self, work_id: str = WORK) -> list[WorkEvent]:
        """Return the names of a work's changes."""
        return [change.event for change in self.works.read(work_id).changes]
