"""The whole site of a city, made beside the old one and put in its place at once."""

import argparse
import base64
import hashlib
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from website.builder import bundle as bundles
from website.builder.city import SiteCity, read_city
from website.builder.faults import BuildError
from website.builder.pages import Parts, embedded, render_console, render_pages
from website.builder.streets import read_streets
from website.builder.theme import colours_of, theme_css
from website.builder.words import read_catalogues

WEBSITE = Path(__file__).resolve().parent.parent
CITIES = WEBSITE.parent / "chalicelib" / "cities"
RESIDENT_STYLES = ("base.css", "resident.css")


def write_hashed(out: Path, name: str, suffix: str, text: str) -> str:
    """Write an asset under a name with the hash of its text; return its address."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    path = out / "assets" / f"{name}.{digest}.{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return f"/assets/{path.name}"


def csp_hash(text: str) -> str:
    """Return the hash by which a Content-Security-Policy allows an inline element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def make_parts(city: SiteCity, out: Path) -> Parts:
    """Make the assets of a city and gather what pages need. Raises BuildError."""
    read_catalogues(WEBSITE / "locales", ".console")
    addresses = bundles.bundle(WEBSITE, out)
    theme = theme_css(city.theme)
    console_css = out / addresses["styles/console.css"].lstrip("/")
    addresses["styles/console.css"] = write_hashed(
        out, "console", "css", theme + console_css.read_text(encoding="utf-8")
    )
    console_css.unlink()
    addresses["streets"] = write_hashed(
        out, "streets", "json", embedded(read_streets(CITIES / city.id / "streets.csv"))
    )
    return Parts(
        city=city,
        words=read_catalogues(WEBSITE / "locales", ""),
        colours=colours_of(city.theme),
        css=theme + bundles.minify_css(WEBSITE, RESIDENT_STYLES),
        addresses=addresses,
    )


def write_site(city: SiteCity, out: Path) -> int:
    """Write the site of a city into a folder; return the number of pages. Raises BuildError."""
    parts = make_parts(city, out)
    texts = dict(render_pages(WEBSITE / "templates", parts))
    texts["console/index.html"] = render_console(WEBSITE / "templates", parts)
    texts["csp.json"] = json.dumps({"style_hashes": [csp_hash(parts.css)], "script_hashes": []})
    for path, text in texts.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return sum(path.endswith(".html") for path in texts)


def put_in_place(made: Path, out: Path) -> None:
    """Replace the old site by the new one; a reader sees one or the other."""
    old = made.with_name(made.name + ".old")
    if out.exists():
        out.rename(old)
    made.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def build(city_id: str, out: Path) -> int:
    """Build the site of a city into `out`; return the number of pages. Raises BuildError."""
    city = read_city(CITIES / city_id)
    bundles.install_packages(WEBSITE)
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    made.chmod(0o755)
    try:
        pages = write_site(city, made)
        put_in_place(made, out)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return pages


def main(arguments: list[str]) -> int:
    """Build by command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="website/build.py", description=__doc__)
    parser.add_argument("--city", required=True, help="folder of chalicelib/cities")
    parser.add_argument("--out", type=Path, default=WEBSITE / "build", help="where the site goes")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        pages = build(options.city, options.out.resolve())
    except BuildError as fault:
        print(f"website: {fault}", file=sys.stderr)
        return 1
    print(f"website: {pages} pages of {options.city} in {time.monotonic() - started:.1f} s")
    return 0
