"""Hold a built site to its weight: `python website/budget.py website/build`; status 1 when over.

What is counted is what travels: texts as gzip -9 makes them. A resident often has a slow phone
in a yard with no light and one bar of signal, and gets the whole form in the first 15 KB.
"""

import gzip
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KB = 1024
REPORT_FIRST_LOAD_BYTES = 25 * KB
REPORT_REQUESTS = 6
RESIDENT_SCRIPT_BYTES = 12 * KB
RESIDENT_STYLE_BYTES = 6 * KB
CONSOLE_BYTES = 60 * KB
STREETS_BYTES = 60 * KB

LOADED = re.compile(r'<(?:script|link)[^>]*(?:src|href)="(/[^"]+\.(?:js|css|svg))"')
IMPORTED = re.compile(r"""\bfrom ?["']\./([^"']+\.js)["']|\bimport ?["']\./([^"']+\.js)["']""")
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Weight:
    """Something measured and the most it may be."""

    name: str
    value: int
    most: int

    @property
    def over(self) -> bool:
        """Whether it is too heavy."""
        return self.value > self.most


def packed(data: bytes) -> int:
    """Return how many bytes travel."""
    return len(gzip.compress(data, 9))


def page_parts(site: Path, page: Path) -> list[Path]:
    """Return the page and everything it loads before anybody touches it."""
    addresses = LOADED.findall(page.read_text(encoding="utf-8"))
    loaded = [site / address.lstrip("/") for address in addresses]
    return [page, *dict.fromkeys(part for each in loaded for part in (each, *imports(each)))]


def imports(script: Path) -> Iterator[Path]:
    """Yield the scripts that a script loads at once; not those it may load later."""
    if script.suffix == ".js":
        for found in IMPORTED.findall(script.read_text(encoding="utf-8")):
            part = script.parent / "".join(found)
            yield part
            yield from imports(part)


def weigh(site: Path) -> Iterator[Weight]:
    """Yield every weight of a built site that has a budget."""
    for page in sorted(site.glob("*/report/index.html")):
        language = page.parent.parent.name
        parts = page_parts(site, page)
        bytes_sent = sum(packed(part.read_bytes()) for part in parts)
        yield Weight(f"{language}/report/, first load", bytes_sent, REPORT_FIRST_LOAD_BYTES)
        yield Weight(f"{language}/report/, requests", len(parts), REPORT_REQUESTS)
    for page in sorted(site.glob("uk/**/index.html")):
        name = page.parent.relative_to(site)
        scripts = [part for part in page_parts(site, page) if part.suffix == ".js"]
        yield Weight(f"{name}, script", total(scripts), RESIDENT_SCRIPT_BYTES)
    style = STYLE.search((site / "uk/index.html").read_text(encoding="utf-8"))
    yield Weight(
        "residents' style", packed((style[1] if style else "").encode()), RESIDENT_STYLE_BYTES
    )
    yield Weight("console, first load", total(console_parts(site)), CONSOLE_BYTES)
    yield Weight("streets", total(list(site.glob("assets/streets.*.json"))), STREETS_BYTES)


def console_parts(site: Path) -> list[Path]:
    """Return what the console loads for its first page: the words of one language, the heavier."""
    words = sorted(site.glob("assets/words_*.js"), key=lambda file: packed(file.read_bytes()))
    return [*page_parts(site, site / "console/index.html"), words[-1]]


def total(files: list[Path]) -> int:
    """Return how many bytes of the files travel."""
    return sum(packed(file.read_bytes()) for file in files)


def main(arguments: list[str]) -> int:
    """Print the table of weights; return 1 when something is too heavy."""
    weights = list(weigh(Path(arguments[0])))
    for weight in weights:
        mark = "OVER" if weight.over else "ok"
        print(f"{weight.name:34} {weight.value:>8} of {weight.most:>8}  {mark}")
    return int(any(weight.over for weight in weights))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
