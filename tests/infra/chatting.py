"""What residents do in the chats of a running city, as far as its functions may."""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

from tests.infra.calls import client, photo, send
from tests.infra.mailing import dead_addresses, texts, within
from tests.infra.running import Running
from tests.infra.talking import SERIAL, Talk, Unsaid, items, put_on, sweep, telegram, viber
from tests.support.fake_messengers import BLOCKED

STREET = "вулиця Подільська"
COLOURS = count(5, 11)


def unheard(city: Running) -> str:
    """What does not work of filing, adding, subscribing, cancelling and leaving in a chat."""
    me = telegram(city)
    try:
        me.says("/start", "Тут можна подати")
        me.tells("ліхтар", urgent=False)
        me.files(photo=photo(next(COLOURS)))
        me.says("/nearby", "Де шукати")
        me.says("Проскурівська", "Робіт і відключень")
        me.presses("Стежити", "Повідомлятиму")
        me.says("/new", "Що сталося?")
        me.fake.files["dropped"] = photo(next(COLOURS))
        me.does(lambda: me.me.photo("dropped"), "Фото отримано.")
        me.says("/cancel", "нічого не надіслано")
    except Unsaid as unsaid:
        return f"chat: {unsaid}"
    return _unleft(city, me) or _not_put_aside(city)


def _unleft(city: Running, me: Talk) -> str:
    me.me.block()
    if not within(lambda: _is_off(city, me)):
        return "blocked"
    me.me.block(blocked=False)
    return "" if within(lambda: not _is_off(city, me)) else "unblocked"


def _is_off(city: Running, me: Talk) -> bool:
    return any(me.me.identity in address for address in dead_addresses(city))


def _not_put_aside(city: Running) -> str:
    before, name = _waiting(city, "conversations-dead.fifo"), f"broken{next(SERIAL)}"
    put_on(city, "conversations.fifo", name, MessageGroupId=name, MessageDeduplicationId=name)
    left = within(lambda: _waiting(city, "conversations-dead.fifo") > before)
    return "" if left else "dead letters"


def _waiting(city: Running, queue: str) -> int:
    queues = client(city, "sqs")
    url = queues.get_queue_url(QueueName=f"{city.facts['stack']}-{queue}")["QueueUrl"]
    count_of = "ApproximateNumberOfMessages"
    asked = queues.get_queue_attributes(QueueUrl=url, AttributeNames=[count_of])
    return int(asked["Attributes"][count_of])


def untold_in_chats(city: Running) -> str:
    """What does not work of telling of emergencies and works in chats, at any hour."""
    me, other = telegram(city), viber(city)
    try:
        numbers = [_urgent(talk) for talk in (me, other)]
        sweep(city, _ahead(minutes=2))
        for talk, number in zip((me, other), numbers, strict=True):
            talk.hears("Звернення зареєстровано", 0)
            if not within(partial(_is_told, city, number)):
                return "record"
        return _told_later(city, me, other, numbers) or _untold_of_works(city, telegram(city))
    except Unsaid as unsaid:
        return f"notice: {unsaid}"


def _urgent(talk: Talk) -> str:
    talk.says("/start", "Тут можна подати")
    talk.tells("немає води", urgent=True)
    return talk.files(phone=f"067{next(SERIAL):07}")


def _is_told(city: Running, number: str) -> bool:
    return any(
        item["number"]["S"] == number and item.get("state", {}).get("S") == "sent"
        for item in items(city, "cards")
        if item["part"]["S"].startswith("NOTICE#1.applicant")
        or item["part"]["S"].startswith("NOTICE#n1.applicant")
    )


def _told_later(city: Running, me: Talk, other: Talk, numbers: list[str]) -> str:
    """One has blocked the bot since, and the other has not written for long, which costs money."""
    before = len(other.told)
    client(city, "dynamodb").delete_item(
        TableName=f"{city.facts['stack']}-conversations",
        Key={"identity": {"S": other.me.identity}},
    )
    me.fake.go_wrong("sendMessage", BLOCKED)
    keeper = _keeper(city)
    for number in numbers:
        seen = _etag(city, number, keeper)
        url = f"{city.site}/api/cards/{number}/accept"
        send(url, {}, Authorization=keeper, **{"If-Match": seen})
    sweep(city, _ahead(minutes=5))
    other.hears("прийняв звернення", before)
    if not within(lambda: _is_off(city, me)):
        return "blocked"
    if not any(
        item["key"]["S"].startswith("rate#paid-messages#") for item in items(city, "guards")
    ):
        return "paid"
    sweep(city, _ahead(minutes=9))
    return "" if within(lambda: any(numbers[0] in said for said in texts(city))) else "fallback"


def _untold_of_works(city: Running, me: Talk) -> str:
    me.says("/nearby", "Де шукати")
    me.says("Подільська", "відключен")
    me.presses("Стежити", "Повідомлятиму")
    before = len(me.told)
    body = {
        "summary": "Проба",
        "cause": "з'ясовується",
        "consequences": "Немає води",
        "eta_at": _ahead(days=3),
        "places": [{"street": STREET}],
    }
    status, made = send(f"{city.site}/api/repair-works", body, Authorization=_keeper(city))
    if status != 201:
        return f"work: {made}"
    noon = datetime.now(UTC).replace(hour=10, minute=0) + timedelta(days=1)
    sweep(city, noon.strftime("%Y-%m-%dT%H:%M:%SZ"))
    me.hears("Немає води", before)
    return ""


def _ahead(**span: float) -> str:
    return (datetime.now(UTC) + timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _keeper(city: Running) -> str:
    account = next(each for each in city.accounts if each["username"] == "vodokanal-responsible")
    given = {"username": account["username"], "password": account["password"]}
    _, answer = send(f"{city.site}/api/sessions", given)
    return f"Bearer {answer['access_token']}"


def _etag(city: Running, number: str, keeper: str) -> str:
    _, seen = send(f"{city.site}/api/cards/{number}", Authorization=keeper)
    return f'"{seen["version"]}"'
