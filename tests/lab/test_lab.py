"""A lab profile: where it is found, what it changes, and what it never changes."""

import json
import re
import shlex
from pathlib import Path

import pytest

from cli.running import invoke
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.knowledge.tier import position
from insitu_advisor.lab import template
from insitu_advisor.lab.applying import adapt, with_instruments
from insitu_advisor.lab.finding import find, read
from insitu_advisor.lab.ladder import ladder, reach

pytestmark = pytest.mark.usefixtures("alone")

QUESTION = ("recommend", "--anode", "silicon", "--ion", "Li", "--target", "fracture", "--samples", "100")


def profile(name, *instruments):
    """The text of a lab profile."""
    return f"name: {name}\ninstruments:\n" + "".join(f"  {line}\n" for line in instruments)


def asked(*words):
    """The answer to one question as JSON, which must be answered."""
    done = invoke(*QUESTION, *words, "--format", "json")
    assert done.exit_code in {0, 4}, done.stderr
    return json.loads(done.stdout)


def facilities(answer):
    """What the answer says of the facilities: value and source."""
    given = answer["question"]["facilities"]
    return given["value"], given["source"]


class TestTemplate:
    def test_valid_as_written(self, kb, write):
        """The template can be used at once; it has a potentiostat."""
        found = read(kb, write_path(write, template.text(kb)), "given")
        assert ["potentiostat"] == list(found.profile.instruments)

    def test_valid_with_every_instrument(self, kb, write):
        """Without the '#' before the instruments, the template names each facility there is."""
        text = re.sub(r"^  # ", "  ", template.text(kb), flags=re.MULTILINE)
        found = read(kb, write_path(write, text), "given")
        assert set(kb.facilities) == set(found.profile.instruments)

    def test_filled_is_valid(self, kb, write):
        """A profile made from answers holds them, whatever stands in its name."""
        text = template.filled('The "anode" lab \\ K: #2', {"raman": "owned", "nmr": "partner"})
        found = read(kb, write_path(write, text), "given")
        assert {"raman": "owned", "nmr": "partner"} == {
            key: item.access for key, item in found.profile.instruments.items()
        }

    def test_filled_with_nothing_is_valid(self, kb, write):
        """A profile without any instrument can still be read."""
        assert not read(kb, write_path(write, template.filled("Ours", {})), "given").profile.instruments


def write_path(write, text):
    """A profile with this text, as a file of the folder."""
    return Path(write("lab.yaml", text))


class TestDiscovery:
    @pytest.fixture
    def everywhere(self, folder, write, monkeypatch, tmp_path_factory):
        """Four profiles, one at each place."""
        config = tmp_path_factory.mktemp("home") / "insitu-advisor"
        config.mkdir()
        (config / "lab.yaml").write_text(profile("Config", "raman: {access: owned}"))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(config.parent))
        write("lab.yaml", profile("Folder", "ftir: {access: owned}"))
        write("variable.yaml", profile("Variable", "nmr: {access: owned}"))
        write("given.yaml", profile("Given", "xps: {access: owned}"))
        monkeypatch.setenv("INSITU_ADVISOR_LAB", "variable.yaml")
        return folder

    def test_order(self, kb, everywhere, monkeypatch):
        """The file given comes before the variable, the project folder and the config folder."""
        names = [find(kb, "given.yaml").profile.name, find(kb, None).profile.name]
        monkeypatch.delenv("INSITU_ADVISOR_LAB")
        names.append(find(kb, None).profile.name)
        (everywhere / "lab.yaml").unlink()
        names.append(find(kb, None).profile.name)
        assert ["Given", "Variable", "Folder", "Config"] == names

    def test_none_switches_off(self, everywhere):
        """`--lab none` leaves every profile aside."""
        assert (None, "assumed") == facilities(asked("--lab", "none"))

    def test_variable_switches_off(self, kb, everywhere, monkeypatch):
        """The variable set to none hides the profiles in project and config folder."""
        monkeypatch.setenv("INSITU_ADVISOR_LAB", "none")
        assert find(kb, None) is None

    def test_flags_win(self, everywhere):
        """Facilities named on the command line stand before those of any profile."""
        assert (["tem-holder"], "given") == facilities(asked("--facility", "tem-holder", "--lab", "given.yaml"))

    def test_profile_is_marked(self, everywhere):
        """Instruments of a profile are marked as such, and the file is named."""
        answer = asked("--lab", "given.yaml")
        assert (["xps"], "lab-profile") == facilities(answer)
        assert "given.yaml" in answer["question"]["facilities"]["note"]
        assert "given.yaml" == answer["knowledge_base"]["lab"]

    @pytest.mark.parametrize("given", [True, False], ids=["given", "variable"])
    def test_missing_file(self, folder, monkeypatch, given):
        """A profile that is named and not there is an error, not silently left out."""
        monkeypatch.setenv("INSITU_ADVISOR_LAB", "nowhere.yaml")
        done = invoke(*QUESTION, *(("--lab", "nowhere.yaml") if given else ()))
        assert (3, "") == (done.exit_code, done.stdout)
        assert "nowhere.yaml" in done.stderr


class TestFaults:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("ramann: {access: owned}", "did you mean 'raman'"),
            ("raman: {access: rented}", "'rented' is not allowed"),
            ("raman: {access: owned, cost: dear}", "write low, moderate, high"),
            ("raman: {access: owned, lead_weeks: -1}", "must be 0 or more"),
            ("raman: {acess: owned}", "'access' is missing"),
        ],
    )
    def test_clean_error(self, write, line, said):
        """A fault names file, line and what to do, and ends with 3."""
        name = write("own.yaml", profile("Ours", "ftir: {access: owned}", line))
        done = invoke(*QUESTION, "--lab", name)
        assert (3, "") == (done.exit_code, done.stdout)
        assert "own.yaml:4: " in done.stderr
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def laid(kb, write, *instruments):
    """The knowledge base as a lab with these instruments sees it."""
    return adapt(kb, read(kb, write_path(write, profile("Ours", *instruments)), "given"))


def tiers(kb):
    """Cost and preparation of every variant, with its facilities."""
    return {
        (key, name): (variant.facilities, variant.cost or technique.cost, variant.preparation or technique.preparation)
        for key, technique in kb.techniques.items()
        for name, variant in technique.variants.items()
    }


class TestTiers:
    def test_owning_lowers_cost_and_nothing_else(self, kb, write):
        """With everything owned, each cost lies one tier lower (not below low) and no preparation moves."""
        own = tiers(laid(kb, write, *(f"{key}: {{access: owned}}" for key in kb.facilities)))
        for place, (_, cost, preparation) in tiers(kb).items():
            assert max(0.0, position(cost.tier) - 1) == position(own[place][1].tier), place
            assert preparation.tier == own[place][2].tier, place

    def test_other_instruments_stay(self, kb, write):
        """Owning one instrument leaves the costs of all others."""
        own = tiers(laid(kb, write, "nmr: {access: owned}"))
        moved = {place for place, (_, cost, _) in tiers(kb).items() if cost.tier != own[place][1].tier}
        assert moved
        assert all("nmr" in own[place][0] for place in moved)

    @pytest.mark.parametrize("access", ["shared", "partner", "by-proposal"])
    def test_only_owning_lowers(self, kb, write, access):
        """Access of any other kind leaves every tier."""
        own = tiers(laid(kb, write, f"nmr: {{access: {access}}}"))
        assert {place: value[1].tier for place, value in tiers(kb).items()} == {
            place: value[1].tier for place, value in own.items()
        }

    def test_own_tiers_replace(self, kb, write):
        """Tiers in the profile replace cost and preparation, up as well as down, as judgements without sources."""
        own = laid(kb, write, "xps: {access: owned, cost: very-high, preparation: low+}")
        replaced = [value for value in tiers(own).values() if "xps" in value[0]]
        assert replaced
        for _, cost, preparation in replaced:
            assert ("very-high", "judgement", ()) == (cost.tier, cost.basis, cost.sources)
            assert ("low+", "judgement", ()) == (preparation.tier, preparation.basis, preparation.sources)

    def test_shipped_base_is_untouched(self, kb, write):
        """A profile makes another base and leaves the shared one as it is."""
        before = {place: value[1].tier for place, value in tiers(kb).items()}
        laid(kb, write, "nmr: {access: owned}")
        assert before == {place: value[1].tier for place, value in tiers(kb).items()}


class TestAnswer:
    def test_hash_and_command(self, write):
        """An answer with a lab carries another hash and names the lab in the command that repeats it."""
        name = write("own.yaml", profile("Ours", "raman: {access: owned}"))
        without, with_lab = asked(), asked("--lab", name)
        assert without["knowledge_base"]["sha256"] != with_lab["knowledge_base"]["sha256"]
        assert "--lab own.yaml" in with_lab["reproduce"]
        assert "--lab" not in without["reproduce"]

    def test_hash_depends_on_the_profile(self, write):
        """Two labs with different texts give different hashes."""
        names = [write(f"{n}.yaml", profile(n, "raman: {access: owned}")) for n in ("one", "two")]
        assert 2 == len({asked("--lab", name)["knowledge_base"]["sha256"] for name in names})

    def test_command_repeats_the_answer(self, write):
        """The command that an answer names gives the same answer."""
        name = write("own.yaml", profile("Ours", "raman: {access: owned}", "lab-xrd: {access: shared}"))
        answer = asked("--lab", name)
        again = invoke(*shlex.split(answer["reproduce"])[1:], "--samples", "100", "--format", "json")
        assert answer == json.loads(again.stdout)


LADDER = (
    "potentiostat: {access: owned}",
    "raman: {access: shared}",
    "lab-xrd: {access: shared, lead_weeks: 3}",
    "tem-holder: {access: partner}",
    "nmr: {access: partner, lead_weeks: 20}",
    "synchrotron: {access: by-proposal, lead_weeks: 0}",
)
REACHED = {
    "this week": ("potentiostat", "raman"),
    "this quarter": ("potentiostat", "raman", "lab-xrd", "tem-holder"),
    "with a proposal": ("potentiostat", "raman", "lab-xrd", "tem-holder", "nmr", "synchrotron"),
}


class TestLadder:
    def test_reach(self, kb, write):
        """A rung holds the instruments of the rungs below it; a proposal is never quick, 13 weeks are a quarter."""
        found = read(kb, write_path(write, profile("Ours", *LADDER)), "given")
        assert REACHED == {rung: reach(found.profile, rung) for rung in REACHED}

    @pytest.mark.parametrize(("weeks", "rung"), [(1, "this week"), (1.5, "this quarter"), (13, "this quarter")])
    def test_limits(self, kb, write, weeks, rung):
        """One week still is this week, thirteen still are this quarter."""
        found = read(kb, write_path(write, profile("Ours", f"raman: {{access: owned, lead_weeks: {weeks}}}")), "given")
        assert rung == found.profile.instruments["raman"].rung

    def test_best_of_each_rung(self, kb, write):
        """Each rung names the first place of the same question with its instruments, which differ here."""
        found = read(kb, write_path(write, profile("Ours", *LADDER)), "given")
        own = adapt(kb, found)
        words = {"anode": "silicon", "ion": "Li", "targets": ["fracture"], "weights": ["insight"]}
        steps = ladder(recommend(with_instruments(ask(own, **words), found), own), found.profile)
        expected = [recommend(ask(own, **words, facilities=reached), own).best.id for reached in REACHED.values()]
        assert expected == [step.best.id for step in steps]
        assert len(set(expected)) > 1

    def test_shown_with_the_answer(self, write):
        """The full answer ends each rung with an option, equal rungs in one line, or says that nothing is in reach."""
        name = write("own.yaml", profile("Ours", "xps: {access: owned}", "raman: {access: partner}"))
        text = invoke(*QUESTION, "--lab", name, "--full").stdout
        assert "- This week: nothing you can reach then answers this.\n" in text
        assert "- This quarter and with a proposal: Raman, " in text


class TestCommands:
    def test_init_and_show(self, folder):
        """`lab init` writes a profile that `lab show` finds and sorts by when it can be used."""
        assert 0 == invoke("lab", "init").exit_code
        done = invoke("lab", "show")
        assert 0 == done.exit_code
        assert "Read from lab.yaml, found in this folder." in done.stdout
        now, rest = done.stdout.split("This quarter")
        assert "potentiostat" in now.split("Now")[1]
        assert "potentiostat" not in rest
        assert 2 == rest.count("Nothing.")

    def test_init_refuses_to_overwrite(self, write, folder):
        """A profile that exists stays as it is unless told otherwise."""
        write("lab.yaml", "mine")
        done = invoke("lab", "init")
        assert (2, "mine") == (done.exit_code, (folder / "lab.yaml").read_text())
        assert "--force" in done.stderr
        assert 0 == invoke("lab", "init", "--force").exit_code
        assert "mine" != (folder / "lab.yaml").read_text()

    def test_init_asks_on_a_terminal_only(self, folder):
        """Without a terminal `--ask` ends with 2 and writes nothing."""
        assert 2 == invoke("lab", "init", "--ask").exit_code
        assert [] == list(folder.iterdir())

    def test_show_without_profile(self, folder):
        """Without a profile `lab show` says how to get one."""
        done = invoke("lab", "show")
        assert (3, "") == (done.exit_code, done.stdout)
        assert "insitu-advisor lab init" in done.stderr
