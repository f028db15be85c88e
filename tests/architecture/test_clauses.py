"""Whoever cites a clause cites one that exists; register, rules, steps and tests hold together."""

import re
import tomllib
from typing import Final

import pytest

from tests.architecture import clause_register
from tests.architecture.clause_list import CLAUSES
from tests.architecture.clause_register import KINDS, RULE, Line, lines
from tests.architecture.sources import ROOT, name_of, python_files

CITED: Final = re.compile(r"(?<![\w-])(?:KR?|LAW|CIVIL)-\d+(?:\.\d+)*(?:\(\d\))?")
CYRILLIC: Final = re.compile("[а-яґєії]", re.IGNORECASE)
BY_RULE: Final = frozenset(clause_register.rules())
PROVED: Final = frozenset(clause_register.tests())
REGISTER: Final = {line.clause: line for line in lines()}


def test_every_clause_of_the_two_regulations_has_one_line() -> None:
    wanted = {clause for clause in CLAUSES if clause.startswith("K")}
    assert {clause for clause in REGISTER if clause.startswith("K")} == wanted
    assert len(REGISTER) == len(lines())


def test_the_register_names_no_clause_that_does_not_exist() -> None:
    assert set(REGISTER) - CLAUSES == set()


def test_every_rule_and_step_keeps_a_clause_of_the_register() -> None:
    assert BY_RULE - set(REGISTER) == set()


def test_what_the_register_says_a_rule_keeps_a_rule_or_step_keeps() -> None:
    assert {line.clause for line in lines() if line.kind == RULE} == BY_RULE


def test_every_rule_and_step_is_proved_by_a_test() -> None:
    assert set() == BY_RULE - PROVED


def test_every_clause_that_a_test_quotes_is_in_the_register() -> None:
    assert PROVED - set(REGISTER) == set()


def test_the_columns_of_rules_and_tests_are_as_the_code_is() -> None:
    held = clause_register.REGISTER.read_text(encoding="utf-8")
    anew = "python -m tests.architecture.clause_register"
    assert held == clause_register.written_anew(), f"write it anew: {anew}"


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.clause)
class TestEveryLine:
    """A line is one line in each language, and says how the clause is kept or why not."""

    def test_it_is_said_in_both_languages(self, line: Line) -> None:
        assert CYRILLIC.search(line.uk)
        assert line.en
        assert not CYRILLIC.search(line.en)

    def test_it_says_how_the_clause_is_kept(self, line: Line) -> None:
        assert line.kind in KINDS
        explained = ": " in line.kept
        assert explained is (line.kind not in {RULE, "heading"})


def test_every_clause_cited_in_the_program_exists() -> None:
    cited = {
        (name_of(path), clause)
        for path in python_files("app.py", "chalicelib", "infra", "tests")
        for clause in CITED.findall(path.read_text(encoding="utf-8"))
    }
    assert {place for place in cited if place[1] not in CLAUSES} == set()


def test_every_number_of_a_city_names_a_clause_that_exists() -> None:
    for path in (ROOT / "chalicelib/cities").glob("*/regulation.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        cited = set(CITED.findall(str(data)))
        assert cited, path
        assert cited - CLAUSES == set()
