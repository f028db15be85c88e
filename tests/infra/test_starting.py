"""What a person is told when the machine is not ready for the city."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra import browser, environment, local_cloud
from infra.local_server import Place, refuse_taken_ports


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A city on two ports of which the first is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    return Place("khmelnytskyi", free, free + 1, tmp_path / "state")


@pytest.fixture
def taken(place: Place) -> Iterator[int]:
    """Another program on the city's port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", place.site_port))
        other.listen()
        yield place.site_port


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `node` on the path that can be made to say anything."""
    program = tmp_path / "bin" / "node"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", str(program.parent))
    return program


def says(program: Path, version: str) -> None:
    """Make the program print this version."""
    program.write_text(f"#!/bin/sh\necho {version}\n")
    program.chmod(0o755)


def test_a_taken_port_is_named_with_the_way_out(
    place: Place, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        refuse_taken_ports(place)
    said = capsys.readouterr().err
    assert f"Port {taken} is taken" in said
    assert f"make run CITY=khmelnytskyi PORT={taken + 100}" in said


def test_one_process_a_city(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    with local_cloud.hold(place), pytest.raises(SystemExit):
        local_cloud.hold(place)
    assert "khmelnytskyi is running already" in capsys.readouterr().err


def test_a_city_that_has_stopped_can_be_started_again(place: Place) -> None:
    local_cloud.hold(place).close()
    with local_cloud.hold(place) as lock:
        assert not lock.closed


def test_reset_forgets_the_state(place: Place) -> None:
    place.state.mkdir()
    (place.state / "seeded").touch()
    local_cloud.reset(place)
    assert not place.state.exists()


@pytest.mark.parametrize("version", ["v18.19.0", "v8.10.0"])
def test_an_old_node_is_refused_by_name(
    version: str, node: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    says(node, version)
    with pytest.raises(SystemExit):
        local_cloud.require_node()
    assert f"Node.js 20 or newer is needed (found {version})" in capsys.readouterr().err


def test_a_missing_node_is_said(node: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not node.exists()
    with pytest.raises(SystemExit):
        local_cloud.require_node()
    assert "none was found" in capsys.readouterr().err


def test_a_new_node_is_accepted(node: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says(node, "v20.20.2")
    local_cloud.require_node()
    assert capsys.readouterr().err == ""


def test_an_old_python_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        environment._require_python()


def test_without_chromium_the_one_command_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        browser.ensure()
    assert browser.COMMAND in capsys.readouterr().err
