"""The files in `notices/`, read by Jinja2: blocks of plain text, and the layouts of a letter."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, Undefined, select_autoescape

from chalicelib.words.say import in_form, say

FOLDER: Final = Path(__file__).parent / "notices"
SUFFIX: Final = ".jinja"
MISSING: Final = "—"
"""What stands in a sentence for a fact that is not there."""


class _Dash(Undefined):
    """A fact that an older record does not have: false in a condition, a dash in a sentence."""

    def __str__(self) -> str:
        return MISSING


def block(
    template: str, language: str, facts: Mapping[str, object], name: str, *, default: str = ""
) -> str:
    """Return a block of a template: `<language>_<name>`, or `<name>` where it needs no language.

    Raises LookupError (Jinja2's TemplateNotFound) for an unknown template.
    """
    compiled = _environment(language).get_template(f"{template}{SUFFIX}")
    render = compiled.blocks.get(f"{language}_{name}") or compiled.blocks.get(name)
    if render is None:
        return default
    return "".join(render(compiled.new_context(dict(facts)))).strip()


def laid_out(layout: str, language: str, frame: Mapping[str, object]) -> str:
    """Return a layout with a letter in it; what stands in an HTML layout is escaped."""
    return _environment(language).get_template(layout).render(frame)


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"], default=False),
        undefined=_Dash,
        auto_reload=False,
    )
    for form in ("until", "brief", "day", "moment"):
        made.filters[form] = partial(_in_form, language, form)
    made.filters["named"] = partial(_named, language)
    made.globals["say"] = partial(say, language)
    return made


def _in_form(language: str, form: str, value: Any) -> str:
    return in_form(language, value, form)


def _named(language: str, value: Any, group: str) -> str:
    return in_form(language, value, group)
