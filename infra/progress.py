"""What a command tells the person who waits for it."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class Step:
    """A step under way; `detail` may be set to what there is to say at its end."""

    detail = ""


@contextmanager
def step(name: str) -> Iterator[Step]:
    """Print one line for the step, with the seconds that it took."""
    begun = time.monotonic()
    said = Step()
    overwrite = sys.stdout.isatty()
    print(f"  {name} …", end="" if overwrite else "\n", flush=True)
    try:
        yield said
    except BaseException:
        print(" failed", flush=True)
        raise
    detail = f" ({said.detail})" if said.detail else ""
    start = "\r" if overwrite else ""
    print(f"{start}  {name}{detail}: {time.monotonic() - begun:.1f} s", flush=True)


def give_up(reason: str) -> NoReturn:
    """Say why the command cannot go on and end it with exit code 1."""
    print(f"\n{reason}", file=sys.stderr, flush=True)
    raise SystemExit(1)
