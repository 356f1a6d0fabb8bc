"""A table of questions: good rows are answered, bad ones named, and the rest is never touched by them."""

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import time

import pytest

from cli.running import environment, forked, invoke, run
from insitu_advisor.batch.screening import COLUMNS, csv_header, csv_line, json_line, safe_cell, screen
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.words import sentences as wording

pytestmark = pytest.mark.usefixtures("alone")

TABLE = """\
ion,anode,target,budget,facility,c_rate,weights
Li,silicon,fracture,,,,
Mg,silicon,fracture,,,,
Na,hard carbon,pore filling;gas=2,moderate,department;nmr,C/10,insight;cost=20
K,,,low,,,
Li,silicon,fracture,seven,,,
Li,tin,dendrites,,,fast,
"""
FAULTS = {3: "there is no ion 'Mg'", 6: "there is no tier 'seven'", 7: "'fast' is no C-rate"}


def rows_of(kb, text):
    """The rows of a table held in memory."""
    return list(screen(io.StringIO(text, newline=""), kb))


def piped(table):
    """Exit code, output and talk for a table of bytes on standard input."""
    command = [sys.executable, "-m", "insitu_advisor", "screen", "-"]
    done = subprocess.run(command, input=table, capture_output=True, env=environment(), check=False, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


@pytest.fixture
def given(tmp_path):
    """The same from a process that is forked, since Python does not have to start for every table."""

    def answered(table):
        (tmp_path / "given").write_bytes(table)
        done = forked("screen", "-", streams={0: str(tmp_path / "given")})
        return done.returncode, done.stdout, done.stderr.decode()

    return answered if os.name == "posix" else piped


class TestRows:
    def test_bad_rows_are_named_and_the_rest_answered(self, kb):
        """Each bad row has its line and fault; every other row is answered, in order."""
        rows = rows_of(kb, TABLE)
        assert [2, 3, 4, 5, 6, 7] == [row.line for row in rows]
        assert set(FAULTS) == {row.line for row in rows if row.fault}
        assert all(row.fault.startswith(FAULTS[row.line]) for row in rows if row.fault)
        assert all((row.advice is None) == (row.line in FAULTS) for row in rows)

    def test_lists_and_weights(self, kb):
        """Cells split at `;` mean what repeated options mean."""
        question = rows_of(kb, TABLE)[2].advice.question
        expected = ask(
            kb, ion="Na", anode="hard carbon", targets=["pore filling", "gas=2"], budget="moderate",
            facilities=["department", "nmr"], c_rate="C/10", weights=["insight", "cost=20"],
        )  # fmt: skip
        assert expected == question

    def test_empty_cells_are_assumed(self, kb):
        """An empty cell is an answer not given."""
        assert ask(kb, ion="K", budget="low") == rows_of(kb, TABLE)[3].advice.question

    def test_same_answer_as_recommend(self, kb):
        """First three options, scores and reasons are those of the answer to the same question."""
        for row in rows_of(kb, TABLE):
            if row.fault:
                continue
            advice = recommend(row.advice.question, kb)
            expected = [
                (item.id, round(item.score, 6), wording.sees(advice, item.route)) for item in advice.ranking[:3]
            ]
            data = json.loads(json_line(row))
            assert expected == [(item["id"], item["score"], item["why"]) for item in data["first"]]
            assert {item.id: item.rule for item in advice.excluded} == data["excluded"]
            cells = dict(zip(csv_header(), csv_line(row), strict=True))
            assert [(key, f"{score:.0f}", why) for key, score, why in expected] == [
                (cells[f"option_{rank}"], cells[f"score_{rank}"], cells[f"why_{rank}"])
                for rank in range(1, len(expected) + 1)
            ]

    def test_nothing_passes(self, kb):
        """A question that no option passes is marked as such and is no error."""
        (row,) = rows_of(kb, "target,facility\ngas,tem-holder\n")
        assert ["2", "nothing passes", "", "", "", ""] == csv_line(row)[:6]

    def test_too_many_cells(self, kb):
        """A row longer than its header is a fault of that row."""
        first, second = rows_of(kb, "ion,anode\nLi,silicon,more\nNa,tin\n")
        assert (2, "the row has more cells than the header has columns") == (first.line, first.fault)
        assert second.fault is None

    def test_broken_quoting(self, kb):
        """A row with stray quotes is a fault of that row; the next is answered."""
        first, second = rows_of(kb, 'ion,anode\nLi,"sil"icon\nNa,tin\n')
        assert first.fault.startswith("the row cannot be read")
        assert (3, None) == (second.line, second.fault)

    def test_broken_quoting_names_its_line(self, kb):
        """A row that cannot be read is named by its own line."""
        assert 3 == rows_of(kb, 'ion,anode\nNa,tin\nLi,"sil"icon\n')[1].line

    def test_huge_cell(self, kb):
        """A cell beyond any sense is a fault and the next row is answered."""
        rows = rows_of(kb, f"ion,anode\nLi,{'x' * 200_000}\nNa,tin\n")
        assert [True, False] == [row.fault is not None for row in rows]

    @pytest.mark.parametrize("names", [COLUMNS, [f"--{name.replace('_', '-')}" for name in COLUMNS]])
    def test_columns_are_the_options(self, kb, names):
        """Every option of a question may be a column, written as in Python or on the command line."""
        given = {
            "sentence": "Does it crack?", "anode": "silicon", "ion": "Li", "target": "fracture", "budget": "high",
            "max_preparation": "high", "facility": "department", "scale": "particle", "c_rate": "1C", "cell": "half",
            "electrolyte": "ether", "temperature": "20", "weights": "insight",
        }  # fmt: skip
        (row,) = rows_of(kb, f"{','.join(names)}\n{','.join(given[column] for column in COLUMNS)}\n")
        several = {"targets": [given["target"]], "facilities": [given["facility"]], "weights": [given["weights"]]}
        words = {key: word for key, word in given.items() if key not in {"target", "facility", "weights", "cell"}}
        assert ask(kb, **words, **several, cell=[given["cell"]]) == row.advice.question

    def test_a_question_in_words_is_a_column(self, kb):
        """A column `question` takes whole sentences."""
        (row,) = rows_of(kb, 'question\n"Which species make up the SEI on silicon in a lithium cell?"\n')
        assert ("Li", ("sei-composition",)) == (row.advice.question.ion.value, row.advice.question.target_ids)


class TestTable:
    @pytest.mark.parametrize(
        ("table", "said"),
        [
            (b"", "the table is empty"),
            (b"ion,colour\nLi,red\n", "there is no option for the column 'colour'"),
            (b"ion,anodes\nLi,tin\n", "did you mean 'anode'?"),
            (b"ion,ion\nLi,Na\n", "two columns stand for the same option"),
            (b"target,targets\nfracture,gas\n", "two columns stand for the same option"),
            (b'"ion,anode\nLi,tin\n', "the header cannot be read"),
            (b"ion;anode\nLi;tin\n", "the columns are parted by semicolons; save the table with commas"),
            ("ion,anode\nLi,Zinn für Natrium\n".encode("latin-1"), "not UTF-8 text"),
            ("ion,anode\nLi,tin\n".encode("utf-16"), "not UTF-8 text"),
        ],
        ids=["empty", "unknown", "nearest", "twice", "twice-alias", "quote", "semicolons", "latin-1", "utf-16"],
    )
    def test_unusable_table(self, table, said, given):
        """A table that cannot be screened ends with 3 and says why."""
        code, _, talk = given(table)
        assert 3 == code
        assert said in talk
        assert "Traceback" not in talk

    def test_unusable_table_prints_nothing(self):
        """Of a table without usable header nothing is answered, so nothing is printed."""
        assert b"" == piped(b"ion,colour\nLi,red\n")[1]

    @pytest.mark.parametrize("path", ["nowhere.csv", "."])
    def test_unreadable_file(self, folder, path):
        """A file that cannot be read ends with 3 and is named."""
        done = invoke("screen", path)
        assert (3, True) == (done.exit_code, f"cannot read {path}" in done.stderr)

    def test_wrong_format(self, write):
        """An unknown format ends with 2 and names the right ones."""
        done = invoke("screen", write("q.csv", TABLE), "--format", "xml")
        assert (2, True) == (done.exit_code, "known are csv, jsonl" in done.stderr)

    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    def test_spreadsheet_habits(self, ends, given):
        """A byte order mark and Windows line ends change nothing."""
        plain = given(TABLE.encode())
        assert plain == given(b"\xef\xbb\xbf" + TABLE.replace("\n", ends).encode())

    def test_lab_of_the_folder_counts(self, write):
        """A lab profile that recommend would take is taken for a table too."""
        write("lab.yaml", "name: Ours\ninstruments:\n  raman: {access: owned}\n")
        done = invoke("screen", write("q.csv", "ion,anode,target\nLi,silicon,fracture\n"), "--format", "jsonl")
        words = ("recommend", "--ion", "Li", "--anode", "silicon", "--target", "fracture")
        answer = json.loads(invoke(*words, "--samples", "100", "--format", "json").stdout)
        first = json.loads(done.stdout)["first"]
        assert [item["id"] for item in answer["ranking"][:3]] == [item["id"] for item in first]
        assert "The lab profile lab.yaml counts (found in this folder)" in done.stderr

    def test_lab_can_be_named_or_left_out(self, write):
        """A profile given with --lab counts and is named on stderr; with `none` no profile counts and none is named."""
        write("lab.yaml", "name: Ours\ninstruments:\n  raman: {access: owned}\n")
        other = write("other.yaml", "name: Theirs\ninstruments:\n  potentiostat: {access: owned}\n")
        table = write("q.csv", "ion,anode,target\nLi,silicon,fracture\n")
        plain, given = (invoke("screen", table, "--lab", lab, "--format", "jsonl") for lab in ("none", other))
        assert (0, 0, "") == (plain.exit_code, given.exit_code, plain.stderr)
        assert "The lab profile other.yaml counts" in given.stderr
        assert ["eis"] == [item["id"] for item in json.loads(given.stdout)["first"]]
        assert 3 == len(json.loads(plain.stdout)["first"])


class TestOutput:
    def test_csv(self, kb, write):
        """On standard output stands one line per row below a header, each with line and status."""
        done = invoke("screen", write("q.csv", TABLE))
        answered = list(csv.DictReader(io.StringIO(done.stdout)))
        assert 0 == done.exit_code
        assert csv_header() == list(answered[0])
        assert [csv_line(row) for row in rows_of(kb, TABLE)] == [list(row.values()) for row in answered]
        assert "3 rows were kept out" in done.stderr

    def test_json_lines(self, kb, write):
        """JSON lines hold one object per row."""
        done = invoke("screen", write("q.csv", TABLE), "--format", "jsonl")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert [json.loads(json_line(row)) for row in rows_of(kb, TABLE)] == lines
        assert set(FAULTS) == {line["line"] for line in lines if "error" in line}

    def test_stdin_and_file_agree(self, write):
        """`-` reads the same from standard input."""
        done = run("screen", write("q.csv", TABLE))
        assert (0, done.stdout, done.stderr.decode()) == piped(TABLE.encode())

    def test_no_progress_in_a_pipe(self):
        """In a pipe there is neither an escape code nor a counter, only the closing sentence."""
        _, out, talk = piped(TABLE.encode())
        assert b"\x1b" not in out
        assert "3 rows were kept out; lines and faults stand in the output\n" == talk

    def test_closed_pipe(self, write):
        """A reader that has seen enough is told nothing."""
        name = write("q.csv", "ion\n" + "Li\n" * 1000)
        command = f"{sys.executable} -m insitu_advisor screen {name} | head -n 1"
        done = subprocess.run(["bash", "-c", command], capture_output=True, env=environment(), check=False, timeout=60)
        assert (b"", 1) == (done.stderr, done.stdout.count(b"\n"))

    def test_file(self, write, folder):
        """A file gets what standard output would get."""
        name = write("q.csv", TABLE)
        assert 0 == invoke("screen", name, "-o", "a.csv").exit_code
        assert invoke("screen", name).stdout == (folder / "a.csv").read_text()

    @pytest.mark.parametrize(
        "table", [b"ion,colour\nLi,red\n", b"ion\n" + b"Li\n" * 500 + b"\xff\n"], ids=["header", "last-row"]
    )
    def test_no_half_file(self, folder, table):
        """A table that turns out unusable, even late, leaves no file behind, and an old one as it was."""
        (folder / "q.csv").write_bytes(table)
        (folder / "old.csv").write_text("old")
        assert 3 == invoke("screen", "q.csv", "-o", "new.csv").exit_code
        assert 3 == invoke("screen", "q.csv", "-o", "old.csv", "--force").exit_code
        assert ["old.csv", "q.csv"] == sorted(path.name for path in folder.iterdir())
        assert "old" == (folder / "old.csv").read_text()

    def test_refuses_to_overwrite(self, write, folder):
        """A file that exists is replaced only with --force."""
        write("a.csv", "old")
        assert 2 == invoke("screen", write("q.csv", TABLE), "-o", "a.csv").exit_code
        assert "old" == (folder / "a.csv").read_text()

    @pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
    def test_formula_is_neutralised(self, sign):
        """A cell that a spreadsheet would run gets a quote in front; another stays as it is."""
        assert f"'{sign}1+1" == safe_cell(f"{sign}1+1")
        assert f"1{sign}1" == safe_cell(f"1{sign}1")

    @pytest.mark.parametrize("column", COLUMNS)
    def test_no_cell_starts_a_formula(self, kb, column):
        """Whatever a table holds, no cell of the answer begins with the sign of a formula."""
        words = ["=HYPERLINK(1)", "+1", "@SUM(1)", "-2"]
        rows = rows_of(kb, f"{column}\n" + "\n".join(words) + "\n")
        assert len(words) == len(rows)
        assert not [cell for row in rows for cell in csv_line(row) if re.match(r"[=+@\t\r-]", cell)]


def mixed(count):
    """A table of questions of all kinds, every fiftieth of them bad."""
    dice = random.Random(20260119)
    pick = dice.choice
    yield "ion,anode,target,budget,facility,c_rate,weights\n"
    for number in range(count):
        ion = "Mg" if number % 50 == 49 else pick(["Li", "Na", "K", ""])
        anode = pick(["silicon", "graphite", "hard carbon", "alloy", "tin", ""])
        target = pick(["dendrites", "SEI resistance;fracture", "staging", "volume expansion", "gas=2;staging"])
        facility = pick(["department", "", "bench;raman", "core-facility"])
        weights = pick(["insight", "", "cost=2"])
        yield f"{ion},{anode},{target},{pick(['low', '', 'high'])},{facility},{pick(['C/10', '', '1C'])},{weights}\n"


# A small process in between, because a child's peak is at least the memory of the process that started it.
MEASURE = """\
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "insitu_advisor", *sys.argv[1:]], check=True, capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(*words):
    """Peak memory, and seconds, of a command in a process of its own."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *words], capture_output=True, env=environment(), check=True, timeout=300
    )
    return int(done.stdout), time.perf_counter() - began


def screened(folder, count):
    """Peak memory and seconds to screen so many rows; each of them must be in the output."""
    table, out = folder / f"{count}.csv", folder / f"{count}.out"
    table.write_text("".join(mixed(count)), encoding="utf-8")
    measured = peak("screen", str(table), "-o", str(out))
    with out.open(encoding="utf-8") as lines:
        assert count + 1 == sum(1 for _ in lines)
    return measured


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="memory is measured by means of POSIX")
def test_memory_stays_flat(tmp_path, capsys):
    """Beyond start-up, ten thousand rows take at most 1.3 times the memory that a thousand take."""
    screened(tmp_path, 1)
    start, _ = peak("--version")
    (small, _), (large, seconds) = screened(tmp_path, 1000), screened(tmp_path, 10_000)
    with capsys.disabled():
        print(f"\n10,000 rows: {seconds:.1f} s; memory: {start:,} start, {small:,} for 1,000, {large:,} for 10,000")
    assert large - start <= 1.3 * (small - start)
