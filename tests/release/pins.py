"""The lists of what is installed, each release pinned and each of its files by its SHA-256, made anew by uv.

    python tests/release/pins.py [--upgrade]

Versions stay as ``constraints.txt`` has them unless ``--upgrade``; what is new is added. Needs uv and a package index;
does not install anything, and does not know whether the tests pass.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = ROOT / "constraints.txt"
SERVE, BUILD, CUDA = (ROOT / "requirements" / f"{name}.txt" for name in ("serve", "build", "cuda"))
HEADS = {
    EVERYTHING: "All that panelbot, its extras and its tests are tried with",
    SERVE: "What panelbot runs on, in a container too: Milvus's and PostgreSQL's clients are among it",
    BUILD: "What builds panelbot, and jieba, which comes as source alone",
    CUDA: "What torch asks for on Linux where its build is not for the processor alone",
}
_TOOLS = ("setuptools", "hatchling", "editables")
_CUDA = ("nvidia-", "cuda-", "triton")
# Builds of torch for the processor alone, which the index does not have: they come from PyTorch's own or from a disk.
# They are other files than the index's of the same release; these are the SHA-256 of those that the tests ran with.
_CPU_TORCH = {"2.13.0": ("6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b",)}

Blocks = dict[str, str]  # a list's lines for each release, by normalised name


def read(file: Path) -> Blocks:
    """A list, in its order."""
    blocks: Blocks = {}
    name = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9][\w.-]*)==", line):
            name = re.sub(r"[-_.]+", "-", found[1]).lower()
            if name in blocks:
                raise ValueError(f"{file.name} has two releases of {name}: find one that every platform can have")
            blocks[name] = line
        elif name and line.startswith(" "):
            blocks[name] += "\n" + line
    return blocks


def version_of(block: str) -> str:
    """The pinned version."""
    return re.split(r"[\s;]", block.partition("==")[2], maxsplit=1)[0]


def _compiled(given: str, pins: Mapping[str, str], *more: str) -> Blocks:
    """What uv finds that ``given`` needs, on every platform, at the versions of ``pins``."""
    kept = ROOT / "requirements" / "pins.tmp"
    made = kept.with_name("made.tmp")
    kept.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()), encoding="utf-8")
    uv = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    try:
        subprocess.run(
            [*uv, "--no-annotate", "-q", "-c", kept, "-o", made, *more, "-" if given else ROOT / "pyproject.toml"],
            input=given, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
        return read(made)
    finally:
        kept.unlink()
        made.unlink(missing_ok=True)


def _with_cpu_torch(blocks: Blocks) -> Blocks:
    own = _CPU_TORCH.get(version_of(blocks["torch"]), ())
    return {**blocks, "torch": blocks["torch"] + "".join(f" \\\n    --hash=sha256:{digest}" for digest in own)}


def _write(file: Path, blocks: Blocks) -> None:
    lines = [blocks[name] for name in sorted(blocks)]
    file.write_text(f"# {HEADS[file]}: made by tests/release/pins.py\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _of_cuda(names: Iterable[str]) -> set[str]:
    return {name for name in names if name.startswith(_CUDA)}


def main(*, upgrade: bool) -> None:
    """Write the four lists."""
    SERVE.parent.mkdir(exist_ok=True)
    pins = {} if upgrade else {name: version_of(block) for name, block in read(EVERYTHING).items()}
    tools = "\n".join(_TOOLS)
    every = _compiled("", pins, "--extra", "dev", "--extra", "mcp")
    pins = {name: version_of(block) for name, block in every.items()}
    serve, build = _compiled("", pins, "--extra", "milvus", "--extra", "postgres"), _compiled(tools, pins)
    cuda = _of_cuda(serve)
    _write(EVERYTHING, _with_cpu_torch({n: b for n, b in {**every, **build}.items() if n not in cuda}))
    _write(SERVE, _with_cpu_torch({n: b for n, b in serve.items() if n not in cuda}))
    _write(BUILD, build)
    _write(CUDA, {name: serve[name] for name in cuda})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions, not those of constraints.txt")
    sys.exit(main(upgrade=parser.parse_args().upgrade))
