"""Run one city on this machine: `python -m infra.local_cloud --city … --port …`.

Builds what is not built, starts the local cloud, deploys the production template into it, seeds the
demonstration and serves until Ctrl-C. `<state>/run.json` appears when the city answers.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from fcntl import LOCK_EX, LOCK_NB, flock
from io import TextIOWrapper
from pathlib import Path

from infra import build
from infra.accounts import Account
from infra.artefacts import LOCAL, ROOT, Package, digest_of_json
from infra.local_city import LocalCity
from infra.local_server import REGION, Place, Server, refuse_taken_ports
from infra.progress import give_up, step

OLDEST_NODE = 20
RUN_FILE = "run.json"
APPEALS = "appeals"


def require_node() -> None:
    """End with a clear message unless Node.js 20 or newer is on the path."""
    node = shutil.which("node")
    version = ""
    if node:
        asked = [node, "--version"]
        version = subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip()
    if not version.startswith("v") or int(version[1:].split(".")[0]) < OLDEST_NODE:
        found = f"found {version}" if version else "none was found"
        give_up(f"Node.js {OLDEST_NODE} or newer is needed ({found}). Install it and try again.")


def hold(place: Place) -> TextIOWrapper:
    """Take the city's state folder for this process; end when another process has it."""
    place.state.mkdir(parents=True, exist_ok=True)
    lock = (place.state / "lock").open("w")
    try:
        flock(lock, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        give_up(
            f"The city {place.city} is running already from {_shown(place.state)}. Stop it first."
        )
    return lock


def write_facts(place: Place, city: LocalCity, accounts: list[Account]) -> Path:
    """Write what tools and tests need to know into `run.json`, whole or not at all."""
    facts = {
        "site": place.site,
        "api": f"{place.site}/api",
        "websocket": f"{place.site.replace('http', 'ws')}/ws",
        "aws_endpoint": place.endpoint,
        "region": REGION,
        "city": place.city,
        "stack": city.name,
        "functions": city.functions(),
        "outputs": city.outputs,
        "accounts": [account.facts() for account in accounts],
        "messengers": city.enter_bots(),
        "process": os.getpid(),
    }
    target = place.state / RUN_FILE
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    unfinished.rename(target)
    return target


def bring_up(place: Place, server: Server, package: Package, site: Path, seed: bool) -> None:
    """Start the cloud, deploy the city into it and fill it."""
    with step("Local cloud started"):
        server.start()
        server.hand_to_functions(package.packages)
    city = LocalCity(place)
    with step("Stack deployed") as said:
        city.deploy(package, site)
        said.detail = city.name
    with step("Website published") as said:
        said.detail = f"{city.publish(site)} files changed"
    with step("Demonstration accounts") as said:
        accounts = city.create_accounts()
        said.detail = str(len(accounts))
    server.origin.open(city.outputs["FrontDomain"], city.outputs.get("WebsocketApiId", ""))
    run_file = write_facts(place, city, accounts)
    fill(server, place, run_file, with_appeals=seed)
    city.wake_functions()
    announce(place, accounts, run_file)


def fill(server: Server, place: Place, run_file: Path, with_appeals: bool) -> None:
    """Enter the people whenever they have changed, and once the demonstration's appeals.

    The note of what was done is written after the state it speaks of.
    """
    accounts = json.loads(run_file.read_text())["accounts"]
    note = place.state / "seeded"
    done = note.read_text().split() if note.exists() else []
    people = digest_of_json(accounts)
    play = with_appeals and APPEALS not in done
    if people in done and not play:
        return
    with step("Demonstration appeals" if play else "People entered") as said:
        said.detail = _seed(run_file, [] if play else ["--people-only"])
        server.save()
        note.write_text(" ".join([people, *([APPEALS] if play or APPEALS in done else [])]))


def _seed(run_file: Path, options: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "infra.seed", "--run-file", str(run_file), *options],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        give_up(f"The city could not be filled:\n{(done.stdout + done.stderr).strip()}")
    return done.stdout.strip()


def announce(place: Place, accounts: list[Account], run_file: Path) -> None:
    """Print the addresses and the accounts of the running city."""
    print(f"\n  Website   {place.site}/\n  Console   {place.site}/console/")
    print(f"  API       {place.site}/api/city\n  Facts     {_shown(run_file)}\n")
    for account in accounts:
        said = (f"{account.username:<24}", f"{account.password:<34}", f"{account.role:<12}")
        print("   ", *said, account.executor)
    print("\n  Ctrl-C stops it; the data stay for the next start.", flush=True)


def wait_for_the_end(server: Server) -> None:
    """Return on Ctrl-C, on SIGTERM, or when the server has died."""
    terminated = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: terminated.set())
    while server.is_alive and not terminated.is_set():
        if signal.sigtimedwait({signal.SIGINT}, 0.5):
            break


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def serve(place: Place, seed: bool) -> None:
    """Run the city until it is told to stop. Does not return: it ends the process."""
    begun = time.monotonic()
    # Ctrl-C reaches the whole process group. Blocked here, before any thread or function starts,
    # it is inherited as blocked, so that requests under way are answered before the end.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    lock = hold(place)
    (place.state / RUN_FILE).unlink(missing_ok=True)
    refuse_taken_ports(place)
    require_node()
    with step("Website built"):
        site = build.website(place.city)
    with step("Functions packaged") as said:
        package = build.code()
        said.detail = f"{package.code_zip.stat().st_size / 1e6:.1f} MB"
    server = Server(place)
    try:
        bring_up(place, server, package, site, seed)
    except SystemExit:
        server.stop()
        os._exit(1)
    print(f"  Ready after {time.monotonic() - begun:.1f} s.\n", flush=True)
    wait_for_the_end(server)
    with step("Stopped, state kept"):
        server.stop()
        (place.state / RUN_FILE).unlink(missing_ok=True)
        lock.close()
    os._exit(0)


def reset(place: Place) -> None:
    """Forget everything that the city on this machine has stored."""
    hold(place).close()
    shutil.rmtree(place.state)
    print(f"  The data of {place.city} on this machine are removed.")


def main() -> None:
    """Read the command line and run, or reset, one city."""
    parser = argparse.ArgumentParser(description="Run one city on this machine.")
    parser.add_argument("--city", default="khmelnytskyi")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--cloud-port", type=int, help="for AWS clients; the next one if not given")
    parser.add_argument("--state", type=Path, help="folder of the data; .local/<city> if not given")
    parser.add_argument("--no-seed", action="store_true", help="people, but no appeals")
    parser.add_argument("--reset", action="store_true", help="remove the data instead of running")
    given = parser.parse_args()
    if not (ROOT / "chalicelib" / "cities" / given.city).is_dir():
        give_up(f"There is no city {given.city} in chalicelib/cities.")
    state = (given.state or LOCAL / given.city).resolve()
    place = Place(given.city, given.port, given.cloud_port or given.port + 1, state)
    if given.reset:
        reset(place)
    else:
        serve(place, seed=not given.no_seed)


if __name__ == "__main__":
    main()
