"""Package the application: `python -m infra.build` makes the template, the code and the layer.

Chalice is never let to run pip: it would compile what has no wheel for the Lambda runtime and ship
the result of this machine. It packages a staged copy whose requirements are empty; the real ones
come from `lambda.lock`, with hashes and as ready wheels only, and become the layer.
"""

import argparse
import compileall
import json
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory

import yaml

from infra.artefacts import (
    BUILD,
    ROOT,
    Package,
    digest_of,
    exclusive,
    files_under,
    prune,
    zip_folder,
)
from infra.progress import give_up, step

LOCK = ROOT / "infra" / "lambda.lock"
TEMPLATE = ROOT / "infra" / "template.yaml"
CHALICE = [sys.executable, "-c", "from chalice.cli import main; raise SystemExit(main())"]
CHALICE_STAGE = "city"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
# The C library of the runtimes: Amazon Linux 2 up to Python 3.11, Amazon Linux 2023 above.
GLIBC_MINOR = 26 if sys.version_info < (3, 12) else 34


def lambda_platforms() -> list[str]:
    """The wheel tags that the Lambda runtime of this Python can load, the best first."""
    modern = [f"manylinux_2_{minor}_x86_64" for minor in range(GLIBC_MINOR, 16, -1)]
    return [*modern, "manylinux2014_x86_64"]


def is_like_lambda() -> bool:
    """Whether this machine can run the Lambda's own wheels."""
    return platform.system() == "Linux" and platform.machine() == "x86_64"


def dependencies(for_lambda: bool) -> Path:
    """The folder of locked packages with bytecode; made once per lock and Python.

    With `for_lambda` false a machine of another kind gets its own wheels of the same versions.
    """
    target = "lambda" if for_lambda or is_like_lambda() else platform.machine()
    folder = BUILD / f"packages-{digest_of([LOCK], PYTHON, target)}"
    with exclusive("packages"):
        if not folder.exists():
            _install(folder, lambda_platforms() if target == "lambda" else [])
    return folder


def _install(folder: Path, platforms: list[str]) -> None:
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    wheels = ["--only-binary=:all:", "--require-hashes", "--disable-pip-version-check"]
    host = [f"--platform={tag}" for tag in platforms]
    if platforms:
        host += ["--implementation=cp", f"--python-version={PYTHON}"]
    done = subprocess.run(
        [*pip, *wheels, *host, "--target", str(unfinished), "-r", str(LOCK)],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        give_up(f"The functions' packages could not be installed:\n{done.stderr.strip()}")
    shutil.rmtree(unfinished / "bin", ignore_errors=True)
    _compile(unfinished)
    unfinished.rename(folder)


def _compile(folder: Path) -> None:
    # Zips keep no times: only bytecode that is never checked against its source stays valid.
    compileall.compile_dir(
        folder,
        quiet=2,
        workers=0,
        stripdir=str(folder),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def layer_zip() -> Path:
    """The layer of dependencies as a zip for AWS; made once per lock and Python."""
    folder = dependencies(for_lambda=True)
    target = folder.with_suffix(".zip")
    if not target.exists():
        zip_folder(folder, target, prefix="python/")
    return target


def code(root: Path = ROOT) -> Package:
    """The packaged code and the merged template; made once per state of the sources."""
    sources = [root / "app.py", *files_under(root / "chalicelib")]
    settings = [*(root / ".chalice").glob("*.json"), TEMPLATE, Path(__file__)]
    digest = digest_of([*sources, *settings], PYTHON, version("chalice"), root=root)
    folder = BUILD / f"code-{digest}"
    with exclusive("code"):
        if not folder.exists():
            _package(root, folder)
            prune("code-*", keep=6)
    return Package(folder, dependencies(for_lambda=False))


def _package(root: Path, folder: Path) -> None:
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    with TemporaryDirectory(prefix="contact-centre-") as temporary:
        staged, made = Path(temporary, "staged"), Path(temporary, "made")
        _stage(root, staged)
        _run_chalice(staged, made)
        template = yaml.safe_load((made / "sam.yaml").read_text())
        unfinished.mkdir(parents=True)
        (unfinished / "template.json").write_text(json.dumps(template, ensure_ascii=False))
        with zipfile.ZipFile(made / "deployment.zip") as archive:
            archive.extractall(made / "code")
        _compile(made / "code")
        zip_folder(made / "code", unfinished / "deployment.zip")
    unfinished.rename(folder)


def _stage(root: Path, staged: Path) -> None:
    dropped = shutil.ignore_patterns("__pycache__", "deployments", "deployed")
    shutil.copytree(root / "chalicelib", staged / "chalicelib", ignore=dropped)
    shutil.copytree(root / ".chalice", staged / ".chalice", ignore=dropped)
    shutil.copy(root / "app.py", staged / "app.py")
    (staged / "requirements.txt").write_text("")


def _run_chalice(staged: Path, made: Path) -> None:
    # Importing the app must neither leave bytecode in the zip nor look for an account.
    quiet = {
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    package = ["package", "--stage", CHALICE_STAGE, "--template-format", "yaml"]
    done = subprocess.run(
        [*CHALICE, *package, "--merge-template", TEMPLATE, made],
        cwd=staged,
        env={**os.environ, **quiet},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        give_up(f"Chalice could not package the application:\n{done.stderr.strip()}")


def website(city: str) -> Path:
    """The city's website, built; made once per state of its sources and the cities' data."""
    sources = [*_website_sources(), *files_under(ROOT / "chalicelib" / "cities")]
    folder = BUILD / f"site-{city}-{digest_of(sources)}"
    with exclusive("website"):
        if not folder.exists():
            _build_website(city, folder)
            prune(f"site-{city}-*", keep=3)
    return folder


def _website_sources() -> list[Path]:
    website = ROOT / "website"
    made_by_tools = {website / "node_modules", website / "build", website / "tests"}
    return [
        path
        for top in website.iterdir()
        if top not in made_by_tools
        for path in ([top] if top.is_file() else files_under(top))
    ]


def _build_website(city: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "website/build.py", "--city", city, "--out", str(folder)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        give_up(f"The website could not be built:\n{(done.stdout + done.stderr).strip()}")


def main() -> None:
    """Build everything that a deployment needs and say how big it is."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with step("Functions packaged") as said:
        package = code()
        said.detail = f"{package.code_zip.stat().st_size / 1e6:.2f} MB"
    with step("Layer of dependencies") as said:
        said.detail = f"{layer_zip().stat().st_size / 1e6:.1f} MB"
    print(f"  Template: {package.folder / 'template.json'}")


if __name__ == "__main__":
    main()
