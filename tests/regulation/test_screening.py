"""What screening marks in texts, and what it leaves alone (K-3.4)."""

import csv
import unicodedata
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.screening import (
    MASK,
    Label,
    Lexicon,
    LexiconRow,
    Part,
    Screening,
    masked,
)
from chalicelib.regulation.lexicon import spellings
from chalicelib.regulation.screening import screen

DAY: Final = date(2026, 3, 2)
HERE: Final = Path(__file__).parent
HOTLINE: Final = HERE.parents[1] / "infra/demonstration/hotline_texts.csv"
KYIV_K: Final = load_city("khmelnytskyi")
LEXICON: Final = KYIV_K.lexicon


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


EXAMPLES: Final = rows_of(HERE / "screening_examples.csv")


def screened(text: str) -> Screening:
    """Screen a text by the list of the city whose regulation speaks of it."""
    return screen(text, LEXICON, DAY)


def shown(text: str) -> str:
    """Return a text as shared views show it."""
    return masked(text, screened(text).masks())


@pytest.mark.clause("K-3.4")
class TestExamples:
    """3.4 Not registered are appeals with calls to incite national, racial, religious enmity."""

    @pytest.mark.parametrize("row", EXAMPLES, ids=[row["id"] for row in EXAMPLES])
    def test_each_is_labelled_as_it_should_be(self, row: dict[str, str]) -> None:
        wanted = set() if row["label"] == "none" else {Label(row["label"])}
        assert screened(row["text"]).labels == wanted

    @pytest.mark.parametrize("row", EXAMPLES, ids=[row["id"] for row in EXAMPLES])
    def test_each_is_treated_as_it_should_be(self, row: dict[str, str]) -> None:
        labels = screened(row["text"]).labels
        waits = Label.HATE in labels
        hidden = not waits and MASK in shown(row["text"])
        alerts = Label.THREAT in labels
        actions = {"quarantine": waits, "register_mask": hidden, "register_escalate": alerts}
        assert [name for name, so in actions.items() if so] == (
            [row["action_web"]] if row["action_web"] != "register" else []
        )

    @pytest.mark.parametrize("row", rows_of(HOTLINE), ids=lambda row: row["n"])
    def test_none_of_the_hot_lines_texts_is_touched(self, row: dict[str, str]) -> None:
        assert screened(row["text"]).spans == ()

    def test_a_clean_text_of_500_letters_takes_less_than_a_fifth_of_a_millisecond(self) -> None:
        texts = [(row["text"] + " ") * 20 for row in rows_of(HOTLINE)]
        taken = []
        for text in texts:
            tries = []
            for _ in range(5):
                began = perf_counter()
                screened(text[:500])
                tries.append(perf_counter() - began)
            taken.append(min(tries))
        assert sorted(taken)[len(taken) // 2] < 0.0002


@pytest.mark.clause("K-3.4")
class TestIncitement:
    """A group of people and a call against it, within eight words; it is told, not made, else."""

    @pytest.mark.parametrize(
        "text",
        [
            "Бийте циган!",
            "Виселити переселенців з гуртожитку!",
            "Смерть \u0454\u0432\u0440e\u044f\u043c",
            "В и р і з а т и мусульман",
            "Знищити всіх ромів",
            "Б\u200bийте р\u200bомів",
        ],
    )
    def test_it_is_suspected(self, text: str) -> None:
        assert screened(text).labels == {Label.HATE}

    @pytest.mark.parametrize(
        "text",
        [
            "Роми спалили смітник, приберіть",
            "Не виселяйте ромів, у них діти",
            "Не треба виселяти ромів",
            "У гуртожитку переселенців не почали топити",
            "Прошу вигнати бродячих собак",
            "Знищити амброзію біля будинку",
            "Вбити цвях у паркан",
            "Прошу виселити сусіда, він п'є",
            "Допоможіть переселенцям",
            f"Чекаємо на українців,{' і далі' * 5}, потім бити",
        ],
    )
    def test_it_is_not(self, text: str) -> None:
        assert screened(text).labels == set()

    @pytest.mark.parametrize(
        "text",
        [
            "На паркані написали: бий ромів",
            "Сусід погрожує спалити хату ромів",
            "Хочуть виселити переселенців, захистіть людей",
        ],
    )
    def test_whoever_tells_of_it_makes_none(self, text: str) -> None:
        assert screened(text).labels == {Label.REPORT_OF_HATE}

    def test_what_is_hidden_reaches_from_one_end_to_the_other(self) -> None:
        assert shown("Треба негайно вигнати звідси всіх циган, і край.") == (
            f"Треба негайно {MASK}, і край."
        )


@pytest.mark.clause("K-3.4")
class TestThreats:
    """A threat is registered and shown to people: it is no ground to leave an appeal."""

    @pytest.mark.parametrize(
        "text", ["Я вас уб'ю", "Спалю вашу контору", "Якщо не зробите, підірву мерію"]
    )
    def test_it_is_seen(self, text: str) -> None:
        assert screened(text).labels == {Label.THREAT}
        assert shown(text) == text

    @pytest.mark.parametrize(
        "text",
        [
            "Прошу вас спалювання листя заборонити",
            "Прошу вас підірвати аварійне дерево",
            "Не спалю я ваше листя",
            "Приб'ю вивіску сам",
        ],
    )
    def test_none_is_made_up(self, text: str) -> None:
        assert screened(text).labels == set()


@pytest.mark.clause("K-3.4")
class TestDisguises:
    """Letters that are split, swapped, stretched, starred or hidden are read as they are meant."""

    @pytest.mark.parametrize(
        "text",
        [
            "С-у-к-а", "с.у.к.а", "сууууука", "су*а", "cyкa", "су\u0301ка", "с\u00adука",
            "су\u200bка", "\uff33\uff35\uff2b\uff21", "SUKA", "с у к а в ліфті",
        ],
    )  # fmt: skip
    def test_a_disguised_word_is_hidden_whole(self, text: str) -> None:
        assert screened(text).labels == {Label.OBSCENE}
        assert not any("с" in word.lower() and "к" in word for word in [shown(text)[:4]])

    @pytest.mark.parametrize(
        "text",
        [
            "онлайн о дев'ятій",
            "буд. 5-а, кв. 3, під'їзд №1",
            "Є. О. К. живе на вул. Ш е в ч е н к а",
            "тел. 0501112233, пошта olena@example.org",
            "Wi-Fi у сквері, 4G не ловить",
            "**** * **",
        ],
    )
    def test_the_innocent_stays_innocent(self, text: str) -> None:
        assert screened(text).spans == ()

    @given(st.text(max_size=200))
    def test_whatever_is_written_places_are_within_it(self, text: str) -> None:
        composed = unicodedata.normalize("NFC", text)
        spans = screened(composed).spans
        assert all(0 <= span.start < span.end <= len(composed) for span in spans)
        assert masked(composed, ()) == composed


class TestDatedList:
    """The list is dated: a decision can be understood by the edition it was made by."""

    LIST: Final = Lexicon(
        (
            LexiconRow(Part.MILD, "капость", False, date(2026, 1, 1), date(2026, 6, 1)),
            LexiconRow(Part.INSULT, "негарн(ий|а)", True, date(2026, 3, 1)),
        )
    )

    @pytest.mark.parametrize(
        ("day", "labels", "edition"),
        [
            (date(2025, 12, 31), set(), ""),
            (date(2026, 1, 1), {Label.MILD}, "2026-01-01"),
            (date(2026, 3, 1), {Label.MILD, Label.INSULT}, "2026-03-01"),
            (date(2026, 6, 1), {Label.INSULT}, "2026-06-01"),
        ],
    )
    def test_a_row_counts_between_its_days(
        self, day: date, labels: set[Label], edition: str
    ) -> None:
        found = screen("Капость негарна", self.LIST, day)
        assert found.labels == labels
        assert found.edition == edition

    def test_a_city_without_a_list_finds_nothing(self) -> None:
        assert screen("сука", Lexicon(), DAY) == Screening()

    def test_a_district_looks_for_no_incitement(self) -> None:
        lexicon = load_city("kryvyi-rih").lexicon
        assert screen("Бийте циган, сука!", lexicon, DAY).labels == {Label.OBSCENE}


class TestSpellings:
    """A pattern stands for a known number of spellings."""

    def test_it_is_written_out(self) -> None:
        assert spellings("бл(а|я)х~") == ["блах~", "блях~"]
        assert spellings("на?ср(ат|ал)") == ["насрат", "насрал", "нсрат", "нсрал"]
        assert spellings("на (гілку|палю)") == ["на гілку", "на палю"]

    @pytest.mark.parametrize("pattern", ["", "а*б", "(а|б", "А", "а~б", "а(б(в))", "a.b", "[аб]"])
    def test_what_is_none_is_refused(self, pattern: str) -> None:
        with pytest.raises(ValueError, match="letters"):
            spellings(pattern)

    def test_too_many_are_refused(self) -> None:
        with pytest.raises(ValueError, match="spellings"):
            spellings("(а|б|в|г|д|е|є|ж|з|и)" * 3)
