"""What must be in an appeal, and what the queue shows of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.appeal import Kind
from chalicelib.domain.city import Law
from chalicelib.regulation.intake import EXCERPT_BYTES, excerpt, kind_of, missing


@pytest.mark.clause("K-3.2", "LAW-5")
class TestMandatory:
    """3.2 Mandatory are the place of residence, a phone or other means of contact, the essence."""

    @pytest.mark.parametrize(("law", "clause"), [(Law.K, "K-3.2"), (Law.KR, "LAW-5")])
    def test_each_city_names_its_own_clause(self, law: Law, clause: str) -> None:
        faults = missing(None, has_residence=False, has_contact=False, has_essence=False, law=law)
        assert [fault.clause for fault in faults] == [clause] * 3

    @pytest.mark.parametrize("has_residence", [True, False])
    @pytest.mark.parametrize("has_contact", [True, False])
    @pytest.mark.parametrize("has_essence", [True, False])
    def test_exactly_what_is_missing_is_named(
        self, has_residence: bool, has_contact: bool, has_essence: bool
    ) -> None:
        faults = missing(
            None,
            has_residence=has_residence,
            has_contact=has_contact,
            has_essence=has_essence,
            law=Law.K,
        )
        expected = {
            "missing_residence": not has_residence,
            "missing_contact": not has_contact,
            "missing_essence": not has_essence,
        }
        assert {fault.code for fault in faults} == {
            code for code, is_so in expected.items() if is_so
        }

    @pytest.mark.parametrize("kind", [Kind.APPEAL, Kind.COMPLAINT, Kind.PROPOSAL])
    def test_every_kind_but_a_signal_needs_them_all(self, kind: Kind) -> None:
        faults = missing(kind, has_residence=False, has_contact=False, has_essence=False, law=Law.K)
        assert len(faults) == 3

    def test_a_signal_needs_the_essence_only(self) -> None:
        faults = missing(
            Kind.SIGNAL, has_residence=False, has_contact=False, has_essence=False, law=Law.K
        )
        assert [fault.code for fault in faults] == ["missing_essence"]


@pytest.mark.clause("LAW-5")
class TestName:
    """Art. 5: surname, first name, patronymic. Without them it is acted on as a signal."""

    @pytest.mark.parametrize("asked", [None, *Kind])
    def test_without_a_name_it_is_a_signal(self, asked: Kind | None) -> None:
        assert kind_of(asked, has_name=False) is Kind.SIGNAL

    def test_with_a_name_it_is_what_was_asked_or_an_appeal(self) -> None:
        assert kind_of(None, has_name=True) is Kind.APPEAL
        assert [kind_of(kind, has_name=True) for kind in Kind] == list(Kind)


class TestExcerpt:
    """The queue shows whole words within a number of bytes, which is what reading them costs."""

    @given(st.text())
    def test_it_never_takes_more_bytes(self, text: str) -> None:
        shown = excerpt(text)
        assert len(shown.encode()) <= EXCERPT_BYTES
        assert "\n" not in shown

    @given(st.lists(st.text("абвгґ", min_size=1, max_size=9), min_size=1, max_size=60))
    def test_it_is_the_beginning_by_whole_words(self, words: list[str]) -> None:
        shown = excerpt(" ".join(words))
        kept = shown.removesuffix("…").split()
        assert kept == words[: len(kept)]
        assert ("…" in shown) is (len(kept) < len(words))

    def test_a_short_text_is_shown_whole_in_one_line(self) -> None:
        assert excerpt("  Яма\n\nна  дорозі ") == "Яма на дорозі"

    def test_a_word_that_is_too_long_is_cut_between_letters(self) -> None:
        shown = excerpt("Ї" * 500)
        assert shown == "Ї" * ((EXCERPT_BYTES - 3) // 2) + "…"
