"""What messengers refuse in a message, as their own documents say."""

import re
from collections.abc import Mapping
from typing import Any, Final

_MOST_TEXT: Final = 4096
_MOST_DATA_BYTES: Final = 64
_MOST_VIBER_BYTES: Final = 30 * 1024
_MOST_VIBER_TEXT: Final = 7000
_LONGEST_NAME: Final = 28
_MOST_ROWS: Final = 24
_TAGS: Final = re.compile(r"<(/?)(\w+)>")


def telegram_fault(given: Mapping[str, Any]) -> str:
    """Return what the Bot API would refuse in a message; empty for a right one."""
    text = given.get("text", "")
    if not text.strip():
        return "message text is empty"
    if len(text.encode("utf-16-le")) // 2 > _MOST_TEXT:
        return "message is too long"
    if given.get("parse_mode") == "HTML" and not _is_html(text):
        return "can't parse entities"
    markup = given.get("reply_markup", {})
    for row in markup.get("inline_keyboard", []):
        for button in row:
            data = button.get("callback_data")
            if not button.get("text") or (data is None and not button.get("url")):
                return "inline keyboard button is empty"
            if data is not None and not 1 <= len(data.encode()) <= _MOST_DATA_BYTES:
                return "BUTTON_DATA_INVALID"
    return ""


def viber_fault(given: Mapping[str, Any], raw: bytes) -> str:
    """Return what Viber would refuse in a message; empty for a right one."""
    if len(raw) > _MOST_VIBER_BYTES:
        return "badData: too large"
    if (
        not given.get("receiver")
        or not 1 <= len(given.get("sender", {}).get("name", "")) <= _LONGEST_NAME
    ):
        return "missingData"
    if given.get("type") != "text" or not 1 <= len(given.get("text", "")) <= _MOST_VIBER_TEXT:
        return "badData: text"
    keyboard = given.get("keyboard")
    if keyboard is None:
        return ""
    buttons = keyboard.get("Buttons", [])
    if keyboard.get("Type") != "keyboard" or not buttons:
        return "badData: keyboard"
    if sum(button["Columns"] * button["Rows"] for button in buttons) > 6 * _MOST_ROWS:
        return "badData: too many rows"
    right = all(b["Text"] and b["ActionBody"] and 1 <= b["Columns"] <= 6 for b in buttons)
    return "" if right else "badData: button"


def _is_html(text: str) -> bool:
    """Tell whether every tag is one that Telegram knows and is closed, and `<` is no other."""
    open_tags: list[str] = []
    for closing, name in _TAGS.findall(text):
        if name != "b":
            return False
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    bare = re.sub(r"&(?:amp|lt|gt|quot);", "", _TAGS.sub("", text))
    return not open_tags and not set("<>&") & set(bare)
