"""Signs that a program filled in a form. They mark and slow down, and never refuse a message.

The law on citizens' appeals knows no ground to refuse what only looks sent by a machine, and a
password manager fills in unseen fields of honest people: a person decides.
"""

from typing import Final

MACHINE: Final = "machine"
"""The flag of a card whose form was perhaps filled in by a program."""

LEAST_FILLING_MS: Final = 2000
"""Nobody types a text, an address and a contact sooner."""


def marks_of(trap: object, filled_ms: object) -> frozenset[str]:
    """Return the marks of a form by a field that people do not see, and by how long it took.

    Args:
        trap: whatever stands in the unseen field.
        filled_ms: milliseconds from the first letter to the sending, as the page says; what is
            no number says nothing.
    """
    told = isinstance(filled_ms, int | float) and not isinstance(filled_ms, bool)
    too_soon = told and 0 <= float(str(filled_ms)) < LEAST_FILLING_MS
    trapped = trap is not None and str(trap).strip() != ""
    return frozenset({MACHINE}) if trapped or too_soon else frozenset()
