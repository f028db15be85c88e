"""The words of the pages in both languages, held to the same keys."""

import json
import re
from pathlib import Path
from typing import TypeAlias, cast

from website.builder.faults import BuildError

LANGUAGES = ("uk", "en")

Text: TypeAlias = str | dict[str, str]
"""A text, or its plural forms by the names of Unicode: one, few, many, other."""
Catalogue: TypeAlias = dict[str, Text]


def read_catalogue(path: Path) -> Catalogue:
    """Read one catalogue: a flat object of texts. Raises BuildError."""
    try:
        catalogue = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise BuildError(f"{path.name}: {fault}") from fault
    return cast(Catalogue, catalogue)


def read_catalogues(folder: Path, name: str) -> dict[str, Catalogue]:
    """Read a catalogue in every language.

    Args:
        name: the ending of the file names: `""` for `uk.json`, `".console"` for `uk.console.json`.

    Raises:
        BuildError: a key or a `{placeholder}` is in one language only.
    """
    found = {language: read_catalogue(folder / f"{language}{name}.json") for language in LANGUAGES}
    faults = [*different_keys(found), *different_placeholders(found)]
    if faults:
        raise BuildError("\n".join(faults))
    return found


def different_keys(found: dict[str, Catalogue]) -> list[str]:
    """Say which keys a language lacks."""
    every = {key for catalogue in found.values() for key in catalogue}
    return [
        f"{language}: no word for {key!r}"
        for language, catalogue in found.items()
        for key in sorted(every - set(catalogue))
    ]


def different_placeholders(found: dict[str, Catalogue]) -> list[str]:
    """Say which texts have other placeholders than their translation."""
    shared = set.intersection(*(set(catalogue) for catalogue in found.values()))
    return [
        f"{key!r}: placeholders differ between languages"
        for key in sorted(shared)
        if len({placeholders(catalogue[key]) for catalogue in found.values()}) > 1
    ]


def placeholders(text: Text) -> frozenset[str]:
    """Return the names in braces of a text or of any of its plural forms."""
    forms = [text] if isinstance(text, str) else list(text.values())
    return frozenset(name for form in forms for name in re.findall(r"{(\w+)}", form))


def words_under(catalogue: Catalogue, *prefixes: str) -> Catalogue:
    """Return the words whose keys start with any of the prefixes."""
    return {key: text for key, text in catalogue.items() if key.startswith(prefixes)}
