"""What other programs may rely on: exit codes, streams, and the fields of the JSON."""

import itertools
import json
import re
import shlex
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import typer.main

from cli.running import invoke, python, run
from command_reference import commands
from insitu_advisor import __version__
from insitu_advisor.cli.app import app
from insitu_advisor.cli.former import NOW
from insitu_advisor.cli.main import COMMANDS as BUILT
from insitu_advisor.cli.program import PANELS
from insitu_advisor.engine.question.command import DRAWS
from insitu_advisor.render.formats.json_parts import SCHEMA_VERSION


def leaves(group, *above):
    """The words that call each command that the help shows, and its parameters."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from leaves(command, *above, name)
        elif not command.hidden:
            yield (*above, name), {param.name: param for param in command.params}


FILES_OF_EXAMPLES = {
    ".csv": lambda: "anode,ion\nalloy,K\n",
    ".json": lambda: invoke(*QUESTION, *FEW, "--format", "json").stdout,
    ".yaml": lambda: "traits:\n  magnetic: Attracted by a magnet.\n",
}
PARAMETERS = dict(leaves(typer.main.get_command(app)))
COMMANDS = sorted(PARAMETERS)


SHORT = {
    "-a": "--anode", "-i": "--ion", "-t": "--target", "-s": "--scale", "-r": "--c-rate", "-u": "--facility",
    "-b": "--budget", "-w": "--weights", "-f": "--format", "-o": "--output", "-h": "--help",
}  # fmt: skip


def taking(name, *words):
    """The commands with a parameter of this name and all these words in its help."""
    return [
        command
        for command in COMMANDS
        if name in PARAMETERS[command] and all(word in PARAMETERS[command][name].help for word in words)
    ]


IDS = {"xrd", "tem", "eis", "ftir", "raman", "nmr", "xps", "sans", "xrd+tem", "xrd+raman", "tem+eis"}
PAIRINGS = {"xrd+tem", "xrd+raman", "tem+eis"}
QUESTION = ("recommend", "--anode", "alloy", "--ion", "K")
NOTHING_LEFT = (*QUESTION, "--facility", "potentiostat", "--target", "crystalline-phase")
FULL_QUESTION = (
    "recommend", "--anode", "hard-carbon", "--ion", "Na", "--target", "pore-filling=2", "--target", "sei-growth",
    "--budget", "high", "--max-preparation", "high", "--facility", "department", "--scale", "electrode",
    "--c-rate", "C/10", "--weights", "frugal",
)  # fmt: skip
PLAIN_OPTION = {"id", "kind", "name"}
RANKED = PLAIN_OPTION | {"rank", "score", "parts", "cautions", "tied_with"}
EXCLUDED = {"id", "kind", "rule", "reason", "remedy", "sources"}
PART = {"criterion", "weight", "value", "points", "max_points", "reasons"}
FEW = ("--samples", "100")
QUESTIONS = {
    "usual": QUESTION, "full": FULL_QUESTION, "nothing-left": NOTHING_LEFT, "open": ("recommend", "--anode", "unknown"),
}  # fmt: skip


@pytest.fixture(scope="module", params=QUESTIONS)
def answer(request):
    """The JSON answer to one of several questions."""
    return json.loads(invoke(*QUESTIONS[request.param], *FEW, "--format", "json").stdout)


class TestJson:
    def test_top_level(self, answer):
        """One object holds every section of the contract."""
        promised = {
            "schema_version", "question", "knowledge_base", "ranking", "excluded", "do", "unanswered", "robustness",
            "precedents", "references", "reproduce",
        }  # fmt: skip
        assert set() == promised - set(answer)
        assert re.fullmatch(r"\d+\.\d+", answer["schema_version"])

    def test_every_option_once(self, answer):
        """Each of the eleven options is ranked or excluded, never both and never neither."""
        ids = [option["id"] for option in answer["ranking"] + answer["excluded"]]
        assert sorted(IDS) == sorted(ids)

    def test_kind(self, answer):
        """An option says whether it is a technique or a pairing."""
        for option in answer["ranking"] + answer["excluded"]:
            assert ("pairing" if option["id"] in PAIRINGS else "technique") == option["kind"]

    def test_question_has_value_and_source(self, answer):
        """Each answer of the question says where it comes from."""
        fields = {
            "anode", "ion", "targets", "budget", "max_preparation", "facilities", "scale", "c_rate", "cell",
            "electrolyte", "temperature", "weights",
        }  # fmt: skip
        assert set() == fields - set(answer["question"])
        for entry in map(answer["question"].get, fields):
            assert {"value", "source"} <= set(entry)
            assert entry["source"] in {"given", "understood", "assumed", "lab-profile"}

    def test_knowledge_base(self, answer, kb):
        """Version and hash name the state of knowledge."""
        assert kb.about.version == answer["knowledge_base"]["version"]
        assert re.fullmatch(r"[0-9a-f]{64}", answer["knowledge_base"]["sha256"])
        assert kb.sha256 == answer["knowledge_base"]["sha256"]

    def test_ranked_option(self, answer):
        """A ranked option has every field of the contract, and the best stands first."""
        for option in answer["ranking"]:
            assert set() == RANKED - set(option)
        scores = [option["score"] for option in answer["ranking"]]
        assert sorted(scores, reverse=True) == scores
        ranks = [option["rank"] for option in answer["ranking"]]
        assert sorted(ranks) == ranks

    def test_parts_add_up(self, answer):
        """The points of the parts make the score, and none exceeds its maximum."""
        for option in answer["ranking"]:
            assert pytest.approx(option["score"], abs=1e-4) == sum(part["points"] for part in option["parts"])
            assert pytest.approx(100, abs=1e-4) == sum(part["max_points"] for part in option["parts"])
            for part in option["parts"]:
                assert set() == PART - set(part)
                assert 0 <= part["points"] <= part["max_points"] + 1e-6

    def test_every_part_has_a_reason(self, answer):
        """No points without a text, its basis and its sources."""
        for option in answer["ranking"]:
            for part in option["parts"]:
                assert part["reasons"], (option["id"], part["criterion"])
                for reason in part["reasons"]:
                    assert {"text", "basis", "sources"} <= set(reason)
                    assert reason["text"]

    def test_ties_are_mutual(self, answer):
        """Options tied with each other name each other and share a rank."""
        ranking = {option["id"]: option for option in answer["ranking"]}
        for option in ranking.values():
            for other in option["tied_with"]:
                assert option["id"] in ranking[other]["tied_with"]
                assert option["rank"] == ranking[other]["rank"]

    def test_excluded_option(self, answer):
        """An excluded option has a rule, a reason and a remedy."""
        for option in answer["excluded"]:
            assert set() == EXCLUDED - set(option)
            assert option["rule"]
            assert option["reason"]
            assert option["remedy"]

    def test_references_resolve(self, answer):
        """Every source that is named stands in the references, and no key twice."""
        keys = [reference["key"] for reference in answer["references"]]
        assert sorted(set(keys)) == sorted(keys)
        assert set() == set(sources(answer)) - set(keys)

    def test_reproduces(self, answer):
        """The command that is printed asks the same question again."""
        program, *words = shlex.split(answer["reproduce"])
        assert "insitu-advisor" == program
        again = json.loads(invoke(*words, "--format", "json").stdout)
        assert answer["ranking"] == again["ranking"]
        assert answer["excluded"] == again["excluded"]

    def test_assumed_and_given(self):
        """What was not said is assumed, what was said is given."""
        question = json.loads(invoke(*QUESTION, *FEW, "--format", "json").stdout)["question"]
        assert ("alloy", "given") == (question["anode"]["value"], question["anode"]["source"])
        assert ("K", "given") == (question["ion"]["value"], question["ion"]["source"])
        left_out = ("targets", "budget", "max_preparation", "facilities", "scale", "c_rate", "weights")
        assert {"assumed"} == {question[field]["source"] for field in left_out}


def test_lab_profile_is_named_as_the_source(tmp_path):
    """An answer taken from the lab profile says so."""
    path = tmp_path / "lab.yaml"
    path.write_text("name: Ours\ninstruments:\n  lab-xrd: {access: owned}\n")
    question = json.loads(invoke(*QUESTION, *FEW, "--lab", str(path), "--format", "json").stdout)["question"]
    assert ("lab-profile", ["lab-xrd"]) == (question["facilities"]["source"], question["facilities"]["value"])


def sources(data):
    """Every source key below an answer."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from value if key == "sources" else sources(value)
    elif isinstance(data, list):
        for item in data:
            yield from sources(item)


class TestExitCodes:
    def test_answered(self):
        """0: the question is answered, and stderr stays silent."""
        done = run(*QUESTION)
        assert (0, b"") == (done.returncode, done.stderr)
        assert done.stdout

    def test_our_fault(self):
        """1: a fault of our own is admitted, without a traceback."""
        done = python(
            "import sys, insitu_advisor.engine.method.ranking as r\n"
            "def broken(*_): raise RuntimeError('inner gear')\n"
            "r.recommend = broken\n"
            "sys.argv = ['insitu-advisor', 'recommend', '--ion', 'K']\n"
            "from insitu_advisor.cli.main import main\n"
            "main()\n"
        )
        assert (1, b"") == (done.returncode, done.stdout)
        assert b"our fault" in done.stderr
        assert b"inner gear" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_wrong_usage(self):
        """2: a word that is not understood."""
        done = run("recommend", "--ion", "Mg")
        assert (2, b"") == (done.returncode, done.stdout)
        assert b"choose Li, Na or K" in done.stderr

    def test_bad_file(self, tmp_path):
        """3: a file of the user's that is invalid, named with its line."""
        path = tmp_path / "own.yaml"
        path.write_text("traits:\n  a: 1\n  a: 2\n")
        done = run("recommend", "--ion", "K", "--kb", str(path))
        assert (3, b"") == (done.returncode, done.stdout)
        assert f"{path}:3: ".encode() in done.stderr

    @pytest.mark.parametrize("form", ["text", "markdown", "json"])
    def test_nothing_passes(self, form):
        """4: nothing passes the constraints; the answer is still printed, with remedies."""
        done = invoke(*NOTHING_LEFT, "--format", form)
        assert 4 == done.exit_code
        assert "lab-xrd" in done.stdout
        assert "" == done.stderr

    def test_nothing_passes_in_a_report(self):
        """A report in which nothing is left ends with 4 as well."""
        assert 4 == invoke("report", *NOTHING_LEFT[1:]).exit_code


@pytest.fixture
def example(tmp_path, monkeypatch):
    """The words of the example in a command's help, in a folder where the files they name lie."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INSITU_ADVISOR_LAB")

    def words_of(command):
        text = " ".join(invoke(*command, "--help").stdout.split())
        headings = "|".join(("Arguments", "Options", *PANELS))
        words = shlex.split(re.search(rf"Example: (insitu-advisor .+?) (?:{headings}):", text)[1])[1:]
        if ("lab", "init") != command:
            assert 0 == invoke("lab", "init").exit_code
        for before, name in pairwise(words):
            if before != "-o" and Path(name).suffix in FILES_OF_EXAMPLES:
                Path(name).write_text(FILES_OF_EXAMPLES[Path(name).suffix]())
        return words

    return words_of


@pytest.mark.usefixtures("few_questions")
class TestEveryCommand:
    def test_all_are_seen(self):
        """The program's own list of commands is the list these tests go through."""
        assert {entry.name for entry in BUILT if entry.panel} == {command[0] for command in COMMANDS}
        assert COMMANDS == sorted(path for path, command in commands() if not command.hidden)

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_unknown_option(self, command):
        """2, naming the option first and the usage last, without a traceback."""
        done = invoke(*command, "--nonesuch")
        assert (2, "") == (done.exit_code, done.stdout)
        assert "--nonesuch" in done.stderr.splitlines()[0]
        assert done.stderr.splitlines()[-1].startswith(f"  Usage: insitu-advisor {' '.join(command)} ")

    @pytest.mark.parametrize("command", taking("format"), ids=" ".join)
    def test_unknown_format(self, command, example):
        """2, naming the formats there are."""
        words = without_output(example(command))
        done = invoke(*words, "--format", "nonesuch")
        assert (2, "") == (done.exit_code, done.stdout)
        assert done.stderr.startswith("Error: --format: there is no format 'nonesuch'")
        known = re.findall(r"\w+", PARAMETERS[command]["format"].help.replace(" or ", " "))
        assert [] == [form for form in known if form not in done.stderr]

    @pytest.mark.parametrize("command", taking("format", "json."), ids=" ".join)
    def test_json(self, command, example, kb):
        """One object on stdout with the same version of the schema, and the knowledge it rests on."""
        words = without_output(example(command))
        done = invoke(*words, "--format", "json")
        assert (0, "") == (done.exit_code, done.stderr)
        data = json.loads(done.stdout)
        assert SCHEMA_VERSION == data["schema_version"]
        assert kb.about.version == data["knowledge_base"]["version"]
        assert re.fullmatch(r"[0-9a-f]{64}", data["knowledge_base"]["sha256"])

    @pytest.mark.parametrize("command", taking("kb"), ids=" ".join)
    def test_own_knowledge_that_is_not_there(self, command, example):
        """3, naming the file."""
        words = without_output(example(command))
        done = invoke(*words, "--kb", "gone.yaml")
        assert (3, "") == (done.exit_code, done.stdout)
        assert "gone.yaml: there is no such file" in done.stderr

    @pytest.mark.parametrize("command", taking("lab"), ids=" ".join)
    def test_lab_profile_that_is_not_there(self, command, example):
        """3, naming the file."""
        words = without_output(example(command))
        done = invoke(*words, "--lab", "gone.yaml")
        assert (3, "") == (done.exit_code, done.stdout)
        assert "gone.yaml: there is no such file" in done.stderr

    @pytest.mark.parametrize(
        "words",
        [
            ("screen", "gone.csv"),
            ("replay", "gone.json"),
            ("kb", "check", "gone.yaml"),
            ("kb", "diff", "shipped", "gone.yaml"),
            ("kb", "diff", "gone.yaml", "shipped"),
            ("kb", "stats", "gone.yaml"),
        ],
        ids=" ".join,
    )
    def test_file_that_is_not_there(self, words, tmp_path, monkeypatch):
        """3, naming the file."""
        monkeypatch.chdir(tmp_path)
        done = invoke(*words)
        assert (3, "") == (done.exit_code, done.stdout)
        assert re.search(r"Error: .*gone\.", done.stderr)

    @pytest.mark.parametrize("command", taking("to"), ids=" ".join)
    def test_output_that_exists(self, command, example):
        """2, and the file stays as it was."""
        words = without_output(example(command))
        Path("mine").write_text("mine")
        done = invoke(*words, "-o", "mine")
        assert (2, "") == (done.exit_code, done.stdout)
        assert "mine exists and was left as it is; add --force to replace it" in done.stderr
        assert "mine" == Path("mine").read_text()

    @pytest.mark.parametrize("command", taking("to"), ids=" ".join)
    def test_output_in_a_missing_folder(self, command, example):
        """3, and nothing is written."""
        words = without_output(example(command))
        done = invoke(*words, "-o", "gone/answer")
        assert (3, "") == (done.exit_code, done.stdout)
        assert "cannot write gone/answer" in done.stderr
        assert not Path("gone").exists()

    @pytest.mark.parametrize(
        "data",
        [
            5,
            [],
            {},
            {"question": 5},
            {"question": {}},
            {"question": {"anode": 5}},
            {"knowledge_base": []},
            {"knowledge_base": {"overlays": 5}},
            {"knowledge_base": {"overlays": [5]}},
            {"knowledge_base": {"lab": 5}},
            {"ranking": 5},
            {"ranking": [5]},
            {"ranking": [{}]},
            {"excluded": [{}]},
            {"robustness": []},
            {"robustness": {"draws": "many"}},
        ],
        ids=str,
    )
    def test_answer_to_replay_that_is_none(self, data, tmp_path):
        """0 or 3: what does not matter is read past, what does is a fault of the file and none of ours."""
        whole = json.loads(FILES_OF_EXAMPLES[".json"]())
        path = tmp_path / "answer.json"
        path.write_text(json.dumps(whole | data if data and isinstance(data, dict) else data))
        done = invoke("replay", str(path))
        assert isinstance(done.exception, SystemExit | None), repr(done.exception)
        assert done.exit_code in {0, 3}


def without_output(words):
    """The words of a command without the file it writes to."""
    return words[: words.index("-o")] if "-o" in words else words


OLD_NAMES = {
    "ask": ("recommend", ("--ion", "K")),
    "why-not": ("why", ("nmr", "--ion", "K")),
    "timing": ("show", ("speeds", "--c-rate", "C/20", "--c-rate", "1C")),
    "precedents": ("show", ("studies", "--ion", "K", "--full")),
    "list": ("show", ("techniques",)),
    "targets": ("show", ("goals", "--full")),
}
OLD_WORDS = {
    "ask": ("--ion", "K"),
    "why-not": ("nmr", "--ion", "K"),
    "timing": ("C/20", "1C"),
    "precedents": ("-i", "K"),
}


class TestFormerNames:
    @pytest.mark.parametrize("old", OLD_NAMES)
    def test_still_answers(self, old):
        """A name of the last version answers as the new one does, and says on stderr what that is."""
        new, words = OLD_NAMES[old]
        done = invoke(old, *OLD_WORDS.get(old, ()))
        assert 0 == done.exit_code, done.stderr
        assert invoke(new, *words).stdout == done.stdout
        assert f"'{old}' is now '{NOW[old]}'" in done.stderr

    def test_all_are_tried(self):
        """Every hidden name is in the table of what replaces it; pictures are tried below."""
        assert {entry.name for entry in BUILT if entry.panel is None} == set(NOW)
        assert set(OLD_NAMES) == set(NOW) - {"figure"}

    def test_pictures(self):
        """The command for one picture says which one draws them all."""
        done = invoke("figure", "coverage", "--anode", "alloy", "-o", "coverage.svg")
        assert (2, "") == (done.exit_code, done.stdout)
        assert "'figure' is now 'report --figures DIR'" in done.stderr


class TestCommands:
    def test_nothing_asked(self):
        """Without a question and without a terminal to ask on: 2, with what could be said."""
        done = run("recommend")
        assert (2, b"") == (done.returncode, done.stdout)
        assert done.stderr.startswith(b"Error: no question was given")
        assert b"--anode silicon --ion Li --target" in done.stderr

    def test_compare(self):
        """`compare xrd tem` needs no question."""
        done = invoke("compare", "xrd", "tem")
        assert 0 == done.exit_code
        assert {"XRD", "TEM"} <= set(re.findall(r"\w+", done.stdout))

    def test_report_to_a_file(self, tmp_path):
        """`report -o` writes what it would print, and says so on stderr only."""
        path = tmp_path / "report.md"
        words = ("report", *QUESTION[1:], *FEW)
        done = invoke(*words, "-o", str(path))
        assert (0, "", f"Wrote {path}\n") == (done.exit_code, done.stdout, done.stderr)
        assert invoke(*words).stdout == path.read_text(encoding="utf-8")

    def test_version(self):
        """`--version` prints name and version."""
        done = invoke("--version")
        assert (0, f"insitu-advisor {__version__}\n") == (done.exit_code, done.stdout)

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_help(self, command):
        """Every help page starts with the usage and holds an example; `-h` and `help` show the same."""
        done = invoke(*command, "--help")
        assert 0 == done.exit_code
        assert f"insitu-advisor {' '.join(command)} " in done.stdout.splitlines()[0]
        assert f"Example: insitu-advisor {' '.join(command)}" in " ".join(done.stdout.split())
        assert done.stdout == invoke(*command, "-h").stdout == invoke("help", *command).stdout

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_options_stand_in_groups(self, command):
        """Every option stands in one of the groups, and a short form means the same in every command."""
        options = [param for param in PARAMETERS[command].values() if param.param_type_name == "option"]
        assert {option.rich_help_panel for option in options} <= set(PANELS)
        for option in options:
            for short in [name for name in option.opts if not name.startswith("--")]:
                assert SHORT[short] in option.opts

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_example_of_the_help_runs(self, command, example, few_questions):
        """What the help shows as an example is answered, also in a folder where a lab profile lies."""
        done = invoke(*example(command))
        assert 0 == done.exit_code, done.stderr

    @pytest.mark.parametrize("group", sorted({command[0] for command in COMMANDS if len(command) > 1}))
    def test_help_of_a_group(self, group):
        """The help of a group of commands starts with the usage and holds an example."""
        done = invoke(group, "--help")
        assert f"insitu-advisor {group} " in done.stdout.splitlines()[0]
        assert f"Example: insitu-advisor {group}" in done.stdout

    def test_program_help(self):
        """The help of the program starts with the usage, names every command and holds an example."""
        done = run("--help")
        text = done.stdout.decode()
        assert "insitu_advisor" in text.splitlines()[0]
        assert "Example: insitu-advisor recommend --anode alloy --ion K" in text
        listed = Counter(re.findall(r"^  ([a-z]+)  ", text, re.MULTILINE))
        assert Counter({command[0] for command in COMMANDS}) == listed

    def test_summaries_are_whole(self):
        """No summary is cut or wrapped at 80 columns."""
        lines = invoke("--help", env={"COLUMNS": "80"}).stdout.splitlines()
        told = [line for line in lines if re.match(r"  [a-z]+  ", line)]
        assert told
        assert [] == [line for line in told if line.endswith("...")]
        commands, _, _ = "\n".join(lines).partition("\nOptions:")
        assert [] == [line for line in commands.splitlines() if re.match(r" {6,}", line)]

    @pytest.mark.parametrize("words", [("plann",), ("kb", "chek"), ("nonesuch",)])
    def test_help_of_an_unknown_command(self, words):
        """`help` with a word that is no command is wrong usage."""
        assert 2 == invoke("help", *words).exit_code

    @pytest.mark.parametrize("pairing", sorted(PAIRINGS))
    @pytest.mark.parametrize("command", ["why", "show"])
    def test_either_order(self, command, pairing):
        """A pairing is the same in either order of its members."""
        mirrored = "+".join(reversed(pairing.split("+")))
        done = invoke(command, mirrored)
        assert 0 == done.exit_code, done.stderr
        assert invoke(command, pairing).stdout == done.stdout


@pytest.mark.parametrize(
    ("command", "form"),
    [
        ("recommend", "text"),
        ("recommend", "markdown"),
        ("recommend", "json"),
        ("report", "text"),
        ("report", "markdown"),
        ("report", "html"),
        ("report", "proposal"),
        ("report", "json"),
    ],
)
def test_answers_say_what_they_rest_on(kb, command, form):
    """Every answer carries version and hash of the knowledge and the command that reproduces it."""
    full = ("--full",) if command == "recommend" else ()
    text = invoke(command, *QUESTION[1:], *FEW, *full, "--format", form).stdout
    missing = [word for word in (kb.about.version, kb.sha256, "--anode alloy --ion K") if word not in text]
    assert [] == missing


@pytest.mark.parametrize(("command", "form"), list(itertools.product(("recommend", "report"), ("text", "markdown"))))
@pytest.mark.parametrize("question", QUESTIONS)
def test_line_that_reproduces(kb, command, form, question, tmp_path, monkeypatch):
    """The command under 'Reproduce' gives the very page it stands on."""
    full = ("--full",) if command == "recommend" else ()
    words = (command, *QUESTIONS[question][1:], *FEW, *full)
    text = invoke(*words, "--format", form).stdout
    section = re.search(r"^(?:## )?Reproduce$(.*?)(?:^(?:## )?Next$|\Z)", text, re.MULTILINE | re.DOTALL)[1]
    assert f"Knowledge base {kb.about.version}, sha256 {kb.sha256}." in section
    (line,) = re.findall(r"^ *insitu-advisor (.+)$", section, re.MULTILINE)
    if command == "recommend":
        assert text == invoke(*shlex.split(line), *full, "--format", form).stdout
        return
    with monkeypatch.context() as here:
        here.chdir(tmp_path)
        invoke(*shlex.split(line))
    (written,) = tmp_path.iterdir()
    assert text == written.read_text(encoding="utf-8")
    assert {"text": ".txt", "markdown": ".md"}[form] == written.suffix


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
@pytest.mark.parametrize("command", ["recommend", "report"])
def test_sampling_is_reproduced(command, form):
    """A number of draws is part of the command that reproduces the answer when it is not the usual one."""
    full = ("--full",) if command == "recommend" else ()
    words = (command, *QUESTION[1:], *full, "--format", form)
    assert "--samples 300" in invoke(*words, "--samples", "300").stdout
    assert "--samples" not in invoke(*words, "--samples", str(DRAWS)).stdout


def test_samples_of_the_certificate():
    """The command that reproduces an answer draws as often."""
    first = json.loads(invoke(*QUESTION, "--samples", "300", "--format", "json").stdout)
    again = json.loads(invoke(*shlex.split(first["reproduce"])[1:], "--format", "json").stdout)
    assert 300 == first["robustness"]["draws"]
    assert first == again


def test_own_file_is_reproduced(tmp_path, monkeypatch):
    """The command that reproduces an answer finds the user's file where it lay."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "lab"
    folder.mkdir()
    (folder / "own.yaml").write_text("traits:\n  magnetic: Attracted by a magnet.\n")
    first = json.loads(invoke(*QUESTION, *FEW, "--kb", "lab/own.yaml", "--format", "json").stdout)
    again = invoke(*shlex.split(first["reproduce"])[1:], "--format", "json")
    assert 0 == again.exit_code, again.stderr
    assert first == json.loads(again.stdout)
