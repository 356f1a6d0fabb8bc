"""A parsed copy of the shipped knowledge, kept between runs because reading YAML takes longer than answering.

The copy is JSON, named after the content hash of the files it was read from, and validated like the files themselves:
a stale copy is never found and a damaged one is read past. Nothing in it is run.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

SWITCH = "INSITU_ADVISOR_CACHE"
_COPY = re.compile(r"[0-9a-f]{64}\.json")


def folder() -> Path | None:
    """Where copies are kept: `INSITU_ADVISOR_CACHE`, or the user's cache folder; None when switched off or homeless."""
    wanted = os.environ.get(SWITCH)
    if wanted is not None:
        return Path(wanted) if wanted not in {"", "0", "off"} else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or _home_cache()
    return Path(base) / "insitu-advisor" if base else None


def read(digest: str) -> dict[str, Any] | None:
    """The copy for a content hash, or None when there is none or it cannot be read."""
    place = folder()
    if place is None:
        return None
    try:
        data = json.loads((place / f"{digest}.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def write(digest: str, data: dict[str, Any]) -> None:
    """Keep a copy, whole or not at all; a folder that cannot be written to is no fault."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        for old in place.iterdir():
            if _COPY.fullmatch(old.name):
                old.unlink()
        handle, name = tempfile.mkstemp(dir=place, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
        Path(name).replace(place / f"{digest}.json")


def _home_cache() -> str | None:
    try:
        return str(Path.home() / ".cache")
    except RuntimeError:
        return None
