"""A forked process of the program is one like any other, so that tests may use it in the place of one."""

import json
import os

import pytest

from cli.running import NO_TERMINAL, forked, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason=NO_TERMINAL)

STATE = """
import json, os, signal, sys
def is_open(number):
    try:
        return bool(os.fstat(number))
    except OSError:
        return False
json.dump({
    "open": [is_open(number) for number in range(3)],
    "there": [stream is not None for stream in (sys.stdin, sys.stdout, sys.stderr)],
    "encodings": [stream and stream.encoding for stream in (sys.stdin, sys.stdout, sys.stderr)],
    "words": sys.argv[1:],
    "folder": os.getcwd(),
    "told": os.environ.get("TOLD"),
}, open(os.environ["STATE"], "w"))
os.kill(os.getpid(), signal.SIGTERM) if "end" in sys.argv else sys.exit(7)
"""


@pytest.mark.parametrize(
    "words",
    [
        ("recommend", "--anode", "alloy", "--ion", "K", "--samples", "100"),
        ("recommend", "--ion", "Mg"),
        ("recommend", "--ion", "K", "--kb", "gone.yaml"),
        ("show", "raman", "--format", "json"),
        ("--version",),
    ],
    ids=" ".join,
)
def test_same_as_a_process_that_was_started(words, folder):
    """Exit code, output and messages are those of the same command in a process that Python started for it."""
    one, other = run(*words), forked(*words)
    assert (one.returncode, one.stdout) == (other.returncode, other.stdout)
    # A module that is run names itself as such in its usage.
    assert one.stderr.replace(b"python -m insitu_advisor", b"insitu-advisor") == other.stderr


@pytest.mark.parametrize("missing", [(), (0,), (1,), (0, 2), (0, 1, 2)], ids=str)
def test_streams_are_closed_as_asked(missing, folder):
    """A stream that was closed is closed and None to Python, and all others are open."""
    state = folder / "state.json"
    done = forked("a", program=STATE, env={"STATE": str(state), "TOLD": "yes"}, streams=dict.fromkeys(missing))
    told = json.loads(state.read_text(encoding="utf-8"))
    there = [number not in missing for number in range(3)]
    assert (7, ["a"], str(folder), "yes") == (done.returncode, told["words"], told["folder"], told["told"])
    assert there == told["there"] == told["open"]
    assert [there[number] and "utf-8" for number in range(3)] == [each or False for each in told["encodings"]]


def test_ends_by_a_signal(folder):
    """A process that a signal ended says so, and the next one is not touched by it."""
    env = {"STATE": str(folder / "state.json")}
    assert [-15, 7] == [forked(word, program=STATE, env=env).returncode for word in ("end", "a")]


def test_nothing_is_left_of_the_last(folder):
    """What one process changed, the next one does not find changed."""
    change = "import os, sys, insitu_advisor; insitu_advisor.__version__ = 'changed'; os.environ['TOLD'] = 'yes'\n"
    assert 0 == forked(program=change).returncode
    assert run("--version").stdout == forked("--version").stdout
