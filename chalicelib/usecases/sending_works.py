"""Notices about repair works: where subscribers and staff are reached, and what they are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.errors import NotFound
from chalicelib.domain.notice import Audience, Medium, Notice, NoticeStep
from chalicelib.domain.repair_work import WorkChange, WorkEvent, WorkFile
from chalicelib.domain.subscription import Purpose, Subscription, token_of
from chalicelib.regulation.notices_media import is_quiet, out_of_quiet_hours
from chalicelib.regulation.work_notices import CONFIRMATION, OF_SUBSCRIPTIONS, AboutWork, about_of
from chalicelib.usecases.sending_cards import mail_of
from chalicelib.usecases.sending_matters import Desk, Message
from chalicelib.usecases.sending_ports import ChatButton
from chalicelib.usecases.sending_words import STATE_LANGUAGE
from chalicelib.usecases.work_ports import RepairWorks, Subscriptions
from chalicelib.words.work_facts import change_facts, street_words, work_facts

_BRANCHES: Final = {Purpose.CONFIRM: "confirm", Purpose.OFF: "off"}


@dataclass(frozen=True, slots=True)
class WorkMatter:
    """Implements `sending_matters.Matter` for a work, or a subscription to be confirmed.

    Attributes:
        to: the subscriber who is told, None for staff and for one who is gone.
    """

    about: AboutWork
    notices: tuple[Notice, ...]
    file: WorkFile | None
    to: Subscription | None
    desk: Desk

    def outdated(self, notice: Notice) -> str:
        """Return why it need not be told: the subscriber left, the work is closed or moved."""
        if notice.audience is Audience.SUBSCRIBER:
            if self.to is None:
                return "unsubscribed"
            if notice.template == CONFIRMATION:
                return "confirmed" if self.to.confirmed_at else ""
            if notice.template in OF_SUBSCRIPTIONS:
                return ""
        work = self.file.work if self.file else None
        if work is None or notice.event == WorkEvent.CLOSED:
            return ""
        if work.closed_at is not None:
            return "closed"
        moved = notice.event == WorkEvent.OVERDUE and work.eta_at > notice.at
        return "term_changed" if moved else ""

    def address(self, notice: Notice) -> str | None:
        """Return the subscriber's own address, or a person's mail."""
        if notice.audience is Audience.SUBSCRIBER:
            return self.to.address if self.to else None
        executor = self.file.work.executor if self.file else ""
        city = self.desk.city
        return mail_of(notice.to, city.executors.get(executor), city)

    def message(self, told: Sequence[Notice], address: str, now: datetime) -> Message:
        """Return several notices to one person as one message; the first leads."""
        lead, language = told[0], self.to.language if self.to else STATE_LANGUAGE
        links = self._links(lead, language)
        facts = {**self._facts(language), "links": links}
        facts["each"] = [self._said(notice) for notice in told]
        templates = [notice.template for notice in told]
        words = self.desk.wording().words(templates, language, facts)
        return Message(
            id=lead.id,
            to=address,
            at=now,
            words=words,
            language=language,
            thread=self.about.work or lead.number,
            one_click_off=self._one_click(lead),
            buttons=((ChatButton(words.button or words.subject, url=_where(links)),),),
        )

    def fallback(self, notice: Notice, now: datetime) -> Notice | None:
        """Return None: a subscriber asked for one way, and staff see it on their desk."""

    def quiet_until(self, notice: Notice, at: datetime) -> datetime:
        """Return `at`, or the end of the quiet hours; who subscribes now is awake."""
        awake = notice.template in OF_SUBSCRIPTIONS
        if is_quiet(notice.audience, notice.medium, emergency=awake):
            return out_of_quiet_hours(at, self.desk.city)
        return at

    def settle(self, steps: Sequence[NoticeStep], now: datetime) -> bool:  # noqa: ARG002
        """Write how the sending went; False when another sender has taken it over."""
        return self.desk.notices.write(*steps)

    def _facts(self, language: str) -> dict[str, object]:
        city = self.desk.city
        if self.file is not None:
            return work_facts(self.file.work, city, language)
        return {"street": street_words(self.about.street, city, language)}

    def _said(self, notice: Notice) -> Mapping[str, object]:
        change = self._change(notice.seq)
        return change_facts(change) if change else {}

    def _change(self, seq: int) -> WorkChange | None:
        changes = self.file.changes if self.file else ()
        return next((change for change in changes if change.seq == seq), None)

    def _links(self, lead: Notice, language: str) -> dict[str, str]:
        """Return the links: what stands after `#` no server ever sees."""
        site = self.desk.site_url
        if self.to is None:
            return {"work": f"{site}/console/#/works/{self.about.work}"}
        if lead.template == CONFIRMATION:
            return {"work": "", "confirm": self._page(Purpose.CONFIRM, language)}
        work = f"{site}/{language}/works/#{self.about.work}" if self.about.work else ""
        return {"work": work, "off": self._page(Purpose.OFF, language)}

    def _page(self, purpose: Purpose, language: str) -> str:
        page = f"{self.desk.site_url}/{language}/subscription/"
        return f"{page}#{_BRANCHES[purpose]}/{self._token(purpose)}"

    def _one_click(self, lead: Notice) -> str | None:
        if self.to is None or lead.medium is not Medium.EMAIL or lead.template == CONFIRMATION:
            return None
        return f"{self.desk.site_url}/api/subscriptions/off/{self._token(Purpose.OFF)}"

    def _token(self, purpose: Purpose) -> str:
        if self.to is None:
            return ""
        return token_of(self.to, purpose, self.desk.secrets.key(self.to.key))


def _where(links: Mapping[str, str]) -> str:
    """Return what a message's button opens."""
    return links.get("confirm") or links["work"] or links["off"]


def read_work_matter(
    number: str, now: datetime, desk: Desk, *, works: RepairWorks, subscriptions: Subscriptions
) -> WorkMatter | None:
    """Return what notices of a number are about; None for another number or a work that is gone."""
    about = about_of(number)
    if about is None:
        return None
    notices = desk.notices.of(number)
    if about.street:
        to = subscriptions.read(about.street, about.subscription, now)
        return WorkMatter(about, notices, None, to, desk)
    try:
        file = works.read(about.work)
    except NotFound:
        return None
    return WorkMatter(about, notices, file, _subscriber(about, file, now, subscriptions), desk)


def _subscriber(
    about: AboutWork, file: WorkFile, now: datetime, subscriptions: Subscriptions
) -> Subscription | None:
    """Return who is told, by the first of the work's streets that they are subscribed to."""
    for street in file.work.streets if about.subscription else ():
        found = subscriptions.read(street, about.subscription, now)
        if found is not None and found.confirmed_at is not None:
            return found
    return None
