"""The whole program with every command loaded, for those who look at it from outside."""

from __future__ import annotations

from insitu_advisor.cli.main import build

app = build()
