"""Write every notice as a page, so that a person can look: `python -m infra.letters --city …`."""

import argparse
from html import escape
from pathlib import Path

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.city import City
from chalicelib.usecases.sending_ports import Worded
from chalicelib.words.letters import Letters
from chalicelib.words.say import LANGUAGES
from chalicelib.words.short_text import parts
from chalicelib.words.templates import FOLDER, SUFFIX
from infra.artefacts import LOCAL
from infra.letter_examples import example_facts, variants

NOT_A_MESSAGE = "result"
"""The one file among the templates that others include."""

MERGED = (("survey_opened", "commented", "in_work"), ("staff_sent", "staff_message"))
"""Several messages in one letter, to look at as well."""


def templates() -> list[str]:
    """Return the names of all messages."""
    found = sorted(path.stem for path in FOLDER.glob(f"*{SUFFIX}"))
    return [name for name in found if name != NOT_A_MESSAGE]


def examples(city: City) -> dict[str, Worded]:
    """Return every message in every language and variant, by the name of its page."""
    letters, made = Letters(city), {}
    for language in LANGUAGES:
        for name in templates():
            for at, variant in enumerate(variants(name)):
                facts = {**example_facts(name, city, language), **variant}
                page = f"{name}.{language}" if at == 0 else f"{name}-{at + 1}.{language}"
                made[page] = letters.words([name], language, facts)
        for names in MERGED:
            facts = example_facts(names[0], city, language)
            own = [{"text": example_facts(name, city, language)["text"]} for name in names]
            worded = letters.words(names, language, {**facts, "each": own})
            made[f"{'+'.join(names)}.{language}"] = worded
    return made


def write(city: City, folder: Path) -> int:
    """Write the pages and a list of them; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    made = examples(city)
    for page, worded in made.items():
        (folder / f"{page}.html").write_text(worded.html, encoding="utf-8")
        (folder / f"{page}.txt").write_text(worded.text, encoding="utf-8")
    rows = "".join(_row(page, worded) for page, worded in made.items())
    head = '<!doctype html><meta charset="utf-8"><title>Letters</title>'
    (folder / "index.html").write_text(f"{head}<table>{rows}</table>", encoding="utf-8")
    return len(made)


def _row(page: str, worded: Worded) -> str:
    letter = f'<a href="{page}.html">{page}</a> <a href="{page}.txt">txt</a>'
    cells = (letter, escape(worded.subject), escape(worded.short), str(parts(worded.short)))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def main() -> None:
    """Write the letters of one city."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--city", default="khmelnytskyi")
    parser.add_argument("--out", type=Path, default=LOCAL / "letters")
    given = parser.parse_args()
    count = write(load_city(given.city), given.out)
    print(f"  {count} letters: {given.out / 'index.html'}")


if __name__ == "__main__":
    main()
