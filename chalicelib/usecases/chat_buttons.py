"""The buttons under a notice in a messenger: they answer whatever the conversation is about."""

from collections.abc import Sequence
from typing import Final

from chalicelib.domain.card import CardFile
from chalicelib.domain.inbound import Press
from chalicelib.domain.notice import Audience, Medium, Notice
from chalicelib.regulation.notices import SURVEY_TEMPLATES
from chalicelib.usecases.sending_ports import ChatButton
from chalicelib.words.say import say

CHATS: Final = frozenset({Medium.TELEGRAM, Medium.VIBER})

Rows = tuple[tuple[ChatButton, ...], ...]


def rows_under(told: Sequence[Notice], file: CardFile, link: ChatButton, language: str) -> Rows:
    """Return the buttons under a message of some notices: its link, and what a chat can do itself.

    A survey is answered where it is asked (K-6.2).
    """
    lead = told[0]
    if lead.medium not in CHATS or lead.audience is not Audience.APPLICANT:
        return ((link,),)
    if file.surveys and any(notice.template in SURVEY_TEMPLATES for notice in told):
        return (*survey_rows(lead.number, file.surveys[-1].no, language), (link,))
    return ((link,), (_button(lead.number, language, "card", "v"),))


def survey_rows(number: str, no: int, language: str) -> Rows:
    """Return the buttons of a survey: the work is done, or it is not."""
    yes = _button(number, language, "confirm", "qy", str(no))
    no_button = _button(number, language, "not_confirmed", "qn", str(no))
    return ((yes, no_button),)


def _button(number: str, language: str, words: str, act: str, arg: str = "") -> ChatButton:
    return ChatButton(say(language, f"chat.b.{words}"), data=Press(number, act, arg).data)
