"""What the data of the two cities must say, whatever a city may edit."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from chalicelib.cities.catalogue import available_cities, load_city
from chalicelib.cities.checks import EXECUTOR_ROLES
from chalicelib.cities.files import CITIES_FOLDER, read_files
from chalicelib.domain.city import City, EvidenceRule, Law, Unit, Urgency
from tests.cities.copies import KR, K

BOTH = pytest.mark.parametrize("city_id", [K, KR])

VISIBLE_WORK = {"LI-01", "RD-01", "RD-03", "GR-01", "GR-04", "LS-01", "WS-03", "CL-02", "HS-01"}
CONSULTATIONS = {"SO-01", "SO-02", "GV-01", "GV-02", "GV-03", "TR-02", "HS-12"}


def numbers_of(city: City, source: str) -> set[tuple[str, int, str, str]]:
    rows = city.editions[-1].numbers.values()
    return {(row.name, row.value, row.unit, row.clause) for row in rows if row.source == source}


def test_the_cities_are_the_folders() -> None:
    assert available_cities() == (K, KR)


def test_a_city_that_is_not_there_is_named_in_the_refusal() -> None:
    with pytest.raises(LookupError, match=r"no city is called atlantis: .*kryvyi-rih"):
        load_city("atlantis")


def test_a_city_is_read_once() -> None:
    assert load_city(K) is load_city(K)


class TestRegulationOfK:
    """K-1.3: approved by the executive committee; the text given has no number and no date."""

    def test_number_and_date_are_absent(self) -> None:
        title = load_city(K).regulation
        assert (title.law, title.number, title.approved_on) == (Law.K, None, None)
        assert title.title is not None
        assert title.title.startswith("Регламент роботи системи")

    def test_terms_are_the_citys_own(self) -> None:
        assert numbers_of(load_city(K), "city") >= {
            ("term_emergency", 24, Unit.HOUR, "K-6.1"),
            ("term_normal", 5, Unit.DAY, "K-6.1"),
            ("term_medium", 15, Unit.DAY, "K-6.1"),
        }

    def test_no_number_comes_from_the_regulation(self) -> None:
        assert numbers_of(load_city(K), "regulation") == set()

    def test_there_are_no_twelve_hours_and_no_margin(self) -> None:
        edition = load_city(K).editions[-1]
        for name in ("decide_extension", "margin_emergency", "extension_max"):
            assert edition.get(name) is None

    def test_survey_and_repeat_appeal_are_on(self) -> None:
        city = load_city(K)
        assert {"survey", "repeat_appeal"} <= city.features
        survey = {name: city.editions[-1][name].value for name in ("survey_attempts", "dispute")}
        assert survey == {"survey_attempts": 3, "dispute": 30}


class TestRegulationOfKR:
    """Order 170-р of 7 September 2020."""

    def test_number_and_date(self) -> None:
        title = load_city(KR).regulation
        assert (title.law, title.number) == (Law.KR, "170-р")
        assert title.approved_on == date(2020, 9, 7)

    def test_the_regulations_numbers_are_all_and_only_these(self) -> None:
        assert numbers_of(load_city(KR), "regulation") == {
            ("term_emergency", 24, Unit.HOUR, "KR-2.12.3"),
            ("margin_emergency", 1, Unit.HOUR, "KR-2.12.3"),
            ("term_normal", 4, Unit.DAY, "KR-2.12.1"),
            ("term_medium", 14, Unit.DAY, "KR-2.12.2"),
            ("decide_extension", 12, Unit.HOUR, "KR-2.13"),
            ("extension_max", 2, Unit.WORKING_DAY, "KR-2.13"),
        }

    def test_nothing_of_surveys_and_repeats(self) -> None:
        city = load_city(KR)
        assert not city.features & {"survey", "repeat_appeal"}
        assert not [name for name in city.editions[-1].numbers if "survey" in name]
        assert city.editions[-1].get("returns_to_coordinator") is None

    def test_topics_are_delegated_ones(self) -> None:
        """KR-1.3: the classifier follows the powers delegated to the district."""
        groups = {topic.group_code for topic in load_city(KR).topics.values()}
        city_wide = {"WA", "SW", "HT", "GS", "PW", "EL", "LI", "TP", "EC", "BD", "NS"}
        assert groups <= load_city(KR).delegated_groups
        assert not groups & city_wide

    def test_executors_are_units_of_the_committee(self) -> None:
        names = [unit.name.uk for unit in load_city(KR).executors.values()]
        assert all(re.match("Відділ|Управління|Організаційний відділ", name) for name in names)
        assert not any("загальний" in name.lower() for name in names)

    def test_replies_go_to_the_official_address(self) -> None:
        """KR-2.7."""
        centre = load_city(KR).centre
        assert centre is not None
        assert centre.official_mail is not None
        assert "official_mail" in load_city(KR).features

    def test_every_group_of_topics_has_one_signatory_with_a_substitute(self) -> None:
        """KR-2.4."""
        city = load_city(KR)
        signatories = [person for person in city.people.values() if person.role == "signatory"]
        duties = Counter(group for person in signatories for group in person.topic_groups)
        assert duties == Counter({topic.group_code for topic in city.topics.values()})
        assert all(person.substitute in city.people for person in signatories)


@BOTH
class TestOfEveryCity:
    def test_the_law_stands_above_every_term(self, city_id: str) -> None:
        assert numbers_of(load_city(city_id), "law") == {
            ("law_cap", 45, Unit.DAY, "LAW-20"),
            ("law_15_days", 15, Unit.DAY, "LAW-20"),
            ("law_month", 1, Unit.MONTH, "LAW-20"),
            ("forward", 5, Unit.DAY, "LAW-7"),
            ("return_form", 10, Unit.DAY, "LAW-5"),
            ("return_data", 5, Unit.DAY, "LAW-7"),
        }

    def test_own_settings_are_marked_as_the_citys(self, city_id: str) -> None:
        own = {row[:3] for row in numbers_of(load_city(city_id), "city")}
        assert own >= {
            ("warning_first", 50, Unit.PERCENT),
            ("warning_second", 80, Unit.PERCENT),
            ("accept_emergency", 30, Unit.MINUTE),
            ("accept_other", 1, Unit.WORKING_DAY),
            ("decide_request", 1, Unit.WORKING_DAY),
            ("decide_request_emergency", 4, Unit.HOUR),
            ("changes_of_executor_max", 2, Unit.TIME),
            ("contact_attempts", 1, Unit.TIME),
            ("keep_years", 5, Unit.YEAR),
            ("block_short", 1, Unit.HOUR),
            ("quarantine_review", 4, Unit.HOUR),
            ("quarantine_release", 24, Unit.HOUR),
        }

    def test_every_number_has_a_note(self, city_id: str) -> None:
        regulation = read_files(CITIES_FOLDER / city_id).regulation.value
        assert regulation is not None
        assert all(len(row.note) > 10 for row in regulation.number)

    def test_every_urgency_occurs(self, city_id: str) -> None:
        assert {topic.urgency for topic in load_city(city_id).topics.values()} == set(Urgency)

    def test_visible_work_is_proved_by_a_photo_and_advice_by_nothing(self, city_id: str) -> None:
        topics = load_city(city_id).topics
        for code in VISIBLE_WORK & topics.keys():
            assert topics[code].evidence is EvidenceRule.PHOTO, code
        for code in CONSULTATIONS & topics.keys():
            assert topics[code].evidence is EvidenceRule.NONE, code

    def test_every_executor_answers_for_a_topic_and_has_all_its_people(self, city_id: str) -> None:
        city = load_city(city_id)
        assert {topic.executor for topic in city.topics.values()} == city.executors.keys()
        for executor in city.executors.values():
            assert {person.role for person in executor.people} == set(EXECUTOR_ROLES)

    def test_phones_of_the_demonstration_can_reach_nobody(self, city_id: str) -> None:
        city = load_city(city_id)
        phones = [person.phone for person in city.people.values()]
        phones += [executor.duty_phone for executor in city.executors.values()]
        for phone in [*phones, city.centre_phone]:
            assert phone is not None
            assert phone.startswith("0 800 00")

    def test_mail_of_the_demonstration_can_reach_nobody(self, city_id: str) -> None:
        city = load_city(city_id)
        addresses = [person.email or "" for person in city.people.values()]
        addresses += [executor.email for executor in city.executors.values()]
        assert all(address.endswith("@example.org") for address in addresses)

    def test_what_is_invented_is_marked(self, city_id: str) -> None:
        marked = load_city(city_id).demonstration
        assert {"streets", "people", "accounts", "phones", "executors", "topics"} <= marked

    def test_every_role_can_sign_in(self, city_id: str) -> None:
        accounts = [row for _, row in read_files(CITIES_FOLDER / city_id).accounts.rows]
        roles = {"operator", "coordinator", "admin", "responsible", "head", "next_head"}
        roles |= {"performer"} | ({"clerk", "signatory"} if city_id == KR else set())
        assert {row.role for row in accounts} == roles
        of_executors = Counter(row.executor for row in accounts if row.executor)
        assert len([count for count in of_executors.values() if count == 4]) >= 2

    def test_the_edition_of_today_is_the_last_one(self, city_id: str) -> None:
        city = load_city(city_id)
        noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        assert city.edition_at(noon) is city.editions[-1]


def test_the_lamp_that_does_not_burn_belongs_to_the_lighting_utility() -> None:
    topic = load_city(K).topics["LI-01"]
    assert (topic.executor, topic.urgency) == ("svitlo", Urgency.NORMAL)
    assert load_city(K).executors["svitlo"].name.uk == "КП «Міськсвітло»"


def test_khmelnytskyi_answers_for_nearly_the_whole_classifier() -> None:
    assert len(load_city(K).topics) >= 110
    assert len(load_city(K).executors) >= 18
