"""Where a lab profile may stand."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FILE_NAME = "lab.yaml"
VARIABLE = "INSITU_ADVISOR_LAB"
SWITCHED_OFF = frozenset({"none", "off", ""})


def locate(given: str | None) -> tuple[Path, str] | None:
    """The profile that applies and why: the file given, then the environment, this folder, the user's config folder.

    `none` switches it off. The file need not exist when it is named.
    """
    if given is not None:
        return None if given in SWITCHED_OFF else (Path(given), "given")
    if (named := os.environ.get(VARIABLE)) is not None:
        return None if named in SWITCHED_OFF else (Path(named), f"named by {VARIABLE}")
    for path, because in ((Path(FILE_NAME), "found in this folder"), (config_file(), "found in the config folder")):
        if path is not None and path.is_file():
            return path, because
    return None


def config_file() -> Path | None:
    """The lab profile in the user's config folder; None without a home."""
    base = os.environ.get("APPDATA") if sys.platform == "win32" else os.environ.get("XDG_CONFIG_HOME")
    try:
        folder = Path(base) if base else Path.home() / ".config"
    except RuntimeError:
        return None
    return folder / "insitu-advisor" / FILE_NAME
