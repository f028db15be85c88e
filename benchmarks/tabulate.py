"""Rows as aligned text: words to the left, numbers to the right."""

from collections.abc import Sequence

Cell = str | float


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a titled table; a title alone says that there is nothing to show."""
    if not rows:
        return f"{title}: nothing to show\n"
    texts = [list(header), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(len(text[column]) for text in texts) for column in range(len(header))]
    ruler = ["-" * width for width in widths]
    lines = [_line(text, widths) for text in (texts[0], ruler, *texts[1:])]
    return "\n".join([title, *lines, ""])


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return f"{cell:,.0f}" if cell >= 1000 else f"{cell:.4g}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return "  " + "  ".join([first, *rest]).rstrip()
