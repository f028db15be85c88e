"""Residents with Telegram or Viber in their hands: what they do, as their messenger tells us."""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import Any, Final

Post = Callable[[str, bytes, Mapping[str, str]], int]
"""Posts a body with headers to a webhook and returns the status."""

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
SIGNATURE_HEADER: Final = "X-Viber-Content-Signature"
_UPDATES = count(874_000_001)
_TOKENS = count(5_080_382_391_595_440_128)
_CALLS = count(1)


@dataclass
class TelegramPerson:
    """Somebody who writes to the bot in Telegram; `sent` keeps their updates.

    Attributes:
        webhook, secret: what the bot's webhook is, as Telegram was told.
        language: of their device.
    """

    id: int
    webhook: str
    secret: str
    post: Post
    language: str = "uk"
    sent: list[dict[str, Any]] = field(default_factory=list)
    messages: int = 10

    @property
    def name(self) -> str:
        """What messages to them are addressed by."""
        return str(self.id)

    @property
    def identity(self) -> str:
        """What the centre knows them by."""
        return f"telegram#{self.id}"

    def deliver(self, update: Mapping[str, Any]) -> int:
        """Bring an update to the webhook; return its answer."""
        body = json.dumps(update, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", SECRET_HEADER: self.secret}
        return self.post(self.webhook, body, headers)

    def send(self, **part: Any) -> int:
        """Bring a new update."""
        update = {"update_id": next(_UPDATES), **part}
        self.sent.append(update)
        return self.deliver(update)

    def message(self, **content: Any) -> int:
        """Write a message of any content."""
        self.messages += 1
        return self.send(message={**self._base(self.messages), **content})

    def say(self, text: str) -> int:
        """Write words."""
        return self.message(text=text)

    def edit(self, text: str, *, back: int = 0) -> int:
        """Correct the last message, or one before it."""
        base = self._base(self.messages - back)
        return self.send(edited_message={**base, "text": text, "edit_date": _now()})

    def photo(self, file_id: str, **more: Any) -> int:
        """Send a picture."""
        sizes = [
            {
                "file_id": f"{file_id}-s",
                "file_unique_id": f"{file_id}-s",
                "width": 90,
                "height": 67,
            },
            {"file_id": file_id, "file_unique_id": file_id, "width": 1280, "height": 960},
        ]
        return self.message(photo=sizes, **more)

    def location(self, lat: float, lon: float) -> int:
        """Share a point."""
        return self.message(location={"latitude": lat, "longitude": lon})

    def contact(self, phone: str, *, own: bool = True) -> int:
        """Share a phone."""
        whose = {"user_id": self.id} if own else {"user_id": self.id + 1}
        return self.message(contact={"phone_number": phone, "first_name": "Олена", **whose})

    def press(self, data: str, message: str = "24") -> int:
        """Press a button under a message of the bot."""
        query = {
            "id": f"3007{next(_CALLS)}",
            "from": self._me(),
            "message": {"message_id": int(message), "chat": self._chat(), "date": _now()},
            "chat_instance": "-1",
            "data": data,
        }
        return self.send(callback_query=query)

    def block(self, *, blocked: bool = True) -> int:
        """Block the bot, or unblock it."""
        was, now = ("member", "kicked") if blocked else ("kicked", "member")
        changed = {
            "chat": self._chat(),
            "from": self._me(),
            "date": _now(),
            "old_chat_member": {"user": {"id": 1, "is_bot": True}, "status": was},
            "new_chat_member": {"user": {"id": 1, "is_bot": True}, "status": now},
        }
        return self.send(my_chat_member=changed)

    def _base(self, message_id: int) -> dict[str, Any]:
        return {
            "message_id": message_id,
            "from": self._me(),
            "chat": self._chat(),
            "date": _now(),
        }

    def _me(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "language_code": self.language}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": "Олена"}


@dataclass
class ViberPerson:
    """Somebody who writes to the bot in Viber; `sent` keeps their callbacks.

    Attributes:
        media: where their pictures lie.
    """

    id: str
    webhook: str
    token: str
    post: Post
    media: str = "https://dl-media.viber.com"
    language: str = "uk"
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sent: list[dict[str, Any]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What messages to them are addressed by."""
        return self.id

    @property
    def identity(self) -> str:
        """What the centre knows them by."""
        return f"viber#{self.id}"

    def deliver(self, callback: Mapping[str, Any]) -> int:
        """Sign a callback and bring it to the webhook; return its answer."""
        body = json.dumps(callback, ensure_ascii=False).encode()
        signature = hmac.new(self.token.encode(), body, sha256).hexdigest()
        headers = {"Content-Type": "application/json", SIGNATURE_HEADER: signature}
        return self.post(self.webhook, body, headers)

    def send(self, event: str, **content: Any) -> int:
        """Bring a new callback."""
        callback = {
            "event": event,
            "timestamp": int(self.now().timestamp() * 1000),
            "message_token": next(_TOKENS),
            **content,
        }
        self.sent.append(callback)
        return self.deliver(callback)

    def message(self, **content: Any) -> int:
        """Write a message of any content."""
        return self.send("message", sender=self._me(), message=content, silent=False)

    def say(self, text: str) -> int:
        """Write words."""
        return self.message(type="text", text=text)

    def press(self, data: str, message: str = "") -> int:
        """Press a button: its data come as words."""
        return self.say(data)

    def photo(self, file_id: str, **more: Any) -> int:
        """Send a picture."""
        return self.message(type="picture", media=f"{self.media}/{file_id}.jpg?Sig=1", **more)

    def location(self, lat: float, lon: float) -> int:
        """Share a point."""
        return self.message(type="location", location={"lat": lat, "lon": lon})

    def contact(self, phone: str, *, own: bool = True) -> int:
        """Share a phone, as an answer to our question for it or not."""
        tracked = "phone" if own else ""
        return self.message(
            type="contact", contact={"name": "О", "phone_number": phone}, tracking_data=tracked
        )

    def block(self, *, blocked: bool = True) -> int:
        """Leave the bot, or come back to it."""
        if blocked:
            return self.send("unsubscribed", user_id=self.id)
        return self.send("subscribed", user=self._me())

    def _me(self) -> dict[str, Any]:
        return {"id": self.id, "name": "Олена", "language": self.language, "api_version": 10}


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
