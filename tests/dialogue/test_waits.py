"""A text that people have to read before there is a card, in a chat."""

from dataclasses import replace

from chalicelib.dialogue.effects import Waits
from chalicelib.dialogue.filing_end import waits
from chalicelib.dialogue.moves import Turn
from chalicelib.domain.conversation import State
from chalicelib.domain.inbound import EventKind
from tests.dialogue.chats import Chat


def test_its_author_is_given_the_page_of_the_receipt_in_their_language() -> None:
    chat = Chat()
    session = replace(chat.session, language="en")
    step = waits(Turn(session, chat.event(EventKind.TEXT), chat.facts), Waits("k1.id.MARK"))
    assert "https://centre.example/en/receipt/#k1.id.MARK" in step.messages[0].text
    assert step.session.state is State.IDLE
