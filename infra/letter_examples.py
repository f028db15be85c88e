"""Plausible facts for every notice, so that its words can be looked at and tested."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from chalicelib.domain.city import City
from chalicelib.regulation.work_notices import STANDING

SITE: Final = "https://contact-centre.example.org"

_DUE_AT: Final = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
_HOUR: Final = datetime(2026, 3, 3, 7, 15, tzinfo=UTC)
_NUMBER: Final = "2026-000123-7"
_CODE: Final = "7KQ2-M9XR-4T0B-WZ1C"
_SUBSCRIBED: Final = "o7xq2m.5xk2m9qr7t3bwz4c.k1.DAPNX8R8T8FDMC6S"

_WORDS: Final[Mapping[str, str]] = {
    "accepted": "Бригада виїде на місце завтра зранку.",
    "in_work": "Роботу доручено електромонтерові дільниці № 2.",
    "staff_assigned": "Взяти з собою автовишку, ліхтар на висоті 9 м.",
    "commented": "Потрібну лампу замовлено, очікуємо постачання до четверга.",
    "staff_commented": "Потрібну лампу замовлено, очікуємо постачання до четверга.",
    "extended": "Пошкоджено підземний кабель: потрібні земляні роботи й погодження.",
    "centre_extended": "Пошкоджено підземний кабель: потрібні земляні роботи.",
    "planned": "Вулицю освітлюватимуть заново: опори й кабель замінять цілком.",
    "clarification_asked": "Біля якого під’їзду не горить ліхтар? Чи є номер на опорі?",
    "staff_waits": "Біля якого під’їзду не горить ліхтар? Чи є номер на опорі?",
    "forwarded": "Мережа належить оператору системи розподілу.",
    "outside_answered": "Опору замінять до 20 березня.\nВідповідальний: район електромереж.",
    "staff_outside": "Опору замінять до 20 березня.",
    "not_considered": "Те саме питання вирішено 12 січня, рішення вам надіслано.",
    "repeat_registered": "Ліхтар горів один вечір і знову згас.",
    "unjoined": "Ідеться про інший ліхтар, з боку двору.",
    "staff_message": "Ліхтар біля другого під’їзду, номер на опорі 17.",
    "staff_sent_back": "На фото іншу вулицю. Додайте фото саме цієї опори.",
    "staff_revoked": "У відповіді помилка в адресі.",
    "staff_decided": "Строк подовжено востаннє: кабель уже на складі.",
    "staff_reported": "Замінено лампу й пускач, ліхтар горить.",
    "staff_ended": "Заявник розв’язав питання самостійно.",
    "work_term_changed": "Під час розкопок знайшли другий прорив.",
    "work_closed": "Замінено 12 метрів труби, воду подано.",
}

_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "staff_ended": ("withdrawn", "forwarded", "joined", "not_considered"),
    "staff_sent": ("sent", "co_executor_added"),
}
_LOOKED: Final = "Місце оглянуто, подробиці — в листі від 5 березня."
_RESULTS: Final = (
    "done",
    "partly_done",
    "explained",
    "not_confirmed",
    "refused",
    "planned",
    "not_needed",
)
_OF_RESULT: Final = frozenset({"closed", "survey_opened", "survey_reminder", "reply_published"})


def example_facts(template: str, city: City, language: str) -> dict[str, object]:
    """Return every fact that the words of a template may mention."""
    executor = next(iter(city.executors.values())).name.in_language(language)
    topic = next(iter(city.topics.values())).name.in_language(language)
    of_work = template.startswith(("work_", "staff_work", "subscription"))
    return {
        **(_work(executor) if of_work else _card(template, topic, executor)),
        "text": _WORDS.get(template, ""),
        "links": _links(template, language),
        "groups": _groups(topic) if template == "digest" else (),
    }


def variants(template: str) -> list[dict[str, object]]:
    """Return what is told in several ways: by result, by event, by urgency."""
    if template in _OF_RESULT:
        others: list[dict[str, object]] = [
            {"result": result, "result_text": _LOOKED} for result in _RESULTS[1:]
        ]
        return [{"result": _RESULTS[0]}, *others]
    if template in _EVENTS:
        return [{"event": event} for event in _EVENTS[template]]
    if template in {"registered", "staff_to_distribute"}:
        return [{}, {"urgency": "emergency", "executor": None, "due_at": _HOUR}]
    if template == "staff_request":
        return [{}, {"awaits_head": True, "kind": "change_executor"}]
    return [{}]


def _card(template: str, topic: str, executor: str) -> dict[str, object]:
    return {
        "number": None if template == "digest" else _NUMBER,
        "topic": topic,
        "place": "вулиця Ялинкова, 12 (другий під’їзд)",
        "executor": executor,
        "performer": "Петро Вигаданий",
        "urgency": "emergency" if template == "duty_emergency" else "normal",
        "due_at": _HOUR if template == "duty_emergency" else _DUE_AT,
        "was_due_at": datetime(2026, 3, 3, 22, 0, tzinfo=UTC),
        "closes_at": datetime(2026, 3, 13, 22, 0, tzinfo=UTC),
        "result": "done",
        "result_text": "Замінено лампу й пускач, ліхтар горить. Фото додано до картки.",
        "excerpt": "Третій день не горить ліхтар біля під’їзду, увечері зовсім темно…",
        "code": _CODE if template == "registered" else None,
        "external_id": "15-80/4471" if template.startswith("centre") else None,
        "other": "2026-000098-3",
        "others": "2026-000124-5, 2026-000125-3",
        "earlier": "2026-000098-3",
        "by": "Марія Вигадана",
        "event": template,
        "body": "АТ «Вигадані електромережі»",
        "ground": "repeated",
        "lack": "data",
        "plan": "Світло в кожному дворі",
        "year": "2027",
        "funding": "бюджет міста, 480 тис. грн",
        **_request(executor),
        "cause": "not_accepted",
        "reply": "Шановна заявнице!\n\nВаше звернення розглянуто. Ліхтар відремонтовано 5 березня.",
        "statement": "Зв’язатися з вами телефоном не вдалося: 4 березня, 10:20.",
        "signed_by": "Оксана Вигадана",
        "signed_at": datetime(2026, 3, 5, 12, 0, tzinfo=UTC),
        "day": "2026-03-06",
    }


def _request(executor: str) -> dict[str, object]:
    return {
        "reason": "too_large",
        "kind": "extension",
        "status": "approved",
        "asked_for": "Пошкоджено підземний кабель, потрібне погодження земляних робіт.",
        "decide_by_at": datetime(2026, 3, 4, 10, 0, tzinfo=UTC),
        "new_due_at": datetime(2026, 3, 13, 22, 0, tzinfo=UTC),
        "to_executor": executor,
    }


def _work(executor: str) -> dict[str, object]:
    return {
        "summary": "Ремонт водопроводу",
        "cause": "прорив труби",
        "consequences": "Не буде холодної води; підвезення — о 8:00 і 18:00 біля будинку 12.",
        "places": "вулиця Ялинкова, 1–45 (непарні)",
        "starts_at": datetime(2026, 3, 5, 7, 0, tzinfo=UTC),
        "eta_at": datetime(2026, 3, 5, 16, 0, tzinfo=UTC),
        "was_eta_at": datetime(2026, 3, 5, 12, 0, tzinfo=UTC),
        "kind": "emergency",
        "executor": executor,
        "street": "вулиця Ялинкова",
    }


def _may_end(template: str) -> bool:
    """Tell whether a message goes to somebody subscribed."""
    return template.startswith("work") or template == STANDING


def _links(template: str, language: str) -> dict[str, str]:
    if template.startswith("centre"):
        return {}
    staff = template.startswith(("staff", "duty", "digest"))
    pages, console = f"{SITE}/{language}", f"{SITE}/console"
    return {
        "card": f"{console}/cards/{_NUMBER}" if staff else f"{pages}/track/#{_NUMBER}/{_CODE}",
        "survey": f"{pages}/survey/#{_NUMBER}.1.5XK2M9QR7T0BWZ1C8H4JN6PV3Y",
        "queue": f"{console}/",
        "work": f"{pages}/works/#w-0017",
        "confirm": f"{pages}/subscription/#confirm/{_SUBSCRIBED}",
        "off": f"{pages}/subscription/#off/{_SUBSCRIBED}" if _may_end(template) else "",
    }


def _groups(topic: str) -> tuple[dict[str, object], ...]:
    row = {
        "number": _NUMBER,
        "topic": topic,
        "place": "вулиця Ялинкова, 12",
        "due_at": _DUE_AT,
        "link": f"{SITE}/console/cards/{_NUMBER}",
    }
    return (
        {"title": "Строк минув", "rows": [row, {**row, "number": "2026-000098-3"}], "more": 0},
        {"title": "Строк сьогодні", "rows": [row], "more": 14},
    )
