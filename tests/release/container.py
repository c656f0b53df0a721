"""The Dockerfile's steps without a container tool: built on a layer over this machine's files, run without a network.

    python tests/release/container.py [--borrow]

Stands in for `docker build` and `docker run --read-only --network none --tmpfs /tmp`. Its base image is this machine
with its Python; the checkout is hidden. With ``--borrow`` what panelbot stands on comes from this interpreter's
environment instead of from a package index, and vectors from no model, which takes seconds instead of minutes. Needs
Linux and root; ends with 1 where a step fails, and leaves nothing behind.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from dockerfile import Stage, command, sent, stages

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180  # seconds until the container must be healthy
BORROWED = "/mnt/borrowed"
INSIDE = "PANELS_INSIDE"  # set in the process that has mounts of its own
CHROOT = shutil.which("chroot") or "chroot"
PYTHON = Path(sys.executable).resolve()
BASE = {"PATH": f"{PYTHON.parent}:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
NEW_NETWORK = 0x40000000  # CLONE_NEWNET of linux/sched.h
UP = 0x1  # IFF_UP of linux/if.h
ASK = """
import json, urllib.request
body = json.dumps({"question": "what did the bank say about branch traffic"}).encode()
asked = urllib.request.Request("http://127.0.0.1:7860/api/v1/ask", body, {"content-type": "application/json"})
print(json.load(urllib.request.urlopen(asked, timeout=120))["status"])
"""


def mount(*arguments: str) -> None:
    """In this process's own namespace: gone when it ends."""
    subprocess.run(["mount", *arguments], check=True)


def layer(folder: Path, name: str, *, borrow: bool) -> Path:
    """A root over this machine's, without the checkout."""
    upper, work, root = (folder / f"{name}-{part}" for part in ("upper", "work", "root"))
    for each in (upper, work, root):
        each.mkdir()
    mount("-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", str(root))
    for device in ("dev", "proc"):
        mount("--rbind", f"/{device}", str(root / device))
    for each in PYTHON.parents:  # the base image's Python is everybody's, whoever's this one is
        (root / each.relative_to("/")).chmod((root / each.relative_to("/")).stat().st_mode | 0o055)
    if borrow:
        (root / BORROWED[1:]).mkdir()
        mount("--bind", sysconfig.get_path("purelib"), str(root / BORROWED[1:]))
    mount("-t", "tmpfs", "tmpfs", str(root / ROOT.relative_to("/")))
    return root


def build(folder: Path, *, borrow: bool) -> tuple[Path, Stage]:
    """The last stage's root, and how it is run."""
    built: dict[str, Path] = {}
    allowed = sent(ROOT / ".dockerignore")
    context = folder / "context"
    for name in allowed:  # before the checkout is hidden
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        context.mkdir(exist_ok=True)
        copy(ROOT / name, context / name)
    done = stages(ROOT / "Dockerfile")
    for number, stage in enumerate(done):
        root = built[stage.name] = layer(folder, f"stage{number}", borrow=borrow)
        at, variables = "/", dict(BASE)
        for name, said in stage.steps:
            if name == "WORKDIR":
                at = said
                (root / at[1:]).mkdir(parents=True, exist_ok=True)
            elif name == "ENV":
                variables |= stage.environment()
            elif name == "COPY":
                _copy(said, root / at[1:], root, context, built)
            elif name == "RUN":
                print("RUN", said, flush=True)
                enter(root, said, at, variables, borrow=borrow)
    return root, done[-1]


def enter(root: Path, said: str, at: str, variables: Mapping[str, str], *, borrow: bool) -> None:
    """Run a step as root."""
    own = {**{key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_"))}, **variables}
    if borrow and "--require-hashes" in said:
        return  # what panelbot stands on is there
    if borrow and " install " in said and "pip" in said:
        # Dependencies and what builds the wheel are there; panelbot itself is made and installed from the context.
        own |= {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONPATH": BORROWED}
    subprocess.run([CHROOT, str(root), "/bin/sh", "-ec", f"cd {at}; {said}"], env=own, check=True)


def _copy(said: str, into: Path, root: Path, context: Path, built: Mapping[str, Path]) -> None:
    *sources, target = said.split()
    base = context
    if sources[0].startswith("--from="):
        base = built[sources.pop(0).removeprefix("--from=")]
    to = root / target[1:] if target.startswith("/") else into / target
    for source in sources:
        there = base / source.lstrip("/")
        if there.is_dir():
            shutil.copytree(there, to, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy(there, to)


def use(root: Path, stage: Stage, *, borrow: bool) -> None:
    """Serve the sample panels as the image does, ask, and end it as a container is ended."""
    variables = {**BASE, **stage.environment()} | (
        {"PYTHONPATH": BORROWED, "PANELBOT_EMBEDDING_MODEL": "hash"} if borrow else {}
    )
    user, volume = stage.last("USER"), root / stage.last("VOLUME")[1:]
    if int(user) == 0:
        raise SystemExit("the container would run as root")
    shutil.copytree(root / "opt/panelbot" / _samples(root), volume / "corpus")
    mount("--bind", str(volume), str(volume))
    mount("-t", "tmpfs", "tmpfs", str(root / "tmp"))
    mount("-o", "remount,bind,ro", str(root))
    loopback_alone()
    inside = [CHROOT, f"--userspec={user}:{user}", str(root), "/bin/sh", "-c", 'cd "$0"; exec "$@"']
    inside.append(stage.last("WORKDIR"))
    panelbot = [*inside, *command(stage.last("ENTRYPOINT"))]
    subprocess.run([*panelbot, "add", "corpus"], env=variables, check=True)
    refused = subprocess.run([*inside, "touch", "/opt/panelbot/x"], env=variables, stderr=subprocess.DEVNULL)
    if refused.returncode == 0:
        raise SystemExit("it may write where it should not")
    with subprocess.Popen([*panelbot, *command(stage.last("CMD"))], env=variables) as server:
        try:
            wait_until_healthy([*inside, *command(stage.last("HEALTHCHECK"))], variables, server)
            asked = subprocess.run([*inside, "python", "-c", ASK], env=variables, capture_output=True, text=True)
            if asked.stdout.strip() != "answered":
                raise SystemExit(f"no answer: {asked.stdout}{asked.stderr}")
            server.send_signal(signal.Signals[stage.last("STOPSIGNAL")])
            if server.wait(timeout=60):
                raise SystemExit(f"the server ended with {server.returncode}")
        finally:
            server.kill()
    print(json.dumps({"built": True, "healthy": True, "answered": True, "ended": 0}))


def _samples(root: Path) -> Path:
    (found,) = (root / "opt/panelbot").glob("lib/python*/site-packages/panelbot/samples")
    return found.relative_to(root / "opt/panelbot")


def loopback_alone() -> None:
    """From here on no network but this namespace's own loopback."""
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "no network namespace")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        fcntl.ioctl(handle, 0x8914, struct.pack("16sh", b"lo", UP))  # SIOCSIFFLAGS


def wait_until_healthy(check: Sequence[str], variables: Mapping[str, str], server: subprocess.Popen[bytes]) -> None:
    """Return once the health check says 0."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and server.poll() is None:
        if subprocess.run(check, env=variables, stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.5)
    raise SystemExit("the container did not get healthy")


def main() -> None:
    """Everything, in mounts of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--borrow", action="store_true", help="take what panelbot stands on from this environment")
    borrow = parser.parse_args().borrow
    if INSIDE not in os.environ:
        apart = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(apart, env={**os.environ, INSIDE: folder}, check=False)
        raise SystemExit(done.returncode)
    root, stage = build(Path(os.environ[INSIDE]), borrow=borrow)
    use(root, stage, borrow=borrow)


if __name__ == "__main__":
    main()
