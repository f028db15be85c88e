"""A city's folder copied to be broken, cell by cell and line by line."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from chalicelib.cities.catalogue import read_city
from chalicelib.cities.faults import CityDataFault, Fault
from chalicelib.cities.files import CITIES_FOLDER

Edit = Callable[[Path], None]

K = "khmelnytskyi"
KR = "kryvyi-rih"


def copy_of(city_id: str, where: Path) -> Path:
    """Copy a city's data and return the folder of the copy."""
    return Path(shutil.copytree(CITIES_FOLDER / city_id, where / city_id))


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """Return the faults of a folder; none where it can be read."""
    try:
        read_city(folder)
    except CityDataFault as refusal:
        return refusal.faults
    return ()


def cell(file: str, key: str, column: str, value: str) -> Edit:
    """Write a cell of the row whose first cell is `key`."""

    def edit(folder: Path) -> None:
        header, *rows = _read(folder / file)
        for row in rows:
            if row[0] == key:
                row[header.index(column)] = value
        _write(folder / file, [header, *rows])

    return edit


def without_row(file: str, key: str) -> Edit:
    """Strike the row whose first cell is `key`."""

    def edit(folder: Path) -> None:
        rows = _read(folder / file)
        _write(folder / file, [row for row in rows if row[0] != key])

    return edit


def row_twice(file: str, key: str) -> Edit:
    """Write the row whose first cell is `key` once more at the end."""

    def edit(folder: Path) -> None:
        rows = _read(folder / file)
        _write(folder / file, [*rows, *(row for row in rows if row[0] == key)])

    return edit


def text(file: str, old: str, new: str) -> Edit:
    """Replace the first place of a text that stands in the file."""

    def edit(folder: Path) -> None:
        whole = (folder / file).read_text(encoding="utf-8")
        assert old in whole, f"{old!r} does not stand in {file}"
        (folder / file).write_text(whole.replace(old, new, 1), encoding="utf-8")

    return edit


def appended(file: str, lines: str) -> Edit:
    """Write lines at the end of the file."""

    def edit(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as target:
            target.write(lines)

    return edit


def without_file(file: str) -> Edit:
    """Strike a whole file."""
    return lambda folder: (folder / file).unlink()


def not_utf8(file: str) -> Edit:
    """Write the file anew in an encoding of the past."""

    def edit(folder: Path) -> None:
        whole = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_bytes(whole.encode("cp1251", "replace"))

    return edit


def number(name: str, since: str, *, unit: str = "day", clause: str = "K-6.1", **more: str) -> str:
    """Write a dated number as it stands in `regulation.toml`; `more` are bare values."""
    rows = {"name": f'"{name}"', "value": "6", "unit": f'"{unit}"', "clause": f'"{clause}"'}
    rows |= {"since": since, "source": '"city"', "note": '"рядок"', **more}
    return "\n[[number]]\n" + "".join(f"{key} = {value}\n" for key, value in rows.items())


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)
