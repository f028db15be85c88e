"""What may come into a conversation, and where a conversation may stand."""

from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st

from chalicelib.dialogue.order import FILING
from chalicelib.domain.conversation import (
    Draft,
    KeptPhoto,
    Known,
    Nearby,
    Neighbour,
    Session,
    State,
    Surveyed,
)
from chalicelib.domain.inbound import (
    EventKind,
    InboundEvent,
    InboundFile,
    Point,
    Press,
    StatedContact,
)
from tests.builders import number_of
from tests.dialogue.chats import ME, NOW, TELLING, city_of

words = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "/start",
            "/cancel",
            "/back",
            "/help",
            "/lang",
            "/my",
            "/nearby",
            "/new",
            TELLING,
            "Проскурівська 12",
            "Соборна",
            "0670000001",
            number_of(7),
            f"{number_of(7)} 7KQ2M9XR4T0BWZ1C",
            "5",
            "<b>&",
            "⬅ Назад",
            "📨 Надіслати",
            "я" * 4100,
        ]
    ),
)
marks = st.sampled_from("abcdefgh")
presses = st.builds(
    Press,
    st.sampled_from(["-", "d7b2d7b2", number_of(7), "old"]),
    st.sampled_from([*"tgpxbejyncrvq", "new", "go", "send", "qy", "qn", "lang", "sub", "unknown"]),
    st.sampled_from(["", "0", "1", "99", "LI-01", "uk", "en", "text", number_of(7)]),
)
contents: Final[dict[EventKind, st.SearchStrategy[dict[str, Any]]]] = {
    EventKind.TEXT: st.fixed_dictionaries({"text": words}),
    EventKind.START: st.fixed_dictionaries(
        {"text": st.sampled_from(["", "a_x", f"a_{number_of(7)}_7KQ2M9XR4T0BWZ1C"])}
    ),
    EventKind.PHOTO: st.fixed_dictionaries(
        {
            "files": st.tuples(st.builds(InboundFile, st.just("f"), marks)),
            "album": st.sampled_from(["", "one"]),
            "text": st.sampled_from(["", "Ось яма біля входу"]),
        }
    ),
    EventKind.LOCATION: st.fixed_dictionaries(
        {"point": st.sampled_from([Point(49.42, 26.98), Point(50.7, 25.3), Point(-90.0, 180.0)])}
    ),
    EventKind.CONTACT: st.fixed_dictionaries(
        {
            "contact": st.builds(
                StatedContact, st.sampled_from(["+380501234567", "x"]), st.booleans()
            )
        }
    ),
    EventKind.BUTTON: st.fixed_dictionaries({"press": st.one_of(st.none(), presses)}),
    EventKind.EDITED: st.fixed_dictionaries({"text": words}),
    EventKind.OTHER: st.just({}),
    EventKind.BLOCKED: st.just({}),
    EventKind.UNBLOCKED: st.just({}),
    EventKind.GROUP: st.just({}),
    EventKind.WAKE: st.just({}),
}


@st.composite
def events(draw: st.DrawFn) -> InboundEvent:
    """Draw any event."""
    kind = draw(st.sampled_from(list(contents)))
    fields = draw(contents[kind])
    message = draw(st.sampled_from(["", "1", "2", "3"]))
    return InboundEvent(ME, "1", kind, NOW, message=message, **fields)


drafts = st.builds(
    Draft,
    id=st.just("d7b2" * 8),
    started_at=st.just(NOW),
    settled=st.frozensets(st.sampled_from(sorted(FILING))),
    text=st.sampled_from(["", TELLING]),
    extra=st.sampled_from(["", "Ще й лавка зламана"]),
    query=st.sampled_from(["", "ліхтар", "нісенітниця"]),
    group=st.sampled_from(["", "all", "LI", "XX"]),
    page=st.integers(0, 9),
    topic=st.sampled_from([None, "LI-01", *list(city_of().topics)[:9]]),
    typed_place=st.sampled_from(["", "Проскурівська", "Соб", "ніде такої"]),
    neighbours=st.sampled_from([None, (), (Neighbour(number_of(3), "у роботі"),)]),
    join=st.sampled_from(["", number_of(3)]),
    photos=st.lists(st.builds(KeptPhoto, st.just("u"), marks), max_size=10).map(tuple),
    lost=st.integers(0, 3),
    phone=st.sampled_from(["", "+380501234567"]),
    name=st.sampled_from(["", "Олена Тестова"]),
    fed=st.sampled_from([(), (("1", "text"), ("2", "place"), ("3", "home"))]),
)
knowns = st.builds(
    Known,
    name=st.sampled_from(["", "Олена"]),
    numbers=st.lists(st.integers(1, 30).map(number_of), max_size=12, unique=True).map(tuple),
)
sessions = st.builds(
    Session,
    identity=st.just(ME),
    state=st.sampled_from(State),
    language=st.sampled_from(["", "uk", "en"]),
    known=knowns,
    draft=st.one_of(st.none(), drafts),
    viewing=st.sampled_from(["", number_of(7)]),
    page=st.integers(0, 3),
    survey=st.one_of(
        st.none(), st.builds(Surveyed, st.just(number_of(7)), st.just(1), st.just("confirmed"))
    ),
    nearby=st.one_of(st.none(), st.just(Nearby("vul-proskurivska")), st.just(Nearby())),
    heard_at=st.sampled_from(
        [None, NOW, NOW - timedelta(hours=3), NOW - timedelta(days=2), NOW - timedelta(days=9)]
    ),
    alive=st.booleans(),
    keyboard=st.booleans(),
    album=st.sampled_from(["", "one"]),
)
