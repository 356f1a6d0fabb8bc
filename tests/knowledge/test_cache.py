"""Where copies of the parsed knowledge are kept."""

import json
import sys
from pathlib import Path

import pytest

from insitu_advisor.knowledge import cache


@pytest.fixture
def unset(monkeypatch):
    """Neither the switch nor a folder of caches is set."""
    monkeypatch.delenv(cache.SWITCH)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    return monkeypatch


@pytest.mark.parametrize("word", ["", "0", "off"])
def test_switched_off(word, monkeypatch):
    """The switch may say that nothing is kept; then nothing is read and writing is no fault."""
    monkeypatch.setenv(cache.SWITCH, word)
    assert cache.folder() is None
    cache.write("0" * 64, {})
    assert cache.read("0" * 64) is None


@pytest.mark.skipif(sys.platform == "win32", reason="the cache folder of Windows is set by another variable")
def test_users_own_folder(unset, tmp_path):
    """The folder of caches where one is set, else that below the home."""
    unset.setattr(Path, "home", lambda: tmp_path)
    assert tmp_path / ".cache" / "insitu-advisor" == cache.folder()
    unset.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    assert tmp_path / "elsewhere" / "insitu-advisor" == cache.folder()


def test_without_a_home(unset):
    """A user without a home keeps no copy, and is told nothing of it."""

    def homeless():
        raise RuntimeError("no home")

    unset.setattr(Path, "home", homeless)
    assert cache.folder() is None
    cache.write("0" * 64, {})
    assert cache.read("0" * 64) is None


def test_there_and_back(monkeypatch, tmp_path):
    """What was kept is read again under its own name alone, and takes the place of what was kept before."""
    monkeypatch.setenv(cache.SWITCH, str(tmp_path / "new" / "folder"))
    cache.write("0" * 64, {"a": ["ä", 1, None]})
    assert {"a": ["ä", 1, None]} == json.loads(cache.read("0" * 64))
    assert cache.read("1" * 64) is None
    cache.write("1" * 64, {})
    assert {} == json.loads(cache.read("1" * 64))
    assert cache.read("0" * 64) is None
