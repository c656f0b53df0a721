"""The table of routes of `benchmarks/attack/routes.py`, short: a server that wants a login, asked by who has none."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ATTACK = Path(__file__).parents[2] / "benchmarks" / "attack" / "routes.py"


def test_every_route_answers_as_the_table_says() -> None:
    done = subprocess.run([sys.executable, str(ATTACK), "--short"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    n_routes, n_asked, _ = map(int, re.findall(r"\d+", done.stdout.splitlines()[-1]))
    assert n_routes > 60
    assert n_asked == 8 * n_routes
