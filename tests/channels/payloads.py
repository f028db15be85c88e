"""What Telegram and Viber send, a payload a kind: the shapes are theirs, every value invented."""

from typing import Any, Final

PERSON: Final = {"id": 700100200, "is_bot": False, "first_name": "Олена", "language_code": "uk"}
CHAT: Final = {"id": 700100200, "first_name": "Олена", "type": "private"}
BOT: Final = {"id": 123456789, "is_bot": True, "first_name": "Контакт-центр"}
VIBER_PERSON: Final = {
    "id": "01234567890A=",
    "name": "Олена",
    "avatar": "https://media-direct.cdn.viber.com/download_photo?dlid=0&fltp=jpg",
    "language": "uk",
    "country": "UA",
    "api_version": 10,
}
SENT_AT: Final = 1763719200


def message(message_id: int, **content: Any) -> dict[str, Any]:
    """Return a Telegram message."""
    return {"message_id": message_id, "from": PERSON, "chat": CHAT, "date": SENT_AT, **content}


def sizes(mark: str) -> list[dict[str, Any]]:
    """Return the sizes of a picture, the largest last."""
    return [
        {
            "file_id": f"AgAC{mark}{size}",
            "file_unique_id": f"AQAD{mark}{size}",
            "file_size": weight,
            "width": width,
            "height": width * 4 // 3,
        }
        for size, weight, width in (("s", 1754, 67), ("m", 22898, 240), ("y", 166702, 960))
    ]


def member(status: str, was: str, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what Telegram tells when our place in a chat has changed."""
    return {
        "chat": chat or CHAT,
        "from": PERSON,
        "date": SENT_AT,
        "old_chat_member": {"user": BOT, "status": was},
        "new_chat_member": {"user": BOT, "status": status, "until_date": 0},
    }


GROUP: Final = {"id": -100123, "title": "Будинок 12", "type": "supergroup"}
CONTACT: Final = {"phone_number": "+380501234567", "first_name": "Олена", "user_id": 700100200}
POINT: Final = {"latitude": 49.4213, "longitude": 26.9826}

TELEGRAM: Final[dict[str, dict[str, Any]]] = {
    "start": {"message": message(10, text="/start")},
    "start_deeplink": {"message": message(11, text="/start a_7Qm3Zk9xT2")},
    "text": {"message": message(12, text="Яма на дорозі біля будинку 12")},
    "edited_message": {"edited_message": message(12, text="Яма біля 14", edit_date=SENT_AT + 40)},
    "photo": {"message": message(13, photo=sizes("P"), caption="Фото ями")},
    "photo_album_1": {
        "message": message(14, media_group_id="140", photo=sizes("A"), caption="Ось три фото")
    },
    "photo_album_2": {"message": message(15, media_group_id="140", photo=sizes("B"))},
    "photo_album_3": {"message": message(16, media_group_id="140", photo=sizes("C"))},
    "document_image": {
        "message": message(
            17,
            document={
                "file_name": "IMG.HEIC",
                "mime_type": "image/heic",
                "file_id": "BQAC1",
                "file_unique_id": "AgAD1",
                "file_size": 4540928,
            },
        )
    },
    "document_other": {
        "message": message(
            18, document={"mime_type": "application/pdf", "file_id": "b", "file_unique_id": "a"}
        )
    },
    "contact_own": {"message": message(19, contact=CONTACT)},
    "contact_foreign": {"message": message(20, contact={**CONTACT, "user_id": 5})},
    "contact_forwarded": {
        "message": message(20, contact=CONTACT, forward_origin={"type": "user", "date": SENT_AT})
    },
    "location": {"message": message(21, location={**POINT, "horizontal_accuracy": 35.0})},
    "venue": {
        "message": message(
            23,
            location=POINT,
            venue={"location": POINT, "title": "Парк", "address": "вул. Ялинкова, 1"},
        )
    },
    "callback_query": {
        "callback_query": {
            "id": "3007001234567890123",
            "from": PERSON,
            "message": {**message(24, text="Оберіть тему"), "from": BOT},
            "chat_instance": "-5512345678901234567",
            "data": "1|d7Hk2|t|LI-01",
        }
    },
    "callback_query_past": {
        "callback_query": {
            "id": "3007",
            "from": PERSON,
            "message": {"message_id": 24, "chat": CHAT, "date": 0},
            "chat_instance": "-5",
            "data": "made up",
        }
    },
    "my_chat_member_blocked": {"my_chat_member": member("kicked", "member")},
    "my_chat_member_unblocked": {"my_chat_member": member("member", "kicked")},
    "web_app_data": {
        "message": message(
            25, web_app_data={"data": '{"lat":49.4213,"lon":26.9826}', "button_text": "Мапа"}
        )
    },
    "web_app_data_forged": {
        "message": message(25, web_app_data={"data": '{"lat":"x"}', "button_text": "Мапа"})
    },
    "voice": {"message": message(26, voice={"file_id": "v", "file_unique_id": "v", "duration": 3})},
    "sticker": {"message": message(27, sticker={"file_id": "s", "file_unique_id": "s"})},
    "group": {"message": {**message(28, text="/start"), "chat": GROUP}},
    "group_membership": {"my_chat_member": member("member", "left", GROUP)},
    "migrated": {"message": {**message(29, migrate_to_chat_id=-1001), "chat": GROUP}},
    "channel_post": {"channel_post": {"message_id": 1, "chat": GROUP, "date": SENT_AT}},
    "poll": {"poll": {"id": "1"}},
}
"""One update a kind, without its `update_id`."""


def callback(event: str, **content: Any) -> dict[str, Any]:
    """Return a Viber callback."""
    return {
        "event": event,
        "timestamp": SENT_AT * 1000 + 123,
        "chat_hostname": "SN-CHAT-05_",
        "message_token": 5080382391595440128,
        **content,
    }


def said(**content: Any) -> dict[str, Any]:
    """Return a Viber message."""
    return callback("message", sender=VIBER_PERSON, message=content, silent=False)


VIBER: Final[dict[str, dict[str, Any]]] = {
    "webhook": callback("webhook"),
    "conversation_started": callback(
        "conversation_started", type="open", context="a_7Qm3", user=VIBER_PERSON, subscribed=False
    ),
    "subscribed": callback("subscribed", user=VIBER_PERSON),
    "unsubscribed": callback("unsubscribed", user_id=VIBER_PERSON["id"]),
    "delivered": callback("delivered", user_id=VIBER_PERSON["id"]),
    "seen": callback("seen", user_id=VIBER_PERSON["id"]),
    "failed": callback("failed", user_id=VIBER_PERSON["id"], desc="failure description"),
    "text": said(type="text", text="Яма на дорозі", tracking_data="d7Hk2"),
    "button": said(type="text", text="1|d7Hk2|t|LI-01"),
    "start": said(type="text", text="/start a_7Qm3"),
    "picture": said(
        type="picture",
        media="https://dl-media.viber.com/5/media/EXAMPLE.jpg?Expires=1&Signature=X",
        file_name="img.jpg",
        size=250381,
    ),
    "file_picture": said(
        type="file", media="https://dl-media.viber.com/5/b.png?Sig=1", file_name="b.PNG", size=5
    ),
    "file_other": said(
        type="file", media="https://dl-media.viber.com/5/b.pdf?Sig=1", file_name="b.pdf", size=5
    ),
    "location": said(type="location", location={"lat": 49.4213, "lon": 26.9826}),
    "contact": said(
        type="contact", text="", contact={"name": "Олена", "phone_number": "+380501234567"}
    ),
    "contact_asked_for": said(
        type="contact", contact={"phone_number": "+380501234567"}, tracking_data="phone"
    ),
    "sticker": said(type="sticker", sticker_id=40100),
    "url": said(type="url", media="https://evil.example/"),
}
"""One callback a kind."""
