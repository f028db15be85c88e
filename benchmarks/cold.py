"""CPU time and memory of importing each function in a fresh process, as the package ships it.

The process sees three folders only: the packaged code, the layer, and what the Lambda runtime
brings (botocore and what it needs), so a missing package fails here as it would there.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

REPETITIONS: Final = 9
_OF_THE_RUNTIME: Final = (
    "boto3",
    "botocore",
    "s3transfer",
    "jmespath",
    "dateutil",
    "urllib3",
    "six",
)

_PROBE: Final = """
import json, resource, sys, time
folders, module, name = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3]
sys.path.extend(folders)
started = time.process_time()
imported = __import__(module)
getattr(imported, name)
spent = time.process_time() - started
import re
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    # ru_maxrss begins with what the parent had; this is the process's own.
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
except OSError:
    pass
print(json.dumps({"cpu_ms": spent * 1000, "rss_mb": peak / 1024}))
"""


@dataclass(frozen=True)
class Cold:
    """What importing a function costs: CPU milliseconds, and resident megabytes at the peak."""

    cpu_ms: float
    rss_mb: float


def cold_start(handler: str, folders: Sequence[Path], *, repetitions: int = REPETITIONS) -> Cold:
    """Import `module.name` in fresh processes that see only these folders; medians.

    Raises:
        subprocess.CalledProcessError: it cannot be imported there; stderr says why.
    """
    module, _, name = handler.rpartition(".")
    # The standard library alone: no site-packages, no environment, no folder of the caller.
    command = [sys.executable, "-I", "-S", "-c", _PROBE]
    seen = json.dumps([str(folder) for folder in folders])
    samples = [_run([*command, seen, module, name]) for _ in range(repetitions)]
    return Cold(
        median(sample["cpu_ms"] for sample in samples),
        median(sample["rss_mb"] for sample in samples),
    )


def _run(command: Sequence[str]) -> Mapping[str, float]:
    environment = {"AWS_DEFAULT_REGION": "eu-central-1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    sample: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return sample


def handlers(template: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the handler of each function of a packaged template, by its logical name."""
    return {
        name: resource["Properties"]["Handler"]
        for name, resource in template["Resources"].items()
        if resource.get("Type") == "AWS::Serverless::Function"
    }


@contextmanager
def runtime(code_zip: Path, layer: Path) -> Iterator[list[Path]]:
    """Lay out the folders that a function sees: its code, the layer, the runtime's SDK."""
    with TemporaryDirectory(prefix="cold-") as temporary:
        code, sdk = Path(temporary, "code"), Path(temporary, "sdk")
        sdk.mkdir()
        with zipfile.ZipFile(code_zip) as archive:
            archive.extractall(code)
        for package in _OF_THE_RUNTIME:
            origin = _origin(package)
            (sdk / origin.name).symlink_to(origin)
        yield [code, layer, sdk]


def _origin(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    found = Path(spec.origin)
    return found.parent if found.name == "__init__.py" else found
