"""Looking after knowledge: checked, linted, compared, counted, and described to an editor."""

import itertools
import json
import shlex

import jsonschema
import pytest

from cli.running import invoke
from insitu_advisor.curation import lint as curation_lint
from insitu_advisor.curation.changes import effect, facts
from insitu_advisor.curation.lint import remarks
from insitu_advisor.curation.space import BUDGETS, questions, size
from insitu_advisor.curation.stats import counts
from insitu_advisor.engine.ask import ask
from insitu_advisor.engine.ranking import recommend
from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.check import claims
from insitu_advisor.knowledge.claim import BASES
from insitu_advisor.knowledge.loader import data_folder, load_knowledge_base

REFERENCE = "{kind: article, title: Not used anywhere, year: 2020}"
LOW_COST = "techniques: {nmr: {cost: {tier: low, says: We own one.}}}\n"


@pytest.fixture
def lay(folder, write):
    """Lay a text over the shipped base."""
    return lambda text: load_knowledge_base(write("own.yaml", text))


class TestCheck:
    def test_valid(self, write):
        """A file that holds together is called valid, by name."""
        done = invoke("kb", "check", write("own.yaml", LOW_COST))
        assert 0 == done.exit_code
        assert done.stdout.startswith("own.yaml: valid.\n")

    def test_shipped(self, folder):
        """The shipped base is valid."""
        done = invoke("kb", "check")
        assert 0 == done.exit_code
        assert done.stdout.startswith("The shipped knowledge base: valid.\n")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("techniques: {nmr: {cost: {tier: lowest, says: So.}}}", "own.yaml:1: techniques > nmr > cost > tier"),
            ("techniques:\n  nmrr: {}", "own.yaml:2: techniques > nmrr"),
            ("technics: {}", "did you mean 'techniques'?"),
            ("techniques: {nmr: {information: {fractur: {rating: 1, sees: So.}}}}", "did you mean 'fracture'?"),
            ("techniques: [", "is not valid YAML"),
        ],
        ids=["tier", "technique", "section", "target", "yaml"],
    )
    def test_invalid(self, write, text, said):
        """A fault ends with 3 and names file, line and entry."""
        done = invoke("kb", "check", write("own.yaml", text))
        assert (3, "") == (done.exit_code, done.stdout)
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def blind(kb, ratings=None, **target):
    """An overlay with a new target, rated by some techniques and unseen by the others."""
    lines = ["targets:", "  magic: {name: magic, definition: What nobody sees.}", "techniques:"]
    for key in kb.techniques:
        rating = (ratings or {}).get(key)
        sight = f"information: {{magic: {{rating: {rating}, sees: A trace of magic in {key}.}}}}"
        lines.append(f"  {key}: {{{sight if rating else 'blind_to: {magic: Not seen.}'}}}")
    return "\n".join(lines) + "\n"


def dowsing(kb, tier="very-high", rating=1, standing=0, facility="neutron-source"):
    """An overlay with a technique that costs this much, sees this well and needs this."""
    rated = "".join(f"      {key}: {{rating: {rating}, sees: A trace of {key}.}}\n" for key in kb.targets)
    roles = "".join(
        f"      {key}: {{standing: {standing}, role: Tried on {key}.}}\n"
        for key in ("intercalation", "alloy", "conversion")
    )
    ions = "".join(f"      {key}: {{standing: {standing}, why: Tried with {key}.}}\n" for key in ("Li", "Na", "K"))
    return f"""\
techniques:
  dowsing:
    name: Dowsing
    short: Dowsing
    what: A rod is held over the cell.
    information:
{rated}    variants:
      rod: {{name: rod, facilities: [{facility}]}}
    roles:
{roles}    ions:
{ions}    cost: {{tier: {tier}, says: The rod.}}
    preparation: {{tier: {tier}, says: The hand.}}
"""


@pytest.fixture(scope="module")
def old_remarks(kb):
    """Remarks on the shipped base."""
    return list(remarks(kb))


@pytest.fixture
def said(lay, old_remarks):
    """What is said of an overlay and not of the shipped base, as (where, what)."""
    return lambda text: [(item.where, item.what) for item in remarks(lay(text)) if item not in old_remarks]


@pytest.fixture
def lint(said, monkeypatch):
    """The same without the long search for options that never win."""
    monkeypatch.setattr(curation_lint, "questions", lambda kb: iter(()))
    return lambda text: [(where, what) for where, what in said(text) if not what.startswith("is first in no question")]


class TestLint:
    def test_option_that_never_wins(self, kb, said):
        """An option dearer and blinder than the rest is pointed out; a cheap one that sees all is not."""
        ((where, what),) = said(dowsing(kb))
        assert ("dowsing", True) == (where, what.startswith("is first in no question"))
        better = said(dowsing(kb, "low", 2, 3, "potentiostat"))
        assert "dowsing" not in {where for where, _ in better}

    def test_never_first_is_true(self, kb, old_remarks):
        """The options pointed out in the shipped base really come first in no question, the others in some."""
        firsts = {
            option.id
            for question in questions(kb)
            for option in recommend(question, kb).ranking[:3]
            if option.rank == 1
        }
        pointed_out = {item.where for item in old_remarks if item.what.startswith("is first in no question")}
        assert set(kb.options) - firsts == pointed_out

    @pytest.mark.parametrize(
        ("rating", "sentence"), [(None, "no technique sees magic at all"), (1, "better than indirectly"), (2, None)]
    )
    def test_unreachable_target(self, kb, lint, rating, sentence):
        """A target nobody sees, or only by hints, is pointed out; one that is seen well is not."""
        found = [what for where, what in lint(blind(kb, {"xrd": rating})) if where == "targets > magic"]
        assert ([True] if sentence else []) == [sentence in what for what in found]

    def test_sentence_twice(self, lint):
        """The same sentence in two entries is pointed out with both places; two sentences are not."""
        text = "techniques: {{nmr: {{cost: {{tier: high, says: {0}}}}}, tem: {{cost: {{tier: high, says: {1}}}}}}}\n"
        ((where, what),) = lint(text.format("It costs a lot.", "It costs a lot."))
        assert "techniques > tem > cost" in where + what
        assert "techniques > nmr > cost" in where + what
        assert [] == lint(text.format("It costs a lot.", "It costs very much."))

    @pytest.mark.parametrize(
        ("entry", "count"),
        [
            ("{rating: 3, sees: All of it.}", 1),
            ("{rating: 2, sees: All of it.}", 0),
            ("{rating: 3, sees: All of it., basis: literature, sources: [finegan2020]}", 0),
            ("{rating: 3, sees: All of it., basis: review 2.1}", 0),
        ],
        ids=["judgement", "good", "literature", "review"],
    )
    def test_primary_on_judgement(self, lint, entry, count):
        """A primary rating that nothing but judgement carries is pointed out."""
        found = lint(f"techniques: {{nmr: {{information: {{sei-growth: {entry}}}}}}}\n")
        assert count == len([1 for _, what in found if "primary on judgement alone" in what])
        assert {"techniques > nmr > information > sei-growth"} >= {where for where, what in found if "primary" in what}

    def test_unused_reference(self, lint):
        """A reference that supports no claim is pointed out; one that does is not."""
        text = f"references: {{nobody2020: {REFERENCE}}}\n"
        assert [("references > nobody2020", "supports no claim")] == lint(text)
        used = "techniques: {nmr: {cost: {tier: high, says: They say so., basis: literature, sources: [nobody2020]}}}\n"
        assert [] == lint(text + used)

    def test_printed_by_check(self, write):
        """What is odd though valid stands below the result of the check, which still succeeds."""
        done = invoke("kb", "check", write("own.yaml", f"references: {{nobody2020: {REFERENCE}}}\n"))
        assert 0 == done.exit_code
        assert "- references > nobody2020: supports no claim\n" in done.stdout.split("Worth a look")[1]


def brute_force(before, after):
    """Questions asked, moved, and with another first place, each asked in words of both bases."""
    moved = first = asked = 0
    kits = [*after.presets, None]
    for ion, anode, target, budget, kit, profile in itertools.product(
        ("Li", "Na", "K"), ("intercalation", "alloy", "conversion"), after.targets, BUDGETS, kits, after.profiles
    ):
        if target not in before.targets:
            continue
        words = {
            "ion": ion, "anode": anode, "targets": [target], "budget": budget, "weights": [profile],
            "facilities": [kit] if kit else [],
        }  # fmt: skip
        old, new = ([item.id for item in recommend(ask(kb, **words), kb).ranking] for kb in (before, after))
        asked += 1
        moved += old != new
        first += old[:1] != new[:1]
    return asked, moved, first


@pytest.fixture(scope="module")
def cheaper(kb, tmp_path_factory):
    """A base with one cheaper technique, and what that does to the answers."""
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(LOW_COST, encoding="utf-8")
    own = load_knowledge_base(path)
    return own, effect(kb, own)


class TestDiff:
    def test_no_change(self, write):
        """A file that changes nothing changes nothing."""
        done = invoke("kb", "diff", "shipped", write("own.yaml", "traits: {}\n"))
        assert (0, "No fact differs.\n") == (done.exit_code, done.stdout)

    def test_changed_facts(self, kb, lay):
        """Exactly the facts that differ are listed, with what they were and are."""
        own = lay("""\
techniques:
  nmr:
    cost: {tier: low, says: We own one.}
    information: {fracture: {rating: 1, sees: Broken contacts.}}
traits: {magnetic: A magnet attracts it.}
""")
        old = kb.techniques["nmr"].cost
        expected = {
            "techniques > nmr > cost > basis": (old.basis, "judgement"),
            "techniques > nmr > cost > says": (old.says, "We own one."),
            "techniques > nmr > cost > tier": (old.tier, "low"),
            "techniques > nmr > information > fracture": (None, own.techniques["nmr"].information["fracture"]),
            "techniques > nmr > blind_to > fracture": (kb.techniques["nmr"].blind_to["fracture"], None),
            "traits > magnetic": (None, "A magnet attracts it."),
        }
        if old.sources:
            expected["techniques > nmr > cost > sources"] = (old.sources, ())
        assert expected == {fact.where: (fact.before, fact.after) for fact in facts(kb, own)}

    def test_both_directions(self, kb, lay):
        """From own to shipped, before and now change places."""
        own = lay(LOW_COST)
        forth = {(fact.where, str(fact.before), str(fact.after)) for fact in facts(kb, own)}
        assert forth == {(fact.where, str(fact.after), str(fact.before)) for fact in facts(own, kb)}

    @pytest.mark.slow
    def test_effect_is_counted(self, kb, cheaper):
        """Moved answers and new first places are those found by asking every question of both bases."""
        own, result = cheaper
        assert brute_force(kb, own) == (result.asked, result.moved, result.new_first)
        assert 0 < result.new_first < result.moved < result.asked

    @pytest.mark.xfail(strict=True, reason="both bases are asked with the weights and presets of the new one")
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("profiles: {insight: {name: insight, means: Cheap., weights: {cost: 1.0}}}\n", {"weights": ["insight"]}),
            ("presets: {bench: {name: bench, means: Another., facilities: [raman]}}\n", {"facilities": ["bench"]}),
        ],
        ids=["profile", "preset"],
    )
    def test_changed_word_counts(self, kb, lay, text, words):
        """A profile or preset that means something else moves the answers to questions that name it."""
        own = lay(text)
        words |= {"ion": "Li", "anode": "alloy", "targets": ["fracture"]}
        old, new = (recommend(ask(base, **words), base).best.id for base in (kb, own))
        assert old != new
        assert effect(kb, own).new_first > 0

    def test_fact_without_effect(self, kb, lay):
        """A change that no answer rests on moves none."""
        result = effect(kb, lay("traits: {magnetic: A magnet attracts it.}\n"))
        assert (size(kb), 0, 0, ()) == (result.asked, result.moved, result.new_first, result.examples)

    def test_new_target_is_no_moved_answer(self, kb, lay):
        """Questions about a target that only one side knows are left out of the count."""
        own = lay(blind(kb, {"xrd": 2}))
        result = effect(kb, own)
        assert (size(kb), 0, 0) == (result.asked, result.moved, result.new_first)

    def test_printed(self, cheaper):
        """The page holds the facts and the counts."""
        own, result = cheaper
        done = invoke("kb", "diff", "shipped", *own.overlays)
        assert (0, "") == (done.exit_code, done.stderr)
        assert "techniques > nmr > cost > tier" in done.stdout
        assert f"Of {result.asked:,} questions" in done.stdout
        assert f"{result.moved:,} are answered in another order" in done.stdout
        assert result.moved > 0

    @pytest.mark.xfail(strict=True, reason="the examples leave out the profile, so several lines name one command")
    def test_examples_can_be_repeated(self, cheaper):
        """Each command of the examples gives the new first place that stands beside it, and stands there once."""
        examples = cheaper[1].examples
        assert len(set(examples)) == len(examples) > 0
        for example in examples:
            command, _, places = example.rpartition(": ")
            answer = invoke(*shlex.split(command)[1:], "--samples", "100", "--format", "json")
            best = json.loads(answer.stdout)["ranking"][0]["id"]
            assert f"{best} now" == places.split(", ")[1]

    @pytest.mark.xfail(strict=True, reason="an entry that is added is dumped with warnings of the model library")
    @pytest.mark.filterwarnings("error::UserWarning")
    def test_added_technique(self, kb, write):
        """A technique that is added is one fact, shown without noise."""
        done = invoke("kb", "diff", "shipped", write("own.yaml", dowsing(kb)))
        assert (0, "") == (done.exit_code, done.stderr)
        assert "1 changed facts" in done.stdout

    def test_broken_file(self, write):
        """A file that does not hold together ends with 3, on either side."""
        name = write("own.yaml", "technics: {}\n")
        for pair in ((name, "shipped"), ("shipped", name)):
            assert 3 == invoke("kb", "diff", *pair).exit_code


class TestSpace:
    def test_size(self, kb):
        """The space holds as many different questions as it says."""
        found = [(q.ion, q.anode, q.targets, q.budget, q.facilities, q.weights) for q in questions(kb)]
        assert size(kb) == len(found) == len(set(found))

    def test_pairs(self, kb):
        """With pairs, each pair of targets is asked about once more."""
        few = kb.model_copy(update={"targets": dict(list(kb.targets.items())[:3])})
        assert size(few, pairs=True) == sum(1 for _ in questions(few, pairs=True)) == 2 * size(few)


@pytest.fixture(scope="module")
def schema():
    """The JSON Schema as it is printed."""
    return json.loads(invoke("kb", "schema").stdout)


@pytest.fixture(scope="module")
def validator(schema):
    """A validator of the schema."""
    return jsonschema.Draft202012Validator(schema)


def as_json(text, tmp_path):
    """YAML as an editor sees it."""
    return json.loads(json.dumps(yaml_file.parse(text, tmp_path / "own.yaml")))


class TestSchema:
    def test_valid_schema(self, schema):
        """What is printed is a JSON Schema of the draft it names."""
        jsonschema.Draft202012Validator.check_schema(schema)
        assert jsonschema.Draft202012Validator.META_SCHEMA["$id"] == schema["$schema"]

    @pytest.mark.parametrize("name", sorted(path.name for path in data_folder().glob("*.yaml")))
    def test_shipped_file(self, validator, tmp_path, name):
        """Every shipped file passes."""
        text = (data_folder() / name).read_text(encoding="utf-8")
        assert [] == [error.message for error in validator.iter_errors(as_json(text, tmp_path))]

    @pytest.mark.parametrize(
        "text",
        [
            "technics: {}",
            "facilities: {raman: {name: Raman}}",
            "facilities: {raman: {name: Raman, access: Ours, price: 5}}",
            "targets: {magic: {name: 5, definition: What nobody sees.}}",
            "references: {nobody2020: {kind: rumour, title: Heard}}",
            "profiles: {mine: {name: mine, means: Ours., weights: {beauty: 1.0}}}",
            "rules: {mine: {kind: maybe, technique: nmr, sentence: Perhaps.}}",
        ],
        ids=["section", "missing", "extra", "number", "kind", "criterion", "rule"],
    )
    def test_broken_file(self, validator, tmp_path, text):
        """A file with a wrong section, field, word or type is refused."""
        assert [error.message for error in validator.iter_errors(as_json(text, tmp_path))]

    @pytest.mark.xfail(strict=True, reason="techniques merge by field, but the schema asks for all fields")
    def test_partial_overlay(self, validator, tmp_path):
        """An overlay that changes one field of a technique is valid for the program and for the schema."""
        errors = [error.message for error in validator.iter_errors(as_json(LOW_COST, tmp_path))]
        assert [] == errors

    def test_written_to_a_file(self, folder, schema):
        """The schema can be written to a file for an editor."""
        assert 0 == invoke("kb", "schema", "-o", "knowledge.schema.json").exit_code
        assert schema == json.loads((folder / "knowledge.schema.json").read_text())


class TestStats:
    def test_adds_up(self, kb):
        """The last row is the sum of the others, and every claim is in it once."""
        found = counts(kb)
        total = found.pop("all")
        assert total == {basis: sum(row[basis] for row in found.values()) for basis in BASES}
        assert sum(1 for _ in claims(kb)) == sum(total.values())

    def test_one_more(self, kb, lay):
        """A claim whose basis an overlay changes moves from one column to the other."""
        old, new = counts(kb)["techniques > nmr"], counts(lay(LOW_COST))["techniques > nmr"]
        basis = kb.techniques["nmr"].cost.basis_kind
        assert basis != "judgement"
        assert (old[basis] - 1, old["judgement"] + 1) == (new[basis], new["judgement"])

    def test_printed(self, kb, folder):
        """The page has a row per section, the total last."""
        lines = invoke("kb", "stats").stdout.splitlines()
        total = counts(kb)["all"]
        assert ["all", *map(str, total.values()), str(sum(total.values()))] == lines[-1].split()
        assert {f"techniques > {key}" for key in kb.techniques} <= {line.split("  ")[0] for line in lines}
