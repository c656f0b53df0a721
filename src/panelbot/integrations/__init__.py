"""panelbot in other people's frameworks: one module a framework, each behind an extra of its name.

A module here knows its framework and `PanelBot`; none is imported by the rest of panelbot.
"""
