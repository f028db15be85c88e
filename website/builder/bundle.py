"""Scripts and styles through esbuild, pinned in `package-lock.json`."""

import fcntl
import hashlib
import json
import subprocess
from pathlib import Path

from website.builder.faults import BuildError

RESIDENT_PAGES = (
    *("report", "done", "receipt", "track", "survey", "plans", "outside", "works"),
    *("subscription", "city_message"),
)
SCRIPTS = tuple(f"resident/{page}.js" for page in RESIDENT_PAGES)
CONSOLE = "console/main.tsx"


def install_packages(website: Path) -> None:
    """Run `npm ci` when the installed packages are not those of the lock. Raises BuildError."""
    stamp = website / "node_modules" / ".lock-hash"
    with (website / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Two cities may be built at once.
        wanted = hashlib.sha256(lock.read()).hexdigest()
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        run(["npm", "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"], website)
        stamp.write_text(wanted)


def run(command: list[str], folder: Path) -> None:
    """Run a program. Raises BuildError with what it said."""
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    except FileNotFoundError as fault:
        raise BuildError(f"{command[0]} is not installed: Node 20 or newer is needed") from fault
    except subprocess.CalledProcessError as fault:
        raise BuildError(f"{' '.join(command)}\n{fault.stdout}{fault.stderr}") from fault


def bundle(website: Path, out: Path) -> dict[str, str]:
    """Bundle every script and the console's style; return their addresses by source name.

    Raises:
        BuildError: what esbuild refused.
    """
    pages = [f"src/{name}" for name in SCRIPTS]
    return {
        **_bundled(website, out, *pages, "styles/console.css"),
        **_bundled(website, out, f"src/{CONSOLE}", "--splitting"),
    }


def _bundled(website: Path, out: Path, *sources: str) -> dict[str, str]:
    """Run esbuild over sources and options; return what it made of each source."""
    facts = out / "bundle.json"
    run(
        [
            str(website / "node_modules/.bin/esbuild"),
            *sources,
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022,chrome100,firefox100,safari15.4",
            "--jsx=automatic",
            "--jsx-import-source=preact",
            "--entry-names=[name].[hash]",
            "--chunk-names=[name].[hash]",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
            f"--outdir={out / 'assets'}",
            f"--metafile={facts}",
        ],
        website,
    )
    outputs = json.loads(facts.read_text())["outputs"]
    facts.unlink()
    return {
        made["entryPoint"].removeprefix("src/"): f"/assets/{Path(path).name}"
        for path, made in outputs.items()
        if made.get("entryPoint")
    }


def minify_css(website: Path, names: tuple[str, ...]) -> str:
    """Return the styles joined and minified, without a line end. Raises BuildError."""
    css = "".join((website / "styles" / name).read_text(encoding="utf-8") for name in names)
    try:
        done = subprocess.run(
            [
                str(website / "node_modules/.bin/esbuild"),
                "--loader=css",
                "--minify",
                "--target=chrome105,firefox105,safari15.4",
                "--log-level=warning",
            ],
            input=css,
            check=True,
            capture_output=True,
            text=True,
        )
    except subprocess.CalledProcessError as fault:
        raise BuildError(f"styles: {fault.stderr}") from fault
    return done.stdout.strip()
