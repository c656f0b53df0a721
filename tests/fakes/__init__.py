"""Deterministic stand-ins for what is slow or outside."""
