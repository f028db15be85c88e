"""The local cloud's process: the emulator, its saved state, its two ports.

The emulator is pinned and young; every private name of it that is used stands in `PRIVATE_NAMES`,
and a test holds them to the pinned version.
"""

import asyncio
import importlib
import logging
import os
import shutil
import signal
import socket
import sys
import threading
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from infra.local_origin import Origin
from infra.progress import give_up

REGION = "eu-central-1"
SAVE_EVERY_SECONDS = 10
# The word by which the local cloud knows its owner; everybody else needs a role.
LOCAL_KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
PRIVATE_NAMES = {
    "ministack.app": ["app", "save_all", "_build_persistence_save_dict"],
    "ministack.services.lambda_svc": ["_dynamodb_stream_positions"],
    "ministack.core.lambda_runtime": ["reset"],
}
# Its logs are part of its state and would be rewritten whole at every save.
NOT_SAVED = {"cloudwatch_logs"}


@dataclass(frozen=True)
class Place:
    """Where one city runs on this machine; `state` holds all that must survive a restart."""

    city: str
    site_port: int
    cloud_port: int
    state: Path

    @property
    def site(self) -> str:
        """The origin that a browser is given."""
        return f"http://localhost:{self.site_port}"

    @property
    def messengers(self) -> dict[str, str]:
        """Where the messengers of this machine take messages, by channel: whoever plays them.

        `TELEGRAM_API_BASE` and `VIBER_API_BASE` name another place than the port after the cloud's.
        """
        nobody = f"http://127.0.0.1:{self.cloud_port + 1}"
        return {
            channel: os.environ.get(f"{channel.upper()}_API_BASE") or nobody
            for channel in ("telegram", "viber")
        }

    @property
    def endpoint(self) -> str:
        """Where AWS clients find the local cloud."""
        return f"http://127.0.0.1:{self.cloud_port}"


def environment(place: Place) -> dict[str, str]:
    """The settings of the emulator, and the AWS settings that it and its functions inherit."""
    return {
        "GATEWAY_PORT": str(place.cloud_port),
        "BIND_HOST": "127.0.0.1",
        "AUTH": "true",
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(place.state / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place.state / "objects"),
        "TMPDIR": str(place.state / "tmp"),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "LAMBDA_WARM_TTL_SECONDS": "60",
        "DOCKER_HOST": "unix:///nowhere",
        "AWS_ENDPOINT_URL": place.endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": LOCAL_KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": LOCAL_KEYS["aws_secret_access_key"],
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def refuse_taken_ports(place: Place) -> None:
    """End with a clear message when another program listens on a port that is needed."""
    for port in (place.site_port, place.cloud_port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                give_up(
                    f"Port {port} is taken by another program. Stop it, or choose another pair: "
                    f"make run CITY={place.city} PORT={place.site_port + 100}"
                )


class Server:
    """The running emulator. Make one per process: it keeps its state in module globals."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._prepare_folders()
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
            os.environ.pop(name, None)
        os.environ.update(environment(place))
        # Its settings are read when it is imported, so it cannot be imported any sooner.
        self._emulator: ModuleType = importlib.import_module("ministack.app")
        self._log_to_file()
        self.origin = Origin(self._emulator.app, place.site_port, place.cloud_port)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="cloud", daemon=True)

    def _prepare_folders(self) -> None:
        shutil.rmtree(self._place.state / "tmp", ignore_errors=True)
        for name in ("state", "objects", "tmp"):
            (self._place.state / name).mkdir(parents=True, exist_ok=True)
        for name in NOT_SAVED:
            (self._place.state / "state" / f"{name}.json").unlink(missing_ok=True)

    def _log_to_file(self) -> None:
        handler = logging.FileHandler(self._place.state / "cloud.log", mode="w")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logging.getLogger().handlers[:] = [handler]

    def start(self) -> None:
        """Serve both ports; return when the cloud answers, with yesterday's state loaded."""
        self._thread.start()
        waited_until = time.monotonic() + 30
        while not _listens(self._place.cloud_port):
            if not self._thread.is_alive() or time.monotonic() > waited_until:
                give_up(f"The local cloud did not start: see {self._place.state / 'cloud.log'}")
            time.sleep(0.02)
        self._rewind_streams()
        threading.Thread(target=self._save_regularly, name="autosave", daemon=True).start()

    def _serve(self) -> None:
        config = Config()
        config.bind = [f"127.0.0.1:{self._place.cloud_port}", f"127.0.0.1:{self._place.site_port}"]
        config.loglevel = "WARNING"
        config.keep_alive_timeout = 75
        config.graceful_timeout = 1
        application: Any = self.origin
        asyncio.run(serve(application, config, shutdown_trigger=self._until_stopping))

    async def _until_stopping(self) -> None:
        await asyncio.to_thread(self._stopping.wait)

    def _rewind_streams(self) -> None:
        # Positions are saved and the records they count are not: kept, nothing would be read again.
        functions = importlib.import_module("ministack.services.lambda_svc")
        positions = functions._dynamodb_stream_positions._data
        for key in positions:
            positions[key] = 0

    def hand_to_functions(self, packages: Path) -> None:
        """Let the functions, and only them, find their packages as if they were a layer."""
        os.environ["PYTHONPATH"] = str(packages)

    @property
    def is_alive(self) -> bool:
        """Whether the ports are still served."""
        return self._thread.is_alive()

    def _save_regularly(self) -> None:
        while not self._stopping.wait(SAVE_EVERY_SECONDS):
            self.save()

    def save(self) -> None:
        """Write the state of this instant; requests go on meanwhile where fork is safe."""
        if sys.platform != "linux":
            self._write_state()
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            try:
                signal.alarm(60)
                os.closerange(3, 1024)
                self._write_state()
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    def _write_state(self) -> None:
        states = self._emulator._build_persistence_save_dict()
        self._emulator.save_all(
            {name: read for name, read in states.items() if name not in NOT_SAVED}
        )

    def stop(self) -> None:
        """Stop serving, keep the state and end the functions."""
        self._stopping.set()
        self._thread.join(timeout=2)
        self._write_state()
        importlib.import_module("ministack.core.lambda_runtime").reset()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
