"""What residents do from beginning to end, in either messenger."""

from typing import Any, Final

from tests.support.messenger_people import TelegramPerson, ViberPerson
from tests.talks.chain import Chain

Person = TelegramPerson | ViberPerson
TELLING: Final = "Третій день не горить ліхтар біля під'їзду"
PLACE: Final = "Проскурівська 12"


def to_photos(talk: Chain, me: Person, *, text: str = TELLING, place: str = PLACE) -> None:
    """Tell an appeal up to its pictures."""
    me.say("/start")
    talk.press(me, "Подати")
    me.say("ліхтар")
    talk.press(me, "освітлення")
    me.say(text)
    me.say(place)
    talk.press(me, "Так")
    if "приєднатися" in talk.said(me).text:
        talk.press(me, "Моє")


def to_review(
    talk: Chain, me: Person, *, photos: int = 0, text: str = TELLING, place: str = PLACE
) -> None:
    """Tell a whole appeal with name, phone and home; somebody known is asked less."""
    to_photos(talk, me, text=text, place=place)
    for at in range(photos):
        name = talk.photo(f"{me.name}-{at}", (at * 40 % 255, 90, 20))
        me.photo(name)
    talk.press(me, "Готово" if photos else "Без фото")
    if "Телефон для" in talk.said(me).text:
        me.contact("+380501234567")
        me.say("Олена Тестова")
        talk.press(me, "Там само")
        talk.press(me, "Згоден")


def filed(talk: Chain, me: Person, **more: Any) -> str:
    """File an appeal and return its number."""
    to_review(talk, me, **more)
    talk.press(me, "Надіслати")
    return talk.session(me).viewing
