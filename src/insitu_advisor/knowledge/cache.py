"""A parsed copy of the shipped knowledge, kept between runs because reading YAML takes longer than answering.

The copy is named after the content hash of the files it was read from. Its first line is a seal: a hash over that name,
the version of this program and every byte that follows. A copy that is stale, damaged, edited, exchanged or of another
version fits no seal and is read past, and a new one is made. Nothing in it is run, only a regular file that nobody but
the user can write to is opened, and never more of it than a copy can have.

The seal is no signature. Whoever can write to the folder and takes the trouble to compute it anew can forge a copy; the
same person could as well edit the installed program. Set INSITU_ADVISOR_CACHE=off to keep and read no copy.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from insitu_advisor import __version__

SWITCH = "INSITU_ADVISOR_CACHE"
LARGEST_COPY = 32 * 1024 * 1024
# A file half written for longer than this was left by a run that was ended.
ABANDONED_SECONDS = 3_600
_PREFIX, _SUFFIX = "copy-", ".part"
_COPY = re.compile(r"[0-9a-f]{64}\.json")
_PART = re.compile(rf"(?:{_PREFIX}|tmp)\w+\{_SUFFIX}")
# Neither a link is followed nor a pipe waited for.
_SAFELY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


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


def read(digest: str) -> bytes | None:
    """The copy for a content hash, as JSON; None where none is, or none that can be trusted to be what was written."""
    place = folder()
    if place is None:
        return None
    try:
        content = _content(place / f"{digest}.json")
    except (OSError, ValueError):
        return None
    seal, _, payload = content.partition(b"\n")
    return payload if seal == _seal(digest, payload) else None


def write(digest: str, data: dict[str, Any]) -> None:
    """Keep a copy, whole or not at all, and sweep what older runs left; a folder of no use is no fault."""
    place = folder()
    if place is None:
        return
    payload = to_json(data)
    with contextlib.suppress(OSError, ValueError):
        place.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place, prefix=_PREFIX, suffix=_SUFFIX)
        try:
            _sweep(place, os.fstat(handle).st_mtime)
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(digest, payload) + b"\n" + payload)
            Path(name).replace(place / f"{digest}.json")
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise


def _content(path: Path) -> bytes:
    """Bytes of a copy. Raises OSError for anything but a regular file of our own that is no larger than a copy."""
    handle = os.open(path, _SAFELY)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST_COPY:
            raise OSError("no regular file of that size was written here")
        if os.name == "posix" and (
            found.st_uid not in {0, os.geteuid()} or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        ):
            raise OSError("somebody else can write to it")
        return file.read(LARGEST_COPY)


def _seal(digest: str, payload: bytes) -> bytes:
    """What binds a copy to the files it was read from and to the program that read them."""
    bound = f"insitu-advisor {__version__} {digest}\n".encode()
    return hashlib.sha256(bound + payload).hexdigest().encode()


def _sweep(place: Path, now: float) -> None:
    """Take away copies of other states of knowledge, and files that were never finished, by the clock of the folder."""
    for old in place.iterdir():
        with contextlib.suppress(OSError):
            made = old.lstat()
            if not (stat.S_ISREG(made.st_mode) or stat.S_ISLNK(made.st_mode)):
                continue
            unfinished = _PART.fullmatch(old.name) and now - made.st_mtime > ABANDONED_SECONDS
            if unfinished or _COPY.fullmatch(old.name):
                old.unlink()


def _home_cache() -> str | None:
    try:
        return str(Path.home() / ".cache")
    except RuntimeError:
        return None
