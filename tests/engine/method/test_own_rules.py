"""A laboratory's own rules, laid over the shipped base, steer the answer like the shipped ones."""

import textwrap

import pytest

from engine.checks import advise, ranked_ids
from engine.question.asking_rules import sees
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import reasons
from insitu_advisor.knowledge.loader import load_knowledge_base


@pytest.fixture
def own(tmp_path):
    """The shipped base with a laboratory's own rules laid over it."""

    def load(text):
        path = tmp_path / "own.yaml"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return load_knowledge_base(path)

    return load


EXCLUDE = """
    rules:
      no-xps-with-silicon:
        kind: exclude
        technique: xps
        when: {materials: [silicon]}
        sentence: Our silicon never survives the transfer.
        remedy: Build the transfer arm first.
      no-lab-xrd-with-potassium:
        kind: exclude
        technique: xrd
        variants: [laboratory]
        when: {ions: [K]}
        sentence: Our diffractometer has no window for potassium.
    """
RAISE = """
    rules:
      raman-likes-tin:
        kind: raise
        technique: raman
        variants: [enhanced]
        when: {materials: [tin]}
        targets: [crystalline-phase]
        rating: 3
        sentence: Our particles light tin up.
    """
CAPS = """
    rules:
      ours-leaves-a-hint:
        kind: cap
        technique: raman
        targets: [crystalline-phase]
        rating: 1
        sentence: A hint is left.
      ours-leaves-nothing:
        kind: cap
        technique: raman
        targets: [crystalline-phase]
        rating: 0
        sentence: Nothing is left.
    """
CELL = """
    rules:
      ours:
        kind: exclude
        technique: xrd
        when: {cells: [anode-free], electrolytes: [ether], temperature_below: 0}
        sentence: Not in the cold.
    """


class TestOverlay:
    def test_exclude(self, own):
        """An exclude rule takes the technique out on its own material, by its id and in its own words."""
        advice = advise(own(EXCLUDE), ion="Li", anode="silicon", targets=["sei-composition"])
        excluded = advice.option("xps")
        assert ("no-xps-with-silicon", ("physics",), ()) == (excluded.rule, excluded.failed, excluded.remedy)
        assert wording.exclusion_reason(advice, excluded).text == "Our silicon never survives the transfer."

    def test_exclude_elsewhere(self, own):
        """On another material the technique stays in."""
        assert "xps" in ranked_ids(advise(own(EXCLUDE), ion="Li", anode="tin", targets=["sei-composition"]))

    def test_exclude_one_variant(self, own):
        """With one variant out, technique and pairings go on by another; elsewhere that variant is done as before."""
        words = {"anode": "graphite", "targets": ["crystalline-phase"]}
        advice = advise(own(EXCLUDE), ion="K", **words)
        for option in ("xrd", "xrd+tem", "xrd+raman"):
            assert "laboratory" not in [way.variant_id for way in advice.option(option).route.ways]
        assert "xrd" not in ranked_ids(advise(own(EXCLUDE), ion="K", **words, facilities=["lab-xrd"]))
        assert "xrd" in ranked_ids(advise(own(EXCLUDE), ion="Li", **words, facilities=["lab-xrd"]))

    def test_exclude_shows_its_remedy(self, own):
        """The remedy a rule prints is shown with the exclusion."""
        advice = advise(own(EXCLUDE), ion="Li", anode="silicon", targets=["sei-composition"])
        assert "Build the transfer arm first." in wording.remedy_text(advice.kb, advice.option("xps"))

    def test_the_rule_that_blinds_is_the_last_that_capped(self, own):
        """Where one rule leaves a hint and the next nothing, the option is out by the next."""
        advice = advise(own(CAPS), ion="Li", anode="graphite", targets=["crystalline-phase"])
        excluded = advice.option("raman")
        assert ("ours-leaves-nothing", ("sees-none",)) == (excluded.rule, excluded.failed)
        assert "Nothing is left." == wording.exclusion_reason(advice, excluded).text

    def test_raise(self, own, kb):
        """A raise rule lifts the rating of the variant it names and of no other, and comes after the caps before it."""
        words = {"ion": "Li", "anode": "tin"}
        before, after = (sees(advise(base, **words), "raman", "crystalline-phase") for base in (kb, own(RAISE)))
        assert before | {"enhanced": 3} == after

    def test_raise_from_blindness_is_explained(self, own, kb):
        """A target the technique was blind to is explained by the rule that raised it, not by the old blindness."""
        blind = next(goal for goal in kb.techniques["raman"].blind_to if goal in kb.goals)
        enhanced = kb.techniques["raman"].variants["enhanced"].facilities
        base = own(RAISE.replace("crystalline-phase", blind).replace("rating: 3", "rating: 2"))
        advice = advise(base, ion="Li", anode="tin", targets=[blind], facilities=enhanced)
        said = " ".join(reason.text for reason in reasons(advice, advice.option("raman"), "information"))
        assert "Our particles light tin up." in said
        assert "does not see" not in said

    def test_raise_elsewhere(self, own, kb):
        """On another material the rating stays."""
        words = {"ion": "Li", "anode": "lead"}
        expected = sees(advise(kb, **words), "raman", "crystalline-phase")
        assert expected == sees(advise(own(RAISE), **words), "raman", "crystalline-phase")

    def test_condition_on_what_is_in_the_cell(self, own):
        """A rule may ask for cell, electrolyte and temperature; an open answer meets no such condition."""
        base = own(CELL)
        met = {"cell": ("anode-free", "pouch"), "electrolyte": "ether", "temperature": -10.0}
        words = {"ion": "Li", "anode": "graphite", "targets": ["crystalline-phase"]}
        assert "ours" == advise(base, **words, **met).option("xrd").rule
        for missed in ({"cell": ("coin",)}, {"electrolyte": "carbonate"}, {"temperature": 0.0}, {"temperature": None}):
            assert "xrd" in ranked_ids(advise(base, **words, **met | missed)), missed
        assert "xrd" in ranked_ids(advise(base, **words))
