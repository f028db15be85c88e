"""A resident before a bot of a running city, whose messengers are played here."""

import json
import os
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.error import HTTPError

from tests.infra.calls import client
from tests.infra.mailing import within
from tests.infra.running import Running, running
from tests.support.fake_messengers import FakeMessengers, Written, serving
from tests.support.messenger_people import TelegramPerson, ViberPerson

SECONDS = 10.0
SERIAL = count(1)
FAKES: dict[str, FakeMessengers] = {}
"""Who plays the messengers of a running city, by its site."""


class Unsaid(Exception):
    """The bot did not say what it should."""


@contextmanager
def talkative(city: str, state: Path, *options: str) -> Iterator[Running]:
    """Run a city with both messengers before it until the block ends."""
    with serving() as fake:
        places = {"TELEGRAM_API_BASE": fake.url, "VIBER_API_BASE": fake.url}
        with patch.dict(os.environ, places), running(city, state, *options) as started:
            bots = started.facts["messengers"]
            fake.telegram_token = bots["telegram"]["token"]
            fake.viber_token = bots["viber"]["token"]
            FAKES[started.site] = fake
            yield started


@dataclass
class Talk:
    """Somebody with a bot of the city before them."""

    city: Running
    me: TelegramPerson | ViberPerson

    @property
    def fake(self) -> FakeMessengers:
        """Who plays the messenger."""
        return FAKES[self.city.site]

    @property
    def told(self) -> list[Written]:
        """What they were told."""
        return self.fake.to(self.me.name)

    def does(self, deed: Callable[[], object], words: str) -> None:
        """Do something that is answered with words. Raises Unsaid."""
        before = len(self.told)
        deed()
        self.hears(words, before)

    def hears(self, words: str, before: int) -> None:
        """Wait until words are said after so many messages. Raises Unsaid."""
        if not within(lambda: any(words in each.text for each in self.told[before:]), SECONDS):
            raise Unsaid(words)

    def says(self, text: str, words: str) -> None:
        """Write words that are answered with others. Raises Unsaid."""
        self.does(lambda: self.me.say(text), words)

    def presses(self, button: str, words: str) -> None:
        """Press a button of the last message. Raises Unsaid."""
        last = self.told[-1]
        data = last.data(button)
        is_typed = not data.startswith("1|")
        deed = self.me.say if is_typed else self.me.press
        self.does(lambda: deed(data), words)

    def tells(self, topic: str, *, urgent: bool) -> None:
        """Tell an appeal up to its pictures. Raises Unsaid."""
        self.says("/new", "Що сталося?")
        self.says(topic, "Найближчі теми")
        words = self.told[-1].buttons[0][0]
        self.presses(words, "Загроза життю" if urgent else "Опишіть проблему")
        if urgent:
            self.presses("Усе одно", "Опишіть проблему")
        self.says("Проба: нічого не працює вже зранку", "Де це?")
        self.says(f"Проскурівська {next(SERIAL) * 10}", "правильно?")
        self.presses("Так", "")
        if "приєднатися" in self.told[-1].text:
            self.presses("Моє", "Фото")

    def files(self, *, photo: bytes | None = None, phone: str = "") -> str:
        """Send what was told; return its number. Raises Unsaid."""
        if photo:
            self.fake.files[self.me.name] = photo
            self.does(lambda: self.me.photo(self.me.name), "Фото отримано: 1")
        self.presses("Готово" if photo else "Без фото", "Телефон для")
        if phone:
            self.says(phone, "Прізвище")
            self.says("Олена Тестова", "Адреса проживання")
            self.presses("Там само", "Персональні дані")
        else:
            self.presses("Без телефону", "Прізвище")
            self.presses("Без імені", "Персональні дані")
        self.presses("Згоден", "Перевірте")
        self.presses("Надіслати", "прийнято")
        return next(
            each.text.partition("№ ")[2].partition(" ")[0]
            for each in reversed(self.told)
            if "прийнято" in each.text
        )


def telegram(city: Running) -> Talk:
    """Return somebody new with Telegram."""
    bot = city.facts["messengers"]["telegram"]
    person = TelegramPerson(700_100_000 + next(SERIAL), bot["webhook"], bot["secret"], _post)
    return Talk(city, person)


def viber(city: Running) -> Talk:
    """Return somebody new with Viber."""
    bot = city.facts["messengers"]["viber"]
    return Talk(city, ViberPerson(f"viber{next(SERIAL):06}A=", bot["webhook"], bot["token"], _post))


def invoke(city: Running, function: str, event: Mapping[str, Any]) -> Any:
    """Call a function and return what it answers; an empty table where it failed."""
    answer = client(city, "lambda").invoke(
        FunctionName=city.facts["functions"][function], Payload=json.dumps(event)
    )
    return {} if "FunctionError" in answer else json.loads(answer["Payload"].read())


def sweep(city: Running, at: str) -> None:
    """Let the schedule run at an instant."""
    told = dict.fromkeys(("version", "id", "account", "region", "source", "detail-type"), "0")
    invoke(city, "sweep", {**told, "time": at, "resources": [], "detail": {}})


def put_on(city: Running, queue: str, body: str, **more: str) -> None:
    """Put a message on a queue."""
    queues = client(city, "sqs")
    url = queues.get_queue_url(QueueName=f"{city.facts['stack']}-{queue}")["QueueUrl"]
    queues.send_message(QueueUrl=url, MessageBody=body, **more)


def items(city: Running, table: str) -> list[dict[str, Any]]:
    """Return all items of a table."""
    pages = client(city, "dynamodb").get_paginator("scan")
    listed = pages.paginate(TableName=f"{city.facts['stack']}-{table}")
    return [item for page in listed for item in page["Items"]]


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    request = urllib.request.Request(url, data=body, headers=dict(headers), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as refusal:
        with refusal:
            return refusal.code
