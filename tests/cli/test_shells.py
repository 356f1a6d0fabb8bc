"""The tab key in a real shell on a terminal: whatever stands on the line, the completed word arrives as the value."""

import os
import shlex
import shutil

import pytest

from cli.running import NO_TERMINAL, environment
from cli.shell_program import Answering
from insitu_advisor.cli import completion

pexpect = pytest.importorskip("pexpect", reason="pexpect is missing, and nothing else types into a terminal here")
pytestmark = pytest.mark.skipif(os.name != "posix", reason=NO_TERMINAL)

# Completes as the program does; run, it only writes down what it was given.
COMMAND = """#!/bin/sh
if [ -n "$_INSITU_ADVISOR_COMPLETE" ]; then {complete}; fi
printf '%s\\0' "$@" >{home}/given; echo wri''tten
"""
# How each shell starts without the user's own settings, and what makes it complete; `ready` ends it.
SHELLS = {
    "bash": (
        ["--norc", "--noprofile", "-i"],
        ["PS1=; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'",
         'eval "$(_INSITU_ADVISOR_COMPLETE=source_bash insitu-advisor)"'],
    ),
    "zsh": (
        ["-f", "-i"],
        ["PS1=; unset zle_bracketed_paste; autoload -U compinit; compinit -D -u",
         'eval "$(_INSITU_ADVISOR_COMPLETE=source_zsh insitu-advisor)"'],
    ),
    "fish": (
        ["--no-config", "-i"],
        ["function fish_prompt; end", "_INSITU_ADVISOR_COMPLETE=source_fish insitu-advisor | source"],
    ),
}  # fmt: skip
FILES = ("a:b.yaml", "α-Fe2O3 °C.yaml", "it's.yaml", "dollar$(touch owned).yaml", "own knowledge.yaml")
# What is typed before the tab key, and what the program is given in the end.
TYPED = {
    "plain": ("recommend --target frac", ["recommend", "--target", "fracture"]),
    "plus": ("why xrd+t", ["why", "xrd+tem"]),
    "colon": (
        "recommend --anode Li:Si --target pores:2 --target frac",
        ["recommend", "--anode", "Li:Si", "--target", "pores:2", "--target", "fracture"],
    ),
    "equals": (
        "plan --target sei-growth=2 --target frac",
        ["plan", "--target", "sei-growth=2", "--target", "fracture"],
    ),
    "not-ascii": (
        "recommend --anode α-Fe2O3@C --temperature '20 °C' --target frac",
        ["recommend", "--anode", "α-Fe2O3@C", "--temperature", "20 °C", "--target", "fracture"],
    ),
    "sentence": (
        "recommend 'Where do dendrites: start?' --anode \"it's\" --ion N",
        ["recommend", "Where do dendrites: start?", "--anode", "it's", "--ion", "Na"],
    ),
    "escaped": ("recommend --anode hard\\ carb --ion N", ["recommend", "--anode", "hard carb", "--ion", "Na"]),
    "file-colon": ("recommend --kb a", ["recommend", "--kb", "a:b.yaml"]),
    "file-not-ascii": ("recommend --lab α", ["recommend", "--lab", "α-Fe2O3 °C.yaml"]),
    "file-quote": ("screen it", ["screen", "it's.yaml"]),
    "file-call": ("kb check dol", ["kb", "check", "dollar$(touch owned).yaml"]),
    "file-space": ("recommend --kb own", ["recommend", "--kb", "own knowledge.yaml"]),
}


@pytest.fixture(scope="module", params=SHELLS)
def typing(request, tmp_path_factory):
    """Types a line into a shell, presses tab and then return, and gives what the program got."""
    shell = shutil.which(request.param)
    if shell is None:
        pytest.skip(f"no {request.param} found, so its tab key was not pressed")
    home = tmp_path_factory.mktemp(request.param)
    command = home / "bin" / "insitu-advisor"
    command.parent.mkdir()
    program = Answering(command.parent)
    command.write_text(COMMAND.format(complete=program.script, home=shlex.quote(str(home))), encoding="utf-8")
    command.chmod(0o755)
    work = home / "work"
    work.mkdir()
    for name in FILES:
        (work / name).touch()
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    env = environment({"HOME": str(home), "PATH": path, "LC_ALL": "C.UTF-8", "TERM": "xterm"})
    options, sourcing = SHELLS[request.param]
    terminal = pexpect.spawn(
        shell, options, env=env, cwd=str(work), encoding="utf-8", timeout=60, dimensions=(50, 300)
    )  # fmt: skip
    for line in (*sourcing, "echo rea''dy"):
        terminal.sendline(line)
    terminal.expect("ready\r")

    def typed(line):
        terminal.send(f"insitu-advisor {line}\t\r")
        terminal.expect("written\r")
        return (home / "given").read_text(encoding="utf-8").split("\0")[:-1]

    yield typed
    terminal.close(force=True)
    program.close()
    assert sorted(FILES) == sorted(path.name for path in work.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("case", TYPED)
def test_completed_word_arrives(typing, case):
    """Behind colons, equal signs, quotes and letters beyond ASCII, and where a file is named so; nothing is run."""
    line, given = TYPED[case]
    assert given == typing(line)


@pytest.mark.parametrize(
    "complete",
    [
        completion.targets, completion.options, completion.materials, completion.facilities, completion.profiles,
        completion.entries, completion.ions, completion.tiers, completion.scales, completion.cells,
        completion.electrolytes, completion.pictures,
    ],
)  # fmt: skip
def test_offered_words_need_no_quotes(complete):
    """No word that is offered means anything else to a shell: not a space, not a colon, which zsh ends a word at."""
    words = [word for word, _ in complete("")]
    assert words
    assert [] == [word for word in words if shlex.quote(word) != word or ":" in word]
