"""``python -m panelbot`` is ``panelbot``."""

from __future__ import annotations

import sys

from panelbot.cli import main

sys.exit(main())
