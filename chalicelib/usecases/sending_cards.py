"""Notices about a card: where its applicant and staff are reached, and what they are told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.card import CardFile, Change, Status
from chalicelib.domain.city import City, Executor
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import Audience, Medium, Notice, NoticeState, NoticeStep
from chalicelib.domain.people import SYSTEM
from chalicelib.regulation.notices import SURVEY_TEMPLATES, Weight, weight_of
from chalicelib.regulation.notices_media import address_of, is_quiet, out_of_quiet_hours
from chalicelib.regulation.notices_plan import fallback_of, is_emergency
from chalicelib.regulation.survey_calls import call_instead
from chalicelib.usecases.chat_buttons import rows_under
from chalicelib.usecases.sending_hooks import hook_body, secrets_of
from chalicelib.usecases.sending_matters import Desk, Message
from chalicelib.usecases.sending_ports import Attachment, ChatButton
from chalicelib.usecases.sending_words import event_of, said_to
from chalicelib.usecases.writing import Note, change

ATTENTION: Final = "attention"
"""The flag of a card that somebody should look at."""

_TO_PHONE: Final = Note(
    EventName.ATTENTION, public=False, facts={"cause": "survey_to_phone"}, tell=False
)

_WITH_FILE: Final = frozenset({"reply", "centre_reply", "centre_published"})
"""Templates whose letters carry the signed reply itself, its electronic version (KR-2.7)."""


@dataclass(frozen=True, slots=True)
class CardMatter:
    """Implements `sending_matters.Matter` for a card."""

    file: CardFile
    desk: Desk

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All notices of the card."""
        return self.file.notices

    def outdated(self, notice: Notice) -> str:
        """Return `answered` for a survey that nobody has to answer any more."""
        if notice.template not in SURVEY_TEMPLATES:
            return ""
        surveys = self.file.surveys
        waits = self.file.card.status is Status.CLOSED and surveys and not surveys[-1].answered_at
        return "" if waits else "answered"

    def address(self, notice: Notice) -> str | None:
        """Return where the addressee is reached now, None where nowhere."""
        city = self.desk.city
        if notice.audience is Audience.APPLICANT:
            return address_of(self.file.appeal, notice.medium)
        if notice.audience is Audience.CENTRE:
            return city.centre.official_mail if city.centre else None
        if notice.audience is Audience.SYSTEM:
            hook = self.desk.hook_of(notice.to)
            return hook.url if hook else None
        if notice.audience is Audience.DUTY and notice.medium is Medium.SMS:
            executor = city.executors.get(notice.to)
            return self.desk.phone_of(executor.duty_phone) if executor else None
        return mail_of(notice.to, self._executor(), city)

    def message(self, told: Sequence[Notice], address: str, now: datetime) -> Message:
        """Return several notices to one person as one message; the first leads."""
        lead, desk = told[0], self.desk
        if lead.medium is Medium.WEBHOOK:
            return self._hook(lead, address, now)
        said = said_to(
            told, self.file, city=desk.city, site_url=desk.site_url, secrets=desk.secrets
        )
        words = desk.wording().words(said.templates, said.language, said.facts)
        button = ChatButton(words.button or words.subject, url=said.link)
        return Message(
            id=lead.id,
            to=address,
            at=now,
            words=words,
            language=said.language,
            thread=self.file.card.root,
            attachments=tuple(self._attachments(told)),
            buttons=rows_under(told, self.file, button, said.language),
        )

    def fallback(self, notice: Notice, now: datetime) -> Notice | None:
        """Return the notice by the next way that reaches the same person; None if none is left."""
        following = fallback_of(notice, self.file, city=self.desk.city, now=now)
        if following is None or following.wake_at is None:
            return following
        return replace(following, wake_at=following.send_after)

    def quiet_until(self, notice: Notice, at: datetime) -> datetime:
        """Return `at`, or the end of the quiet hours that it falls into."""
        emergency = is_emergency(self.file)
        if not is_quiet(notice.audience, notice.medium, emergency=emergency):
            return at
        return out_of_quiet_hours(at, self.desk.city)

    def settle(self, steps: Sequence[NoticeStep], now: datetime) -> bool:
        """Write how the sending went; facts of law and failures become events of the card.

        Returns False when another sender has taken the notices over.
        """
        file = self.file
        while True:
            call_at = self._call_at(file, steps, now)
            notes = (*_notes(steps), *((_TO_PHONE,) if call_at else ()))
            if not notes:
                return self.desk.notices.write(*steps)
            written = _recorded(file, steps, notes, now)
            if call_at:
                written = replace(written, card=replace(written.card, call_at=call_at))
            try:
                self.desk.cards.save(written)
            except ChangedMeanwhile:
                file = self.desk.cards.read_file(file.card.number)
                if not _stand(steps, file):
                    return False
            else:
                return True

    def _call_at(
        self, file: CardFile, steps: Sequence[NoticeStep], now: datetime
    ) -> datetime | None:
        """Return from when an applicant is phoned whom the survey reaches by nothing quicker."""
        lost = any(
            step.after.event == EventName.SURVEY_OPENED
            and step.after.state in (NoticeState.TO_POST, NoticeState.FAILED)
            for step in steps
        )
        others = any(
            step.before is None and step.after.state is NoticeState.WAITING for step in steps
        )
        if not lost or others:
            return None
        city = self.desk.city
        return call_instead(file, now, city.edition(file.card.edition), city.calendar)

    def _hook(self, lead: Notice, address: str, now: datetime) -> Message:
        desk = self.desk
        hook = desk.hook_of(lead.to)
        secrets = secrets_of(hook, now, desk.secrets) if hook else ()
        event = event_of(lead, self.file)
        body = hook_body(event, self.file, city=desk.city, site_url=desk.site_url)
        return Message(id=lead.id, to=address, at=now, body=body, secrets=secrets)

    def _attachments(self, told: Sequence[Notice]) -> Iterator[Attachment]:
        named = {notice.template for notice in told if notice.medium is Medium.EMAIL}
        signed = self.file.reply.signed_file if self.file.reply else None
        for item in self.file.evidence:
            if item.id == signed and item.original_key and named & _WITH_FILE:
                name = f"{self.file.card.number}.{item.content_type.rpartition('/')[2]}"
                yield Attachment(name, item.content_type, self.desk.files.read(item.original_key))

    def _executor(self) -> Executor | None:
        return self.desk.city.executors.get(self.file.card.executor or "")


def mail_of(to: str, executor: Executor | None, city: City) -> str | None:
    """Return a person's mail, or that of the executor or centre where they have none."""
    person = city.people.get(to)
    own = city.executors.get(to) or city.executors.get((person and person.executor) or "")
    found = own or executor
    centre = city.centre.email if city.centre else None
    return (person and person.email) or (found.email if found else centre) or None


def _notes(steps: Sequence[NoticeStep]) -> Iterator[Note]:
    fresh = {(s.after.seq, s.after.audience, s.after.to) for s in steps if s.before is None}
    for step in steps:
        after = step.after
        weight = weight_of(after.event, after.template)
        if after.state is NoticeState.SENT and weight is Weight.FACT:
            yield _note(EventName.NOTICE_SENT, after)
        lost = after.state is NoticeState.FAILED and weight is not Weight.WORD
        legal = after.audience in (Audience.APPLICANT, Audience.CENTRE)
        if lost and legal and (after.seq, after.audience, after.to) not in fresh:
            yield _note(EventName.NOTICE_FAILED, after)


def _note(name: EventName, notice: Notice) -> Note:
    facts = {
        "told_of": notice.event,
        "audience": str(notice.audience),
        "medium": str(notice.medium),
        "notice": notice.id,
    }
    return Note(name, public=notice.audience is Audience.APPLICANT, facts=facts, tell=False)


def _recorded(
    file: CardFile, steps: Sequence[NoticeStep], notes: tuple[Note, ...], now: datetime
) -> Change:
    failed = any(note.name is EventName.NOTICE_FAILED for note in notes)
    flags = file.card.flags | {ATTENTION} if failed else file.card.flags
    # The sender's clock may be behind the one that wrote the event before.
    at = max(now, file.events[-1].at)
    changed = change(file.card, replace(file.card, flags=flags), at, SYSTEM, *notes)
    return replace(changed, notices=tuple(steps))


def _stand(steps: Sequence[NoticeStep], file: CardFile) -> bool:
    kept = {notice.id: (notice.state, notice.tries) for notice in file.notices}
    return all(
        kept.get(step.after.id) == (step.before and (step.before.state, step.before.tries))
        for step in steps
    )
