"""A resident finds a topic in own words: endings, other languages, the wrong layout."""

from collections import Counter

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.city import City
from chalicelib.regulation.topic_search import find_topics
from tests.cities.copies import KR, K

CITY = load_city(K)


def codes(query: str, city: City = CITY) -> list[str]:
    return [topic.code for topic in find_topics(city, query)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("не горить ліхтар", "LI-01"),
        ("ліхтарів", "LI-01"),
        ("вуличне освітлення", "LI-01"),
        ("Street lights", "LI-01"),
        ("pothole", "RD-01"),
        ("яму", "RD-01"),
        ("ямами", "RD-01"),
        ("немає води", "WA-01"),
        ("нет воды", "WA-01"),
        ("запах газа", "GS-01"),
        ("газом пахне", "GS-01"),
        ("собаками", "AN-01"),
        ("застрягли в ліфті", "EL-02"),
        ("дерево впало", "GR-01"),
        ("не вивозят мусор", "WS-01"),
        ("субсидія", "SO-01"),
        ("грунтова дорога", "RD-02"),
    ],
)
def test_the_likeliest_topic_comes_first(typed: str, code: str) -> None:
    assert codes(typed)[0] == code


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`", ""])
def test_apostrophes_of_all_kinds_are_one(apostrophe: str) -> None:
    assert codes(f"брудний під{apostrophe}їзд")[0] == codes("брудний під'їзд")[0] == "HS-05"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ks[nfh", "ліхтар"), ("zvf yf ljhjps", "яма на дорозі"), ("зщерщду", "pothole")],
)
def test_the_wrong_keyboard_layout_is_read(typed: str, meant: str) -> None:
    assert codes(typed) == codes(meant) != []


def test_a_code_finds_its_topic_alone() -> None:
    assert codes(" li-01 ") == ["LI-01"]


def test_topics_with_every_word_come_before_topics_with_some() -> None:
    found = codes("освітлення двору")
    assert found[0] == "LI-02"
    assert "LI-03" in found[1:]


@pytest.mark.parametrize("nothing", ["", "   ", "?!", "zzzzzz", "ь" * 50])
def test_nothing_is_found_for_nothing(nothing: str) -> None:
    assert codes(nothing) == []


def test_no_more_than_asked_for() -> None:
    assert len(find_topics(CITY, "ремонт", limit=3)) == 3


def test_a_whole_appeal_may_be_the_query() -> None:
    text = "Добрий день! Біля нашого будинку вже тиждень не вивозять сміття, баки переповнені."
    assert codes(text)[0] == "WS-01"
    assert codes(text * 200)[0] == "WS-01"


def test_only_the_citys_own_topics_are_found() -> None:
    assert codes("вуличне освітлення ліхтар", load_city(KR))[:1] != ["LI-01"]
    assert codes("яма", load_city(KR)) == ["RD-01"]


@pytest.mark.parametrize("city_id", [K, KR])
def test_every_topic_is_found_by_its_name_in_both_languages(city_id: str) -> None:
    city = load_city(city_id)
    for topic in city.topics.values():
        for name in (topic.name.uk, topic.name.en):
            assert topic.code in codes(name, city)[:2], name


@pytest.mark.parametrize("city_id", [K, KR])
def test_every_keyword_finds_its_topic_near_the_top(city_id: str) -> None:
    city = load_city(city_id)
    ranks = Counter(
        codes(word, city).index(topic.code) < 3
        for topic in city.topics.values()
        for word in topic.keywords
    )
    assert ranks[True] / ranks.total() > 0.97
