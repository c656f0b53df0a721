"""Build sdist and wheel, install them into clean environments, and use them where there is no checkout.

    python tests/release/release.py python3.11 python3.12 python3.13

Prints a line for each step and ends with 1 where one failed. Needs hatchling, and a package index for what panelbot
stands on; knows nothing of the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS = ROOT / "requirements"
QUESTION = "what did the bank say about branch traffic"
PATIENCE = 180  # seconds until a server must be up


def build(folder: Path) -> Path:
    """The wheel that is made from the unpacked sdist, and the sdist beside it."""
    hatch = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    run([*hatch, "-t", "sdist"], cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        packed.extractall(folder / "unpacked", filter="data")
    (source,) = (folder / "unpacked").iterdir()
    run([*hatch, "-t", "wheel"], cwd=source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(python: str, wheel: Path, folder: Path) -> Path:
    """A fresh environment with the wheel and what it asks for, each file by its SHA-256; its interpreter."""
    run([python, "-m", "venv", str(folder)], cwd=folder.parent)
    own = folder / "bin" / "python"
    pip = [str(own), "-m", "pip", "--disable-pip-version-check"]
    listed = [*pip, "install", "-q", "--require-hashes", "--no-deps", "--no-build-isolation", "-r"]
    for name in ("build", "serve"):
        run([*listed, str(LISTS / f"{name}.txt")], cwd=folder.parent)
    run([*pip, "install", "-q", "--no-deps", str(wheel)], cwd=folder.parent)
    if subprocess.run([*pip, "check"], env=environment(folder), capture_output=True, check=False).returncode:
        run([*listed, str(LISTS / "cuda.txt")], cwd=folder.parent)
        run([*pip, "check"], cwd=folder.parent)
    return own


def list_parts(python: Path, folder: Path) -> None:
    """The environment's SBOM: panelbot, and what it runs on."""
    made = json.loads(run([str(python), str(ROOT / "tests" / "release" / "sbom.py")], cwd=folder))
    names = {each["name"] for each in made["components"]}
    if made["metadata"]["component"]["name"] != "panelbot" or not {"gradio", "jieba", "torch"} <= names:
        raise SystemExit(f"the SBOM lists {sorted(names)}")


def use(python: Path, folder: Path) -> None:
    """Ask and serve the sample panels, in a folder without anything."""
    folder.mkdir()
    panelbot = [str(python), "-m", "panelbot"]
    answer = json.loads(run([*panelbot, "ask", "--demo", QUESTION, "--json"], cwd=folder))
    if answer["status"] != "answered" or not answer["citations"]:
        raise SystemExit(f"no answer from the sample panels: {answer}")
    serve([*panelbot, "serve", "--demo"], folder)


def serve(command: Sequence[str], folder: Path) -> None:
    """The server answers by REST, shows its page, and ends with 0 when it is told to."""
    port = free_port()
    with subprocess.Popen([*command, "--port", str(port)], cwd=folder, env=environment(folder)) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api/v1/transcripts", server)
            body = json.dumps({"question": QUESTION}).encode()
            asked = urllib.request.Request(f"{address}/api/v1/ask", body, {"content-type": "application/json"})
            with urllib.request.urlopen(asked, timeout=PATIENCE) as reply:
                assert json.load(reply)["status"] == "answered"
            with urllib.request.urlopen(address, timeout=30) as page:
                assert b"panelbot" in page.read()
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=60) == 0, "the server did not end as it should"
        finally:
            server.kill()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once ``address`` answers."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    raise SystemExit(f"{address} did not come up")


def run(command: Sequence[str], *, cwd: Path) -> str:
    """What the command prints; its failure ends everything."""
    print("+", " ".join(command), flush=True)
    done = subprocess.run(command, cwd=cwd, env=environment(cwd), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stdout[-2000:]}")
    return done.stdout


def environment(folder: Path) -> dict[str, str]:
    """Nothing of the checkout or of settings: only where things are and where caches go."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PANELBOT_", "VIRTUAL"))}
    return {**kept, "PANELBOT_CACHE": str(folder.parent / "cache")}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(pythons: Sequence[str]) -> None:
    """Everything, for each interpreter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        for number, python in enumerate(pythons or [sys.executable]):
            place = folder / str(number)
            place.mkdir()
            own = install(python, wheel, place / "environment")
            use(own, place / "empty")
            list_parts(own, place)
            shutil.rmtree(place)
            print(f"ok: {wheel.name} on {python}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
