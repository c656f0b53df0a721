"""A judge of how files are read: oracles of public repositories against what panelbot makes of their files."""
