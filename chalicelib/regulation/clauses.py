"""Which rule keeps which clause."""

from collections.abc import Callable
from typing import TypeVar

Rule = TypeVar("Rule", bound=Callable[..., object])

RULES_BY_CLAUSE: dict[str, list[str]] = {}
"""Names of rules by the clause they keep, filled as rules are defined."""


def clause(*numbers: str) -> Callable[[Rule], Rule]:
    """Mark a function as the rule that keeps these clauses of K, KR or the law."""

    def mark(rule: Rule) -> Rule:
        for number in numbers:
            RULES_BY_CLAUSE.setdefault(number, []).append(f"{rule.__module__}.{rule.__qualname__}")
        return rule

    return mark
