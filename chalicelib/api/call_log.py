"""One structured line per call, and one per defect. No personal data: no bodies, no messages."""

import json
import sys
import traceback


def write(**facts: object) -> None:
    """Write one line of JSON to the function's log."""
    sys.stdout.write(json.dumps(facts, ensure_ascii=False, default=str) + "\n")


def write_defect(error: BaseException, *, instance: str) -> None:
    """Write where a defect happened, found by `instance`.

    The message of the exception is left out: it may quote what a person has sent.
    """
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    write(
        level="error",
        instance=instance,
        error=type(error).__name__,
        cause=type(error.__cause__).__name__ if error.__cause__ else None,
        at=[f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames],
    )
