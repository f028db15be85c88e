"""What is written to a resident's messenger, the same whichever messenger it is."""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.inbound import Press


class Ask(StrEnum):
    """What a message asks the resident's device for."""

    NOTHING = ""
    PHONE = "phone"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what it does when it is pressed, or an address that it opens."""

    text: str
    press: Press | None = None
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One message.

    Attributes:
        text: in the few tags that messengers share, `<b>`; whatever a person wrote is escaped.
        ask_words: what stands on the button that asks the device.
        edit_of: id of the message that it takes the place of, where the messenger can do that.
        lay_off: whether the keyboard of an earlier question is to be taken away.
        silent: whether it makes no sound.
    """

    text: str
    rows: Rows = ()
    ask: Ask = Ask.NOTHING
    ask_words: str = ""
    edit_of: str = ""
    lay_off: bool = False
    silent: bool = False
