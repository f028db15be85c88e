"""Nobody but the messengers is heard: a forged call is refused before anything is written (K-2)."""

import hmac
import json
from collections.abc import Iterator
from hashlib import sha256
from random import Random
from typing import Final

import pytest

from chalicelib.domain.bots import TELEGRAM, VIBER, Bot
from tests.channels.payloads import TELEGRAM as UPDATES
from tests.support.messenger_people import SECRET_HEADER, SIGNATURE_HEADER
from tests.talks.chain import Chain, as_json

BODY: Final = as_json({"update_id": 874_000_001, **UPDATES["text"]})
MOST: Final = 1_100_000


def a_bot(talk: Chain, channel: str) -> Bot:
    """Return the bot of a channel."""
    bot = talk.talks.bots.bot(channel, talk.door.clock())
    assert bot is not None
    return bot


def a_viber_body(talk: Chain) -> bytes:
    """Return a callback of Viber sent just now."""
    return as_json(
        {
            "event": "message",
            "timestamp": int(talk.door.clock().timestamp() * 1000),
            "message_token": 5_080_382_391_595_440_128,
            "sender": {"id": "01234567890A=", "name": "Олена", "language": "uk"},
            "message": {"type": "text", "text": "Яма на дорозі"},
        }
    )


def signed(body: bytes, token: str) -> str:
    """Return the signature that Viber puts under a body."""
    return hmac.new(token.encode(), body, sha256).hexdigest()


def genuine(talk: Chain, channel: str) -> tuple[str, bytes, dict[str, str]]:
    """Return a call that is heard: its address, body and headers."""
    bot = a_bot(talk, channel)
    url = f"/webhooks/{channel}/{bot.keys[0]}"
    if channel == TELEGRAM:
        return url, BODY, {SECRET_HEADER: bot.secrets[0]}
    body = a_viber_body(talk)
    return url, body, {SIGNATURE_HEADER: signed(body, bot.token)}


def heard(talk: Chain) -> list[str]:
    """Return what has come to the queue, and empty it."""
    ids = [event.id for event in talk.talks.queue.put_there]
    talk.talks.queue.put_there.clear()
    return ids


in_both: Final = pytest.mark.parametrize("channel", [TELEGRAM, VIBER])


@in_both
@pytest.mark.clause("K-2")
class TestAWebhook:
    """K-2 Intake by a chatbot takes the words of residents, and of nobody else."""

    def test_hears_what_has_proved_itself(self, talk: Chain, channel: str) -> None:
        assert talk.bring(*genuine(talk, channel)) == 200
        assert len(heard(talk)) == 1

    def test_refuses_another_key(self, talk: Chain, channel: str) -> None:
        url, body, headers = genuine(talk, channel)
        for other in (url[:-1], url + "a", f"/webhooks/{channel}/x", url[:-1] + "Ж"):
            assert talk.bring(other, body, headers) in {403, 404}
        assert heard(talk) == []

    def test_refuses_a_call_without_proof(self, talk: Chain, channel: str) -> None:
        url, body, headers = genuine(talk, channel)
        (name,) = headers
        for proof in ({}, {name: ""}, {name: "0" * 64}, {name: headers[name] + " x"}):
            assert talk.bring(url, body, proof) == 403
        assert heard(talk) == []

    def test_refuses_what_is_too_large_before_it_reads_it(self, talk: Chain, channel: str) -> None:
        url, _, headers = genuine(talk, channel)
        assert talk.bring(url, b"{" + b" " * MOST + b"}", headers) == 413
        assert heard(talk) == []

    def test_refuses_the_proof_of_the_other_messenger(self, talk: Chain, channel: str) -> None:
        url, body, _ = genuine(talk, channel)
        _, _, headers = genuine(talk, VIBER if channel == TELEGRAM else TELEGRAM)
        assert talk.bring(url, body, headers) == 403
        assert heard(talk) == []

    def test_takes_what_it_cannot_read_without_a_word(self, talk: Chain, channel: str) -> None:
        bot = a_bot(talk, channel)
        url, _, headers = genuine(talk, channel)
        for body in (b"", b"[]", b"{", b"null", b"\xff", b"[" * 5000, b'{"update_id":"x"}'):
            if channel == VIBER:
                headers = {SIGNATURE_HEADER: signed(body, bot.token)}
            assert talk.bring(url, body, headers) == 200
        assert heard(talk) == []


@in_both
def test_a_channel_without_secrets_is_off(talk: Chain, channel: str) -> None:
    call = genuine(talk, channel)
    talk.talks.bots.entries.clear()
    assert talk.bring(*call) == 403
    assert heard(talk) == []


def test_viber_is_not_heard_when_a_byte_of_what_it_signed_differs(talk: Chain) -> None:
    url, body, headers = genuine(talk, VIBER)
    again = json.dumps(json.loads(body)).encode()
    assert talk.bring(url, again, headers) == 403
    assert heard(talk) == []


def forgeries(talk: Chain, channel: str, count: int) -> Iterator[tuple[str, bytes, dict[str, str]]]:
    """Yield calls that differ from a genuine one in address, proof or, with Viber, body."""
    random = Random(count)
    for _ in range(count):
        url, body, headers = genuine(talk, channel)
        ((name, proof),) = headers.items()
        what = random.choice(("key", "proof") if channel == TELEGRAM else ("key", "proof", "body"))
        if what == "key":
            start, _, key = url.rpartition("/")
            url = f"{start}/{mutated(random, key)}"
        elif what == "proof":
            proof = mutated(random, proof)
        else:
            body = mutated(random, body.decode("latin-1")).encode("latin-1")
        yield url, body, {name: proof}


def mutated(random: Random, text: str) -> str:
    """Return a text that differs in one character, is cut, or is longer."""
    at = random.randrange(len(text))
    other = random.choice([each for each in "abcdef0123456789" if each != text[at]])
    way = random.randrange(3)
    if way == 0:
        return text[:at] + other + text[at + 1 :]
    return text[:at] + text[at + 1 :] if way == 1 else text[:at] + other + text[at:] + other


@pytest.mark.parametrize("count", [500, pytest.param(50_000, marks=pytest.mark.deep)])
@in_both
@pytest.mark.clause("K-2")
def test_forged_calls_are_refused_before_anything_is_written(
    talk: Chain, channel: str, count: int
) -> None:
    before = dict(vars(talk.talks.conversations))
    for url, body, headers in forgeries(talk, channel, count):
        assert talk.bring(url, body, headers) in {403, 404}
    assert heard(talk) == []
    assert talk.files() == []
    assert vars(talk.talks.conversations) == before
