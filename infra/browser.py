"""Find Chromium for the browser tests, or install it where that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

from infra.progress import give_up, step

NAMES = (
    "chromium-headless-shell",  # First: a page without a window costs a third of the processor.
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
_INSTALL = "apt-get install --yes --no-install-recommends fonts-dejavu-core"
COMMAND = f"apt-get update && ({_INSTALL} chromium-headless-shell || {_INSTALL} chromium)"


def found() -> str:
    """The path of the browser, empty when there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), "")


def ensure() -> str:
    """The path of the browser, installed first on Debian as root; else end and say how."""
    if path := found():
        return path
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        give_up(f"The browser tests need Chromium. On Debian:\n  sudo sh -c '{COMMAND}'")
    with step("Chromium installed"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            ["/bin/sh", "-c", COMMAND], env=quiet, check=False, capture_output=True, text=True
        )
    if not (path := found()):
        give_up(f"Chromium could not be installed:\n{done.stderr.strip()}\n  {COMMAND}")
    return path


if __name__ == "__main__":
    ensure()
