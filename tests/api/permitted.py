"""Which roles a route is open to, by the permission table and the lifecycle's table."""

from typing import Any, Final

from chalicelib.domain.card import Action
from chalicelib.domain.city import Law
from chalicelib.domain.people import Role
from chalicelib.regulation.lifecycle import STEPS
from chalicelib.regulation.permissions import PERMISSIONS, Deed

DEED_OF: Final[dict[str, Deed]] = {
    "GET /cards": Deed.READ_CARDS,
    "GET /cards/{number}": Deed.READ_CARDS,
    "GET /cards/{number}/outside-link": Deed.OUTSIDE_LINK,
    "POST /cards/{number}/comment": Deed.COMMENT,
    "POST /cards/{number}/contact-attempt": Deed.CONTACT_ATTEMPT,
    "POST /cards/{number}/evidence": Deed.ADD_EVIDENCE,
    "POST /cards/{number}/open-contacts": Deed.OPEN_CONTACTS,
    "POST /cards/{number}/print": Deed.PRINT,
    "POST /cards/{number}/reply": Deed.REPLY,
    "POST /cards/{number}/requests": Deed.ASK,
    "POST /cards/{number}/survey": Deed.SURVEY_CALL,
    "GET /post-list": Deed.POST_LETTERS,
    "POST /cards/{number}/notices/{notice}/again": Deed.SEND_AGAIN,
    "POST /cards/{number}/notices/{notice}/posted": Deed.POST_LETTERS,
    "GET /executors/{executor}/webhook": Deed.SET_WEBHOOK,
    "PUT /executors/{executor}/webhook": Deed.SET_WEBHOOK,
    "DELETE /executors/{executor}/webhook": Deed.SET_WEBHOOK,
    "GET /requests": Deed.READ_REQUESTS,
    "GET /survey-calls": Deed.SURVEY_CALL,
    "GET /retention/{year}": Deed.RETAIN,
    "POST /retention/{year}/release": Deed.RETAIN,
    "POST /cards/{number}/hold": Deed.RETAIN,
    "DELETE /cards/{number}/hold": Deed.RETAIN,
    "POST /requests/{request_id}/acknowledgement": Deed.ACKNOWLEDGE,
    "POST /requests/{request_id}/decision": Deed.DECIDE,
    "POST /operator/appeals": Deed.REGISTER,
    "GET /operator/nearby": Deed.TAKE_CALLS,
    "GET /callers/{phone}": Deed.TAKE_CALLS,
    "POST /calls": Deed.TAKE_CALLS,
    "GET /blocks": Deed.BLOCK,
    "POST /blocks": Deed.BLOCK,
    "POST /blocks/{phone}/confirmation": Deed.CONFIRM_BLOCK,
    "DELETE /blocks/{phone}": Deed.BLOCK,
    "POST /cards/{number}/duty-call": Deed.DUTY_CALL,
    "POST /cards/{number}/recording": Deed.LISTEN,
    "GET /letters": Deed.REGISTER_ARRIVAL,
    "GET /letters/{letter}/file": Deed.REGISTER_ARRIVAL,
    "POST /letters/{letter}/settlement": Deed.REGISTER_ARRIVAL,
    "GET /quarantine": Deed.QUARANTINE,
    "POST /quarantine/{receipt}/decision": Deed.QUARANTINE,
    "POST /cards/{number}/open-text": Deed.OPEN_TEXT,
    "GET /executors": Deed.READ_DIRECTORY,
    "GET /executors/{executor}/changes": Deed.APPOINT,
    "PUT /executors/{executor}/people/{person}": Deed.APPOINT,
    "POST /executors/{executor}/people/{person}/dismissal": Deed.APPOINT,
    "PUT /people/{person}/absence": Deed.APPOINT,
    "DELETE /people/{person}/absence": Deed.APPOINT,
    "POST /executors/{executor}/suspension": Deed.SUSPEND,
    "DELETE /executors/{executor}/suspension": Deed.SUSPEND,
    "GET /reports/discipline": Deed.READ_REPORTS,
    "GET /reports/places": Deed.READ_REPORTS,
    "GET /reports/calls": Deed.READ_REPORTS,
    "POST /repair-works": Deed.KEEP_WORKS,
    "PATCH /repair-works/{work_id}": Deed.KEEP_WORKS,
    "POST /repair-works/{work_id}/close": Deed.KEEP_WORKS,
    "GET /repair-works/{work_id}/cards": Deed.ANSWER_WORK,
    "POST /repair-works/{work_id}/answer": Deed.ANSWER_WORK,
    "GET /city-message": Deed.CITY_MESSAGE,
    "PUT /city-message": Deed.CITY_MESSAGE,
    "DELETE /city-message": Deed.CITY_MESSAGE,
}
"""The deed that each route of staff is; the others are steps of the lifecycle."""

OF_EVERYBODY_SIGNED_IN: Final = frozenset({"DELETE /sessions"})

_REASON: Final = {"reason": "Потрібно"}

A_WORK: Final = {
    "summary": "Прорив водогону",
    "cause": "з'ясовується",
    "consequences": "Немає води",
    "eta_at": "2026-03-30T10:00:00+03:00",
    "places": [{"street": "вулиця Проскурівська"}],
}
"""A right work, for whoever keeps them."""

BODIES: Final[dict[str, dict[str, Any]]] = {
    "accept": {"text": "Беремо"},
    "assign": {"performer": "Бригада 2", "text": "Перевірити"},
    "clarify": {"text": "Який під'їзд?"},
    "comment": {"text": "Виїхали"},
    "contact-attempt": {"outcome": "no_answer", "note": ""},
    "duty-call": {"outcome": "reached", "note": ""},
    "calls": {"event": "consultation"},
    "blocks": {"phone": "+380501112233", "reason": "Лайка", "evidence": "дзвінок"},
    "confirmation": {"hours": 2},
    "settlement": {"text": "Внесено вручну"},
    "evidence": {"content_type": "image/jpeg", "size_bytes": 9},
    "forward": {"body": "Поліція", **_REASON},
    "not-consider": {"ground": "incapable", **_REASON},
    "open-contacts": {},
    "open-text": {},
    "reclassify": {"topic": "RD-01", **_REASON},
    "reply": {"text": "Роботу виконано."},
    "report": {"result": "explained", "text": "Роз'яснено порядок."},
    "requests": {"kind": "extension", "new_due_at": "2026-03-10T00:00:00+02:00", **_REASON},
    "revoke": _REASON,
    "send-back": _REASON,
    "survey": {"outcome": "unreachable"},
    "unjoin": _REASON,
    "decision": {"decision": "refuse", **_REASON},
    "people": {"role": "performer", "name": "Ярослав Новенький"},
    "dismissal": _REASON,
    "absence": {"from": "2026-03-02", "until": "2026-03-03", **_REASON},
    "suspension": _REASON,
    "webhook": {"url": "https://system.example/cards"},
    "repair-works": A_WORK,
    "{work_id}": {"cause": "Знос труби"},
    "close": {"text": "Зроблено"},
    "answer": {"text": "Воду подано"},
    "city-message": {
        "text": {"uk": "Увага", "en": "Attention"},
        "until_at": "2026-03-30T10:00:00+03:00",
    },
    "hold": _REASON,
    "release": {"act": "Акт № 1"},
}
"""A right body by the last word of a path; what is not here has none, or `body_of` makes it."""


def roles_of(route: str, law: Law) -> frozenset[Role]:
    """Return the roles that a route is open to in a city, somewhere and in some state."""
    deed = DEED_OF.get(route)
    if deed is not None:
        return frozenset(PERMISSIONS[deed])
    action = Action(route.rpartition("/")[2])
    return frozenset(role for step in STEPS[law] if step.action is action for role in step.by)
