"""Make `.venv`: `python3 infra/environment.py run|dev`. Any Python 3 can say what is missing.

A stamp names the requirements that were installed, so that the next time costs nothing; `dev`
holds all of `run`.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
LOCK = ROOT / ".local" / "environment.lock"
OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11")


def main() -> None:
    """Install the wanted set unless it is there already."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    _require_python()
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        installed = STAMP.read_text().split() if STAMP.exists() else []
        if _digest(wanted) not in installed:
            _install(wanted)


def _require_python() -> None:
    if sys.version_info >= OLDEST:
        return
    newer = next((path for path in map(shutil.which, NEWER) if path), None)
    if newer:
        os.execv(newer, [newer, *sys.argv])
    raise SystemExit(
        f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}. "
        "Install it and try again."
    )


def _digest(wanted: str) -> str:
    names = ["requirements.txt", "requirements-run.txt", "requirements-dev.txt"]
    kept = names[: 2 if wanted == "run" else 3]
    content = b"".join((ROOT / name).read_bytes() for name in kept)
    return wanted + hashlib.sha256(content + sys.version.encode()).hexdigest()[:16]


def _install(wanted: str) -> None:
    begun = time.monotonic()
    print("  Python packages …", flush=True)
    python = VENV / "bin" / "python"
    if not _is_of_this_python(python):
        _run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            "The virtual environment could not be made. On Debian: apt-get install python3-venv",
        )
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run(
        [*pip, "--prefer-binary", "-r", str(ROOT / f"requirements-{wanted}.txt")],
        "The packages could not be installed.",
    )
    done = ["run", "dev"] if wanted == "dev" else ["run"]
    STAMP.write_text("\n".join(map(_digest, done)) + "\n")
    print(f"  Python packages: {time.monotonic() - begun:.1f} s", flush=True)


def _is_of_this_python(python: Path) -> bool:
    """Whether the environment's Python is the one that runs this, so that it can be added to."""
    if not python.exists():
        return False
    asked = [str(python), "-c", "import sys; print(sys.version)"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    return said.stdout.strip() == sys.version.strip()


def _run(command: "list[str]", advice: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"\n{(done.stdout + done.stderr).strip()}\n{advice}")


if __name__ == "__main__":
    main()
