"""The site as it is built: its weight, its words, its colours, its scripts' types."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from website.budget import weigh
from website.builder.bundle import install_packages
from website.builder.city import read_city
from website.builder.faults import BuildError
from website.builder.pages import embedded
from website.builder.site import CITIES, WEBSITE, build
from website.builder.theme import colours_of, contrast
from website.builder.words import (
    LANGUAGES,
    Catalogue,
    different_keys,
    different_placeholders,
    read_catalogue,
)

pytestmark = pytest.mark.e2e

CITY_IDS = sorted(path.parent.name for path in CITIES.glob("*/city.toml"))
CATALOGUES = ("", ".console")
SOURCES = ("src/**/*.js", "src/**/*.ts", "src/**/*.tsx", "templates/**/*.html")
FIELDS = {"subscription.street"}
"""Names of fields that look like names of words."""
FILES = {"base.html", "macros.html", "missing.html"}
LITERAL = re.compile(r"""["'`]([a-z_]+(?:\.[\w:-]+)+)["'`]""")
PREFIX = re.compile(r"""["'`]([a-z_]+(?:\.[\w-]+)*\.)(?:\$\{|["'] ~)""")


@pytest.fixture(scope="module", params=CITY_IDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of each city."""
    out = tmp_path_factory.mktemp("site") / "build"
    build(request.param, out)
    return out


def test_the_site_keeps_to_its_budget(site: Path) -> None:
    assert [weight for weight in weigh(site) if weight.over] == []


def test_every_page_has_its_translation_and_its_city_only(site: Path) -> None:
    pages = {path.relative_to(site / "uk") for path in (site / "uk").rglob("*.html")}
    assert pages == {path.relative_to(site / "en") for path in (site / "en").rglob("*.html")}
    facts = json.loads((site / "csp.json").read_text())
    assert len(facts["style_hashes"]) == 1
    assert facts["script_hashes"] == []


def test_nothing_runs_or_is_styled_inline_but_the_one_style(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"<[^>]+\s(?:style|on\w+)=", text) == []
        assert re.findall(r"<script(?![^>]*(?:src=|application/json))", text) == []


def test_a_second_build_replaces_the_first_whole(tmp_path: Path) -> None:
    out = tmp_path / "build"
    out.mkdir()
    (out / "stale.html").write_text("old")
    assert build(CITY_IDS[0], out) > 0
    assert not (out / "stale.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_an_unknown_city_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="atlantis"):
        read_city(tmp_path / "atlantis")


@pytest.mark.parametrize("city", CITY_IDS)
def test_city_colours_can_be_read(city: str) -> None:
    colours = colours_of(read_city(CITIES / city).theme)
    assert contrast(colours["text"], colours["background"]) > 7


def test_pale_unknown_and_malformed_colours_are_refused() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for theme in ({"accent": "#9fd3c7"}, {"brand": "#000000"}, {"accent": "green"}):
        with pytest.raises(BuildError, match="theme"):
            colours_of(theme)


def test_words_that_one_language_lacks_are_named() -> None:
    found: dict[str, Catalogue] = {"uk": {"a": "{n} b", "c": ""}, "en": {"a": "b"}}
    assert different_keys(found) == ["en: no word for 'c'"]
    assert different_placeholders(found) == ["'a': placeholders differ between languages"]


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_word_is_used_and_every_used_word_is_there(name: str) -> None:
    texts = [path.read_text() for pattern in SOURCES for path in WEBSITE.glob(pattern)]
    python = (WEBSITE / "builder/pages.py").read_text()
    source = "\n".join([*texts, python])
    literals, prefixes = set(LITERAL.findall(source)), set(PREFIX.findall(source))
    indirect = {"js.late.", "js.left.", "start.step_", "report.next_"}
    title = {f"{page.stem}.title" for page in WEBSITE.glob("templates/resident/*.html")}
    title |= {f"{path.name.split('.')[0]}.title" for path in WEBSITE.glob("templates/prose/*")}
    title |= {key.replace(".title", ".description") for key in title}
    keys = set(read_catalogue(WEBSITE / "locales" / f"{LANGUAGES[0]}{name}.json"))
    reached = tuple(prefixes | indirect)
    unused = {key for key in keys - literals - title if not key.startswith(reached)}
    assert unused == set()
    sections = {key.split(".")[0] for key in keys}
    used = {
        word for word in literals if word.split(".")[0] in sections and word not in FILES | FIELDS
    }
    # Pages and console speak of the same nouns, each in a catalogue of its own.
    known = set().union(*(read_catalogue(path) for path in WEBSITE.glob("locales/uk*.json")))
    missing = {word for word in used - known if not any(key.startswith(word) for key in known)}
    assert missing == set()


def test_embedded_facts_cannot_end_their_element() -> None:
    text = embedded({"a": "</script><b>"})
    assert "<" not in text
    assert json.loads(text) == {"a": "</script><b>"}


def test_the_lock_names_no_registry() -> None:
    lock = (WEBSITE / "package-lock.json").read_text()
    assert '"resolved"' not in lock


@pytest.mark.parametrize("script", ["check", "test"])
def test_types_and_units_of_the_scripts(script: str) -> None:
    install_packages(WEBSITE)
    done = subprocess.run(
        ["npm", "run", "--silent", script], cwd=WEBSITE, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
