"""A city's local cloud as a process of its own, on free ports, with its state in a folder."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infra.artefacts import ROOT
from infra.local_cloud import RUN_FILE

START_SECONDS = 90


class Running:
    """A started city: `facts` is its `run.json`, `output` the file of what it printed."""

    def __init__(self, process: subprocess.Popen[bytes], state: Path) -> None:
        self.process = process
        self.output = state / "output.log"
        self.facts: dict[str, Any] = {}
        self._run_file = state / RUN_FILE

    @property
    def site(self) -> str:
        """The origin of the website and the API."""
        return str(self.facts["site"])

    @property
    def accounts(self) -> list[dict[str, str]]:
        """The demonstration accounts."""
        return list(self.facts["accounts"])

    def wait(self) -> None:
        """Return when the city has said that it is ready."""
        until = time.monotonic() + START_SECONDS
        while "Ready after" not in self.output.read_text():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"The city did not start:\n{self.output.read_text()}")
            time.sleep(0.05)
        self.facts = json.loads(self._run_file.read_text())

    def interrupt(self) -> int:
        """Do what Ctrl-C does and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


def free_ports(count: int) -> list[int]:
    """Different ports that nothing listens on now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


@contextmanager
def running(city: str, state: Path, *options: str) -> Iterator[Running]:
    """Run a city until the block ends; `options` as `python -m infra.local_cloud` takes them."""
    site_port, cloud_port = free_ports(2)
    place = ["--port", str(site_port), "--cloud-port", str(cloud_port), "--state", str(state)]
    state.mkdir(parents=True, exist_ok=True)
    with (state / "output.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.local_cloud", "--city", city, *place, *options],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    city_process = Running(process, state)
    try:
        city_process.wait()
        yield city_process
    finally:
        process.terminate()
        process.wait(timeout=30)
