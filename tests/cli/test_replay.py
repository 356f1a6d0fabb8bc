"""An old answer asked again: the same bytes, or what changed and which places moved."""

import json

import pytest

from cli.running import invoke

pytestmark = pytest.mark.usefixtures("alone")

LAB = "name: Ours\ninstruments:\n  raman: {access: owned}\n  lab-xrd: {access: shared}\n  nmr: {access: partner}\n"
OWN = "techniques: {nmr: {cost: {tier: low, says: We own one.}}}\n"
DEAR = """\
techniques:
  nmr: {cost: {tier: very-high, says: Sold it.}, preparation: {tier: very-high, says: No probe is left.}}
"""
QUESTIONS = {
    "open": (),
    "weighed targets": ("--ion", "Na", "--target", "dendrites=0.3", "--target", "SEI=2.5"),
    "facilities": ("--anode", "silicon", "--facility", "department", "--facility", "nmr"),
    "rate and scale": ("--anode", "graphite", "--ion", "K", "--c-rate", "C/3", "--scale", "electrode"),
    "profile": ("--anode", "oxide", "--weights", "frugal"),
    "explicit weights": ("--ion", "Li", "--weights", "insight", "--weights", "cost=0.123456789"),
    "zero weights": ("--ion", "Li", "--weights", "information=0", "--weights", "track-record=0"),
    "caps": ("--anode", "tin", "--budget", "moderate", "--max-preparation", "any"),
    "unknown": ("--anode", "unknown", "--ion", "?"),
    "lab": ("--anode", "alloy", "--lab", "ours.yaml"),
    "overlay": ("--target", "staging", "--kb", "own.yaml"),
    "all at once": ("--anode", "tin", "--ion", "Na", "--lab", "ours.yaml", "--kb", "own.yaml", "--c-rate", "2C",
                    "--target", "fracture=3", "--facility", "bench", "--weights", "track-record=50"),
    "nothing passes": ("--target", "gas", "--facility", "tem-holder"),
}  # fmt: skip


@pytest.fixture
def answered(folder, write):
    """Write the answer to a question as JSON and give the name of the file."""
    write("ours.yaml", LAB)
    write("own.yaml", OWN)

    def to(*words, draws=150):
        done = invoke(
            "recommend", *(words or ("--ion", "K")), "--samples", str(draws), "--format", "json", "-o", "old.json"
        )
        assert done.exit_code in {0, 4}, done.stderr
        return "old.json"

    return to


class TestSame:
    @pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
    def test_same_bytes(self, folder, answered, words):
        """With the same knowledge an answer comes out byte for byte, and this is said; 4 where nothing passes."""
        done = invoke("replay", answered(*words), "-o", "new.json")
        passing = json.loads((folder / "old.json").read_text())["ranking"]
        assert (0 if passing else 4) == done.exit_code, done.stderr
        assert (folder / "old.json").read_bytes() == (folder / "new.json").read_bytes()
        assert "The same answer, byte for byte." in done.stderr

    def test_lab_of_the_folder_takes_no_part(self, answered, write):
        """An answer without a lab is asked again without one, even where one would be found."""
        name = answered("--anode", "silicon", "--lab", "none")
        write("lab.yaml", LAB)
        assert "byte for byte" in invoke("replay", name).stderr

    def test_answer_on_standard_output(self, folder, answered):
        """Without a file the answer goes to standard output and the talk does not."""
        name = answered()
        assert (folder / name).read_text() == invoke("replay", name).stdout

    def test_refuses_to_overwrite(self, folder, answered):
        """The old answer is not replaced by accident."""
        name = answered()
        before = (folder / name).read_bytes()
        assert 2 == invoke("replay", name, "-o", name).exit_code
        assert before == (folder / name).read_bytes()


def places(answer):
    """Rank of every option, None for an excluded one."""
    return {item["id"]: item["rank"] for item in answer["ranking"]} | {item["id"]: None for item in answer["excluded"]}


def said(rank):
    """A place as replay writes it."""
    return "excluded" if rank is None else f"rank {rank}"


class TestChanged:
    QUESTION = ("--anode", "silicon", "--ion", "Li", "--target", "heterogeneity", "--kb", "own.yaml")

    def moved(self, kb, old, talk):
        """Assert that each place that moved is said, and no other."""
        new = json.loads(talk.stdout)
        now = places(new)
        expected = {
            f"{kb.name(option)}: {said(rank)} before, {said(now[option])} now."
            for option, rank in places(old).items()
            if rank != now[option]
        }
        assert expected == {line for line in talk.stderr.splitlines() if line.endswith(" now.") and ": " in line}
        return expected

    def test_changed_overlay(self, kb, folder, write, answered):
        """After a change of an overlay both hashes are named, and each place that moved with old and new rank."""
        old = json.loads((folder / answered(*self.QUESTION)).read_text())
        write("own.yaml", DEAR)
        done = invoke("replay", "old.json")
        assert 0 == done.exit_code
        assert self.moved(kb, old, done)
        for answer in (old, json.loads(done.stdout)):
            assert answer["knowledge_base"]["sha256"] in done.stderr
            assert answer["knowledge_base"]["version"] in done.stderr

    def test_wording_alone(self, write, answered):
        """A change of words that moves nothing says that no place moved."""
        name = answered(*self.QUESTION)
        write("own.yaml", OWN.replace("We own one.", "Ours since May."))
        done = invoke("replay", name)
        assert "No place moved" in done.stderr
        assert " before, " in done.stderr

    def test_other_overlay(self, kb, folder, write, answered):
        """Another overlay given with --kb takes the place of the old one."""
        old = json.loads((folder / answered(*self.QUESTION)).read_text())
        write("other.yaml", DEAR)
        done = invoke("replay", "old.json", "--kb", "other.yaml")
        assert self.moved(kb, old, done)
        assert ["other.yaml"] == json.loads(done.stdout)["knowledge_base"]["overlays"]

    def test_lab_taken_away(self, kb, folder, answered):
        """`--lab none` asks again without the lab's costs."""
        old = json.loads((folder / answered("--anode", "alloy", "--lab", "ours.yaml")).read_text())
        done = invoke("replay", "old.json", "--lab", "none")
        assert json.loads(done.stdout)["knowledge_base"]["lab"] is None
        assert old["knowledge_base"]["sha256"] in done.stderr

    def test_missing_overlay(self, folder, answered):
        """An overlay that is no longer there ends with 3 and is named."""
        name = answered(*self.QUESTION)
        (folder / "own.yaml").unlink()
        done = invoke("replay", name)
        assert (3, "", True) == (done.exit_code, done.stdout, "own.yaml" in done.stderr)

    def test_missing_lab(self, folder, answered):
        """A lab profile that is no longer there ends with 3 and is named."""
        name = answered("--ion", "K", "--lab", "ours.yaml")
        (folder / "ours.yaml").unlink()
        done = invoke("replay", name)
        assert (3, "", True) == (done.exit_code, done.stdout, "ours.yaml" in done.stderr)


def refused(name):
    """The message for a file that cannot be replayed: exit code 3, nothing printed, no traceback."""
    done = invoke("replay", name)
    assert (3, "") == (done.exit_code, done.stdout), done.stderr or repr(done.exception)
    assert "Traceback" not in done.stderr
    assert name in done.stderr
    return done.stderr


class TestFaults:
    def test_answer_of_another_version(self, folder, answered):
        """An answer of an earlier form is refused, with the command that asks its question anew."""
        name = answered("--anode", "silicon")
        self.change(folder, name, lambda data: data.update(schema_version="1.0"))
        message = refused(name)
        assert "schema 1.0, not 2." in message
        assert "insitu-advisor recommend --anode silicon" in message

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{", "is not JSON"),
            ("", "is not JSON"),
            ("[" * 100_000, "is not JSON"),
            ("[1, 2]", "holds no answer"),
            ("{}", "holds no answer"),
            ('{"question": "which?"}', "holds no answer"),
            ('{"question": {}}', "the file's question lacks 'ion'"),
            ('{"question": {"ion": "Li"}}', "the file's question lacks 'anode'"),
            ('{"name": "package", "version": "1.0"}', "recommend ... --format json"),
        ],
        ids=["open", "empty", "deep", "list", "nothing", "text", "no fields", "one field", "foreign"],
    )
    def test_no_answer(self, write, text, said):
        """A file that holds no answer ends with 3 and says what it lacks."""
        assert said in refused(write("old.json", text))

    def test_no_utf8(self, folder):
        """Bytes that are no text end with 3."""
        (folder / "old.json").write_bytes(b"\xff\xfe{}\x80")
        assert "is not JSON" in refused("old.json")

    def test_missing_file(self, folder):
        """A file that is not there ends with 3."""
        assert "cannot read" in refused("nowhere.json")

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("targets", [{"id": "dendritse", "weight": 1.0, "part": None}], "dendritse"),
            ("targets", [{"id": "fracture", "weight": -1.0, "part": None}], "must be above zero"),
            ("targets", "fracture", "not one that an answer holds"),
            ("ion", "Mg", "there is no ion 'Mg'"),
            ("facilities", ["ramann"], "old.json"),
            ("budget", "cheap", "old.json"),
            ("c_rate", "fast", "'fast' is no C-rate"),
            ("weights", {"beauty": 1.0}, "is not what an answer holds"),
            ("scale", ["cell"], "is no text"),
        ],
    )
    def test_question_that_does_not_fit(self, folder, answered, field, value, said):
        """An answer of the question that the knowledge does not know ends with 3 and the nearest word."""
        self.change(folder, answered(), lambda data: data["question"][field].update(value=value))
        assert said in refused("old.json")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("targets", [{"id": "dendrites", "weight": 1.0, "part": None}]),
            ("ion", "lithium"),
            ("weights", {"information": 1.0}),
        ],
        ids=["alias", "ion", "weights"],
    )
    def test_word_that_is_no_id(self, folder, answered, field, value):
        """A value no answer ever holds is our user's slip, not our fault."""
        self.change(folder, answered(), lambda data: data["question"][field].update(value=value))
        refused("old.json")

    @pytest.mark.parametrize(("field", "value"), [("facilities", ["department"]), ("anode", "conversion")])
    def test_contradiction(self, folder, answered, field, value):
        """A preset among the instruments, or silicon as a conversion anode, is refused."""
        name = answered("--anode", "silicon", "--facility", "raman")
        self.change(folder, name, lambda data: data["question"][field].update(value=value))
        refused("old.json")

    @pytest.mark.parametrize(
        ("section", "value"),
        [
            ("knowledge_base", []),
            ("knowledge_base", {"overlays": 5}),
            ("knowledge_base", {"lab": 5}),
            ("robustness", []),
            ("ranking", None),
            ("ranking", [1]),
        ],
    )
    def test_other_sections(self, folder, answered, section, value):
        """A broken section beside the question ends with 3 as well."""
        self.change(folder, answered(), lambda data: data.update({section: value}))
        refused("old.json")

    @staticmethod
    def change(folder, name, how):
        """Change the data of an answer in its file."""
        data = json.loads((folder / name).read_text())
        how(data)
        (folder / name).write_text(json.dumps(data))
