"""Reading a city's files: every fault is kept with its line, and none stops the reading."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from chalicelib.cities.faults import Fault

Model = TypeVar("Model", bound=BaseModel)
Cells: TypeAlias = Mapping[str, str]
Held_co = TypeVar("Held_co", bound=BaseModel, covariant=True)

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
_KEY: Final = re.compile(r"\s*([\w-]+)\s*=")
_DECODE_LINE: Final = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Held_co]):
    """The sound rows of a CSV file.

    Attributes:
        rows: pairs of line and row.
        cells: all rows as they stand, sound or not, so that one bad row is one fault.
        keys: the first cells of all rows.
        readable: False where the file as a whole could not be read.
    """

    file: str
    rows: tuple[tuple[int, Held_co], ...] = ()
    cells: tuple[Cells, ...] = ()
    keys: frozenset[str] = frozenset()
    readable: bool = True

    def lacks(self, key: str) -> bool:
        """Tell whether the file was read and has no row of that key."""
        return self.readable and key not in self.keys

    def fault(self, line: int, field_name: str, message: str) -> Fault:
        """Return a fault of one row."""
        return Fault(self.file, line, field_name, message)


@dataclass(frozen=True, slots=True)
class Table(Generic[Held_co]):
    """A TOML file: its contents where sound, and its text, which knows the lines."""

    file: str
    text: str = ""
    value: Held_co | None = None

    def fault(self, path: tuple[str | int, ...], message: str) -> Fault:
        """Return a fault at a path such as `("number", 3, "unit")`."""
        return Fault(self.file, line_of(self.text, path), dotted(path), message)


@dataclass(slots=True)
class Reader:
    """Reads the files of one folder and gathers their faults."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)

    def sheet(self, file: str, row: type[Model], *, optional: bool = False) -> Sheet[Model]:
        """Read a CSV file with a header line; one row of `row` a line."""
        if optional and not (self.folder / file).exists():
            return Sheet(file)
        columns = list(row.model_fields)
        lines = self._lines(file, columns)
        if lines is None:
            return Sheet(file, readable=False)
        rows: list[tuple[int, Model]] = []
        for line, record in lines:
            try:
                rows.append((line, row.model_validate(record)))
            except ValidationError as error:
                self.faults += [
                    Fault(file, line, dotted(each["loc"]), _message(each["msg"]))
                    for each in error.errors(include_url=False)
                ]
        cells = tuple(record for _, record in lines)
        return Sheet(file, tuple(rows), cells, frozenset(each[columns[0]] for each in cells))

    def table(self, file: str, model: type[Model]) -> Table[Model]:
        """Read a TOML file as `model`."""
        text = self._text(file)
        if text is None:
            return Table(file)
        try:
            return Table(file, text, model.model_validate(tomllib.loads(text)))
        except tomllib.TOMLDecodeError as error:
            found = _DECODE_LINE.search(str(error))
            self.faults.append(Fault(file, int(found[1]) if found else 0, "", str(error)))
        except ValidationError as error:
            broken: Table[Model] = Table(file, text)
            self.faults += [
                broken.fault(each["loc"], _message(each["msg"]))
                for each in error.errors(include_url=False)
            ]
        return Table(file, text)

    def _text(self, file: str) -> str | None:
        try:
            return (self.folder / file).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.faults.append(Fault(file, 0, "", "the file is missing"))
        except UnicodeDecodeError:
            self.faults.append(Fault(file, 0, "", "the file is not UTF-8"))
        return None

    def _lines(self, file: str, columns: list[str]) -> list[tuple[int, Cells]] | None:
        """Return the rows with their lines, or None where the file cannot be read as a table."""
        text = self._text(file)
        if text is None:
            return None
        reader = csv.reader(io.StringIO(text))
        try:
            header, *rows = [(reader.line_num, cells) for cells in reader] or [(1, [])]
        except csv.Error as error:
            self.faults.append(Fault(file, reader.line_num, "", str(error)))
            return None
        if sorted(header[1]) != sorted(columns):
            self.faults += _header_faults(file, header[1], columns)
            return None
        return list(self._records(file, header[1], rows))

    def _records(
        self, file: str, header: list[str], rows: list[tuple[int, list[str]]]
    ) -> Iterator[tuple[int, Cells]]:
        for line, cells in rows:
            if len(cells) == len(header):
                yield line, dict(zip(header, cells, strict=True))
            elif cells:
                message = f"{len(cells)} cells under {len(header)} columns"
                self.faults.append(Fault(file, line, "", message))


def dotted(path: tuple[str | int, ...]) -> str:
    """Write a path as people count: `("number", 3, "unit")` is `number[4].unit`."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """Return the line of TOML text on which a path, or the nearest table above it, stands."""
    lines = _lines_by_path(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _lines_by_path(text: str) -> Mapping[tuple[str | int, ...], int]:
    lines: dict[tuple[str | int, ...], int] = {}
    seen: dict[str, int] = {}
    prefix: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            name = header[2]
            prefix = tuple(name.split("."))
            if header[1] == "[[":
                prefix = (*prefix, seen.setdefault(name, 0))
                seen[name] += 1
            lines[prefix] = number
        elif key := _KEY.match(line):
            lines.setdefault((*prefix, key[1]), number)
    return lines


def _header_faults(file: str, header: list[str], columns: list[str]) -> Iterator[Fault]:
    for name in columns:
        if name not in header:
            yield Fault(file, 1, name, "the column is missing")
    for name in sorted(set(header)):
        if name not in columns:
            yield Fault(file, 1, name, "the column is unknown")
        elif header.count(name) > 1:
            yield Fault(file, 1, name, "the column stands twice")


def _message(text: str) -> str:
    return text.removeprefix("Value error, ")
