"""Every page in every language, from the templates."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from website.builder.city import SiteCity
from website.builder.words import Catalogue, words_under


@dataclass(frozen=True, slots=True)
class Page:
    """A resident page: its folder in the address, template, script and own words for scripts."""

    name: str
    template: str
    script: str | None = None
    prefixes: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The address under the language: empty for the start page, else `name/`."""
        return "" if self.name == "start" else f"{self.name}/"


SHARED_WORDS = ("js.problem", "js.error", "js.loading")
DUE_WORDS = ("js.due", "js.left", "js.late")
COPY_WORDS = ("js.copied", "js.not_copied")
DESK_WORDS = (*DUE_WORDS, "js.options", "js.report.formerly", "js.report.urgency", "js.report.term")
"""What the console says in the words of the pages."""
PAGES = (
    Page("start", "resident/start.html"),
    Page(
        "report",
        "resident/report.html",
        "resident/report.js",
        ("js.options", "js.report", "js.around", "js.hints", *DUE_WORDS),
    ),
    Page("done", "resident/done.html", "resident/done.js", COPY_WORDS + DUE_WORDS),
    Page(
        "receipt",
        "resident/receipt.html",
        "resident/receipt.js",
        ("js.receipt", *COPY_WORDS),
    ),
    Page(
        "track",
        "resident/track.html",
        "resident/track.js",
        ("js.track", "js.deed", "js.report.photo", "js.report.waiting_photos", *DUE_WORDS),
    ),
    Page("plans", "resident/plans.html", "resident/plans.js", ("js.plans",)),
    Page("outside", "resident/outside.html", "resident/outside.js", ("js.outside",)),
    Page(
        "works",
        "resident/works.html",
        "resident/works.js",
        ("js.works", "js.options", "js.report.formerly", *DUE_WORDS),
    ),
    Page(
        "subscription",
        "resident/subscription.html",
        "resident/subscription.js",
        ("js.subscription",),
    ),
    Page("survey", "resident/survey.html", "resident/survey.js", ("js.survey", "js.track.empty")),
    Page("help", "resident/prose.html"),
    Page("privacy", "resident/prose.html"),
    Page("accessibility", "resident/prose.html"),
)


NEEDED_FEATURES = {
    "survey": "survey",
    "plans": "requests_by_coordinator",
    "works": "repair_works",
    "subscription": "repair_works",
}
"""Pages that only some Regulations speak of: the page and the feature that brings it."""


def pages_of(city: SiteCity) -> tuple[Page, ...]:
    """Return the pages of a city: without a survey in its Regulation there is no page for one."""
    return tuple(page for page in PAGES if NEEDED_FEATURES.get(page.name) in (None, *city.features))


@dataclass(frozen=True, slots=True)
class Parts:
    """All that a page is made of.

    Attributes:
        words: catalogue by language.
        addresses: addresses of bundles by source name, and `streets`.
        css: the residents' style, inlined into every page.
    """

    city: SiteCity
    words: Mapping[str, Catalogue]
    colours: Mapping[str, str]
    css: str
    addresses: Mapping[str, str]


def templates(folder: Path) -> Environment:
    """Return the templates, which refuse an unknown name."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def embedded(value: object) -> str:
    """Return JSON that may stand inside a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def page_facts(parts: Parts, language: str) -> dict[str, object]:
    """Return what every script of a language must know."""
    return {
        "language": language,
        "timezone": parts.city.timezone,
        "phone": parts.city.phone,
        "streets": parts.addresses["streets"],
    }


def render_pages(folder: Path, parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every resident page, the missing page and the icon."""
    environment = templates(folder)
    for language in parts.city.languages:
        for page in pages_of(parts.city):
            yield f"{language}/{page.path}index.html", render(environment, parts, page, language)
    shared = {
        "city": parts.city,
        "words": parts.words,
        "css": parts.css,
        "colours": parts.colours,
        "languages": parts.city.languages,
        "t": lambda key: key,
    }
    yield "404.html", environment.get_template("missing.html").render(shared)
    yield "icon.svg", environment.get_template("icon.svg").render(shared)


def render(environment: Environment, parts: Parts, page: Page, language: str) -> str:
    """Return one resident page."""
    words = parts.words[language]
    facts = page_facts(parts, language)
    facts["words"] = words_under(words, *SHARED_WORDS, *page.prefixes)
    return environment.get_template(page.template).render(
        t=lambda key: words[key],
        lang=language,
        name=page.name,
        path=page.path,
        languages=parts.city.languages,
        city=parts.city,
        colours=parts.colours,
        css=parts.css,
        script=parts.addresses[page.script] if page.script else "",
        banner=parts.addresses["resident/city_message.js"],
        page=embedded(facts) if page.script else "",
    )


def render_console(folder: Path, parts: Parts) -> str:
    """Return the one page of the staff console."""
    facts = page_facts(parts, "uk")
    facts["city"] = parts.city.name
    facts["features"] = parts.city.features
    facts["demonstration"] = parts.city.demonstration
    facts["dates"] = {
        language: words_under(words, *DESK_WORDS) for language, words in parts.words.items()
    }
    return (
        templates(folder)
        .get_template("console.html")
        .render(
            city=parts.city,
            words=parts.words,
            t=lambda key: parts.words["uk"][key],
            page=embedded(facts),
            script=parts.addresses["console/main.tsx"],
            stylesheet=parts.addresses["styles/console.css"],
        )
    )
