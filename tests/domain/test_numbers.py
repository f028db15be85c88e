"""Registration numbers, access codes and survey tokens."""

import pytest

from chalicelib.domain.numbers import (
    access_code,
    check_digit,
    is_registration_number,
    parse_survey_token,
    registration_number,
    same_code,
    survey_token,
)

NUMBER = registration_number(2026, 123)


class TestRegistrationNumber:
    """The Kyiv year, the sequence of the year and a check digit (ISO 7064 MOD 11-10)."""

    def test_the_standards_own_example_gives_its_digit(self) -> None:
        assert check_digit("0794") == 5

    def test_it_is_a_number(self) -> None:
        assert NUMBER.startswith("2026-000123-")
        assert is_registration_number(NUMBER)

    @pytest.mark.parametrize("place", range(4))
    def test_a_misheard_digit_is_noticed(self, place: int) -> None:
        digits = NUMBER[:4]
        for other in set("0123456789") - {digits[place]}:
            assert not is_registration_number(
                digits[:place] + other + digits[place + 1 :] + NUMBER[4:]
            )

    @pytest.mark.parametrize("text", ["", "2026", "2026-123-7", "2026-000123-77", "٢٠٢٦-000123-7"])
    def test_other_text_is_not(self, text: str) -> None:
        assert not is_registration_number(text)

    def test_more_than_a_million_appeals_a_year_still_fit(self) -> None:
        assert is_registration_number(registration_number(2026, 1_234_567))


class TestAccessCode:
    """80 bits of HMAC-SHA256, Crockford base32 in fours; never stored."""

    def test_it_is_the_same_each_time_it_is_computed(self) -> None:
        assert access_code("secret", "k1", NUMBER) == access_code("secret", "k1", NUMBER)

    def test_it_depends_on_secret_key_and_number(self) -> None:
        codes = {
            access_code("secret", "k1", NUMBER),
            access_code("other", "k1", NUMBER),
            access_code("secret", "k2", NUMBER),
            access_code("secret", "k1", registration_number(2026, 124)),
        }
        assert len(codes) == 4

    def test_it_is_read_aloud_in_four_groups(self) -> None:
        assert [len(group) for group in access_code("s", "k1", NUMBER).split("-")] == [4, 4, 4, 4]

    def test_case_spaces_and_letters_like_digits_are_forgiven(self) -> None:
        assert same_code(" 7kq2 m9xr 4toi vz1c", "7KQ2-M9XR-4T01-VZ1C")

    def test_another_code_is_another(self) -> None:
        assert not same_code("7KQ2-M9XR-4T01-VZ1D", "7KQ2-M9XR-4T01-VZ1C")


class TestSurveyToken:
    """128 bits over card and survey number."""

    def test_it_names_the_survey_that_it_opens(self) -> None:
        assert parse_survey_token(survey_token("secret", "k1", NUMBER, 2)) == (NUMBER, 2)

    @pytest.mark.parametrize(
        "token", ["", "x", "2026-000123-7", f"{NUMBER}.x.AA", "..", f"{NUMBER}.²."]
    )
    def test_other_text_names_none(self, token: str) -> None:
        assert parse_survey_token(token) is None
