"""A hint for a person: which topics a text may be about, and how often that is right."""

from pathlib import Path

import pytest

from benchmarks.topics import hits, labelled
from chalicelib.cities.catalogue import available_cities, load_city
from chalicelib.cities.word_forms import read_word_forms, word_forms
from chalicelib.domain.word_forms import WordForms
from chalicelib.regulation.topic_hints import known_words, suggest, words_of
from chalicelib.regulation.typed_text import folded_words
from infra.word_forms import words_of as words_of_topics

CITY = load_city("khmelnytskyi")
FORMS = word_forms("khmelnytskyi")


def codes(text: str, limit: int = 3) -> list[str]:
    """Return the codes of the suggested topics."""
    return [topic.code for topic in suggest(CITY, FORMS, text, limit)]


@pytest.mark.clause("K-3.1")
class TestSuggestions:
    """The operator or the resident chooses; the machine only names what may be meant."""

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("У під'їзді третій тиждень не працює ліфт", "EL-01"),
            ("Немає води в усьому будинку з самого ранку", "WA-01"),
            ("Біля школи яма на дорозі, машини б'ють колеса", "RD-01"),
            ("Собаки кидаються на дітей біля майданчика", "AN-01"),
        ],
    )
    def test_a_plain_text_finds_its_topic(self, text: str, code: str) -> None:
        assert code in codes(text)

    def test_cases_and_apostrophes_do_not_matter(self) -> None:
        plain = codes("ремонт ліфта у під'їзді")
        for written in ("ремонту ліфтів у під’їздах", "РЕМОНТОМ ЛІФТАМИ У ПІДʼЇЗДІ"):
            assert set(codes(written)) & set(plain)

    def test_nothing_is_suggested_where_no_word_fits(self) -> None:
        assert codes("") == codes("Прошу відповідь надати") == codes("12345 !!!") == []

    def test_it_is_bounded_however_long_the_text(self) -> None:
        assert codes("ліфт " * 10_000)[:1] == ["EL-01"]
        assert len(codes("немає води ліфт дорога сміття", 2)) == 2

    def test_without_a_table_words_are_compared_by_their_stems(self) -> None:
        found = suggest(CITY, WordForms(), "зламаний ліфт у під'їзді")
        assert "EL-01" in [topic.code for topic in found]

    def test_the_words_of_a_topic_are_known(self) -> None:
        lift = CITY.topics["EL-01"]
        assert set(words_of("ліфтами", FORMS)) <= known_words(CITY, FORMS, lift)


def test_how_often_it_is_right_on_real_texts() -> None:
    found = hits("khmelnytskyi")
    assert found.texts == 60
    assert found.first >= 36
    assert found.one_of_three >= 53
    assert len(list(labelled())) == 60


@pytest.mark.parametrize("city_id", available_cities())
class TestTheTable:
    """The table of forms holds every word of the classifier, as the generator finds them."""

    def test_every_word_of_the_classifier_is_there(self, city_id: str) -> None:
        known = word_forms(city_id).by_form.keys()
        words = {form for word in words_of_topics(city_id) for form in folded_words(word)}
        assert words - known == set()

    def test_it_may_be_absent(self, city_id: str, tmp_path: Path) -> None:
        assert read_word_forms(tmp_path / city_id).by_form == {}


def test_a_line_is_a_word_and_its_forms(tmp_path: Path) -> None:
    path = tmp_path / "word_forms.txt"
    path.write_text("# слова\nвода води воду\nводити води\n\n", encoding="utf-8")
    forms = read_word_forms(path)
    assert forms.words_of("води") == ("вода", "водити")
    assert forms.words_of("вода") == ("вода",)
    assert forms.words_of("котельня") == ("~котел",)
