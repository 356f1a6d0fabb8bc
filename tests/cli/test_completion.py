"""Completion as a shell asks for it: the words that fit, with their meaning, and never an error."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import environment
from cli.shell_program import Answering, answered
from insitu_advisor import ask, recommend
from insitu_advisor.cli import completion

PROGRAM = "import sys; sys.argv = ['insitu-advisor']; from insitu_advisor.cli.main import main; main()"
SHELLS = ("bash", "zsh", "fish")


def _asked(shell, line):
    """What a shell sets to complete the last word of a line."""
    asked = {"_INSITU_ADVISOR_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        return asked | {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    return asked | {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}


def _answered(shell, line, extra=None):
    """What the command answers a shell that completes the last word of a line."""
    return answered(_asked(shell, line), extra)


def _offered(shell, line, extra=None):
    """The words offered for the end of a line."""
    done = _answered(shell, f"insitu-advisor {line}", extra)
    assert (0, "") == (done.exit_code, done.stderr)
    if shell == "zsh":
        if done.stdout.strip() == "_files":
            return []
        inside = done.stdout.strip().removeprefix("_arguments '*: :((").removesuffix("))'")
        return [entry.split('"')[1] for entry in inside.splitlines()]
    return [entry.split("\t")[0] for entry in done.stdout.splitlines() if entry]


@pytest.mark.parametrize("shell", SHELLS)
def test_words_of_a_question_complete(kb, shell):
    """Targets, materials and anode types, facilities and presets complete from the knowledge base."""
    goals = [key for key in {**kb.targets, **kb.goals} if key.startswith("s")]
    assert goals == _offered(shell, "recommend --target s")
    assert ["alloy", *(key for key in kb.materials if key.startswith("al"))] == _offered(shell, "plan --anode al")
    everything = [key for key in (*kb.presets, *kb.facilities) if key.startswith("n")]
    assert everything == _offered(shell, "report --facility n")
    assert everything


@pytest.mark.parametrize("shell", SHELLS)
def test_options_complete_with_pairings(kb, shell):
    """Techniques and pairings complete as arguments of compare, why and show."""
    expected = [key for key in kb.options if key.startswith("x")]
    assert "xrd+tem" in expected
    for line in ("compare x", "compare tem x", "why x", "show studies --technique x"):
        assert expected == _offered(shell, line), line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("recommend --ion ", ["Li", "Na", "K"]),
        ("recommend --budget ", ["low", "moderate", "high", "very-high", "unlimited"]),
        ("recommend --max-preparation v", ["very-high"]),
        ("recommend --scale p", ["particle"]),
        ("recommend --weights ", ["balanced", "insight", "frugal"]),
        ("show sei-", ["sei-composition", "sei-growth"]),
        ("show stu", ["studies"]),
        ("recommend --cell ", ["half", "full", "symmetric", "anode-free", "coin", "pouch", "cylindrical", "unopened"]),
        ("recommend --target fracture --target sei-c", ["sei-composition"]),
        ("recommend --max", ["--max-preparation"]),
        ("rec", ["recommend"]),
        ("kb s", ["schema", "stats"]),
    ],
)
def test_closed_lists_complete(line, expected):
    """Ions, tiers, scales, profiles, pictures, entries, options and commands complete."""
    assert expected == _offered("bash", line)


def test_meaning_stands_beside_the_word(kb):
    """Shells that show help get the definition of a target and the name of a facility."""
    fish = _answered("fish", "insitu-advisor recommend --target frac").stdout
    assert f"fracture\t{kb.targets['fracture'].definition}" == fish.strip()
    zsh = _answered("zsh", "insitu-advisor recommend --target frac").stdout
    assert f'_arguments \'*: :(("fracture":"{kb.targets["fracture"].definition}"))\'' == zsh.strip()


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "line",
    [
        "recommend --target zzz",
        "recommend --c-rate ",
        "nonsense ",
        "recommend --target 'sei",
        'show "',
        "why xrd --ion",
    ],
)
def test_nothing_to_offer_is_no_error(shell, line):
    """Unknown words, open quotes and unfinished commands end quietly, with no traceback."""
    done = _answered(shell, f"insitu-advisor {line}")
    assert (0, "") == (done.exit_code, done.stderr)
    assert "Traceback" not in done.stdout
    assert "Error" not in done.stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_broken_copy_is_no_error(shell, tmp_path):
    """A spoilt or unwritable folder of kept copies does not reach the prompt."""
    spoilt = tmp_path / "copies"
    spoilt.write_text("no folder", encoding="utf-8")
    assert ["fracture"] == _offered(shell, "recommend --target frac", {"INSITU_ADVISOR_CACHE": str(spoilt)})


@pytest.mark.parametrize("shell", SHELLS)
def test_command_itself_completes(shell):
    """In a process of its own the command answers in the same way, and prints nothing else."""
    env = environment(_asked(shell, "insitu-advisor recommend --target frac"))
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, env=env, check=True, text=True)
    assert (_answered(shell, "insitu-advisor recommend --target frac").stdout, "") == (done.stdout, done.stderr)


@pytest.mark.parametrize("shell", SHELLS)
def test_script_for_the_shell_is_printed(shell):
    """The script a user sources calls this command back under the variable it listens to."""
    asked = environment({"_INSITU_ADVISOR_COMPLETE": f"source_{shell}"})
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, env=asked, check=True, text=True)
    assert f"_INSITU_ADVISOR_COMPLETE=complete_{shell}" in done.stdout
    assert "insitu-advisor" in done.stdout


# What each shell offers for the words of a line, as it asks when somebody presses the tab key; one offer a line.
ASKING = {
    "bash": """
        eval "$(_INSITU_ADVISOR_COMPLETE=source_bash insitu-advisor)"
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _insitu_advisor_completion insitu-advisor
        printf '%s\\n' "${COMPREPLY[@]}"
    """,
    # What _arguments does with its words, which it reads as a list of word:meaning.
    "zsh": """
        compdef() { :; }; _files() { :; }
        _arguments() { local spec=${1#'*: :(('}; eval "offers=(${spec%'))'})" }
        eval "$(_INSITU_ADVISOR_COMPLETE=source_zsh insitu-advisor)"
        words=("$@"); CURRENT=$#; offers=(); _insitu_advisor_completion
        print -rl -- ${offers%%:*}
    """,
    "fish": """
        _INSITU_ADVISOR_COMPLETE=source_fish insitu-advisor | source
        complete -C "$argv"
    """,
}


@pytest.fixture(scope="module", params=SHELLS)
def real_shell(request, tmp_path_factory):
    """A shell with the completion sourced: its name, and what it would offer for the words of a line."""
    shell = shutil.which(request.param)
    if shell is None:
        pytest.skip(f"no {request.param} found")
    folder, home = tmp_path_factory.mktemp("bin"), tmp_path_factory.mktemp("home")
    itself = f'exec "{sys.executable}" -c "{PROGRAM}" "$@"'
    program = Answering(folder) if os.name == "posix" else None
    command = folder / "insitu-advisor"
    command.touch()
    command.chmod(0o755)

    def offered(*words, script=program.script if program else itself):
        command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        env = environment({"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "HOME": str(home), "LC_ALL": "C.UTF-8"})
        start = [shell, "-f", "-c"] if request.param == "zsh" else [shell, "-c"]
        line = [" ".join(words)] if request.param == "fish" else words
        name = ["sh"] if request.param != "fish" else []
        done = subprocess.run(
            [*start, ASKING[request.param], *name, *line], capture_output=True, env=env, check=True, text=True,
            timeout=60, cwd=home,
        )  # fmt: skip
        assert "" == done.stderr
        return [line.split("\t")[0] for line in done.stdout.splitlines() if line]

    offered.home, offered.itself = home, itself
    yield request.param, offered
    if program:
        program.close()


ODD_LINES = {
    "colon": (("recommend", "--anode", "Li:Si", "--target", "frac"), ["fracture"]),
    "not-ascii": (("recommend", "--anode", "Für-日本", "--target", "frac"), ["fracture"]),
    "space": (("recommend", "--anode", "'hard carbon'", "--target", "frac"), ["fracture"]),
    "quotes": (("plan", '"Where do dendrites start?"', "--target", "frac"), ["fracture"]),
    "weight": (("recommend", "--target", "sei-growth=2", "--target", "frac"), ["fracture"]),
    "pattern": (("recommend", "--anode", "*", "--target", "frac"), ["fracture"]),
    "call": (
        ("recommend", "--anode", "'$(touch${IFS}owned)`touch${IFS}owned`;touch'", "--target", "frac"),
        ["fracture"],
    ),
    "bracket": (("recommend", "--anode", "'NaTi2(PO4)3'", "--target", "frac"), ["fracture"]),
    "plus": (("why", "xrd+t"), ["xrd+tem"]),
    "colon-at-the-end": (("recommend", "--target", "a:b"), []),
    "not-ascii-at-the-end": (("show", "日本"), []),
    "meaning-with-a-bracket": (("recommend", "--anode", "sodium-titanium"), ["sodium-titanium-phosphate"]),
}


@pytest.mark.parametrize("case", ODD_LINES)
def test_shell_itself_completes(real_shell, case):
    """In each shell itself words complete behind colons, quotes, brackets and letters beyond ASCII; nothing is run."""
    shell, offered = real_shell
    words, expected = ODD_LINES[case]
    assert expected == [word for word in offered("insitu-advisor", *words) if word], shell
    assert not list(Path(offered.home).glob("owned*"))


def test_shell_itself_starts_the_command(real_shell):
    """The program as it is installed, in a process of its own, completes in each shell."""
    shell, offered = real_shell
    words, expected = ODD_LINES["colon"]
    assert expected == offered("insitu-advisor", *words, script=offered.itself), shell


@pytest.mark.parametrize("words", [("recommend", "--target", ""), ("recommend", "--anode", ""), ("show", "")])
def test_shell_itself_reads_every_meaning(real_shell, kb, words):
    """No meaning in the knowledge base breaks what a shell reads, or is offered as a word itself."""
    shell, offered = real_shell
    found = [word for word in offered("insitu-advisor", *words) if word]
    known = {"--target": completion.targets, "--anode": completion.materials}.get(words[-2], completion.entries)
    assert {word for word, _ in known("")} == set(found), shell


def test_offered_words_are_understood(kb):
    """Every completed anode, target and facility is a word the question takes."""
    for anode, _ in completion.materials(""):
        assert ask(kb, anode=anode).anode.value
    words = {
        "targets": [word for word, _ in completion.targets("")],
        "facilities": [word for word, _ in completion.facilities("")],
    }
    assert set(kb.targets) == set(ask(kb, **words).target_ids)
    assert kb.askable == set(words["targets"])
    assert recommend(ask(kb, **words), kb).ranking
    assert set(kb.options) == {word for word, _ in completion.options("")}


def test_missing_knowledge_offers_nothing(monkeypatch):
    """Where the knowledge base cannot be read, completion offers nothing instead of failing."""
    from insitu_advisor.knowledge import loader

    monkeypatch.setattr(loader, "PACKAGE", Path("/nowhere/at/all"))
    loader._load.cache_clear()
    loader.shipped_pages.cache_clear()
    try:
        assert [] == completion.targets("")
    finally:
        loader._load.cache_clear()
        loader.shipped_pages.cache_clear()
