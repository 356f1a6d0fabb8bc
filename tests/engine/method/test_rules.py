"""Each rule acts on the questions it speaks of and on no others; the physics every researcher would check is right."""

import re

import pytest

from engine.checks import advise, failed, ranked_ids
from engine.knowledge import IONS, changed, ways, without_rule
from engine.question.asking_rules import missing, ratings, scales, sees, told, triggering
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.cautions import cautions, preparations
from insitu_advisor.knowledge.loader import load_knowledge_base

RULES = list(load_knowledge_base().rules)
STEERING = [rule for rule in RULES if load_knowledge_base().rules[rule].kind in {"cap", "raise"}]
BLURRING = [rule for rule in RULES if load_knowledge_base().rules[rule].kind == "blur"]
TELLING = [rule for rule in RULES if load_knowledge_base().rules[rule].kind in {"caution", "prepare"}]
EXCLUDING = [rule for rule in RULES if load_knowledge_base().rules[rule].kind == "exclude"]
CONDITIONAL = [rule for rule in RULES if load_knowledge_base().rules[rule].when.model_fields_set]


def goals_within(kb, target):
    """The goals a target stands for, and what is narrower than it."""
    return (*kb.goals_of(target), *(kb.targets[target].narrower if target in kb.targets else ()))


def _later(kb, rule_id, variant, target):
    """The ratings that rules further down the file give to the same variant and target."""
    ids = list(kb.rules)
    rules = [kb.rules[other] for other in ids[ids.index(rule_id) + 1 :]]
    technique = kb.rules[rule_id].technique
    return {
        rule.rating
        for rule in rules
        if rule.technique == technique
        and target in {goal for named in rule.targets for goal in goals_within(kb, named)}
        and variant in (rule.variants or [variant])
    }


def taken_out(kb, rule_id, words):
    """The variants of its technique that a rule takes out of a question."""
    ways = advise(kb, **words).system.ways[kb.rules[rule_id].technique]
    return {way.variant_id for way in ways if rule_id in way.excluded_by}


def texts(advice, technique, variant=None):
    """Cautions and checklist lines for a technique, by one variant or by the first."""
    routes = advice.system.routes[technique]
    route = next(r for r in routes if variant in (None, r.ways[0].variant_id))
    steps = [step.text for _, lines in preparations(advice, route) for step in lines]
    return " ".join([*(caution.text for caution in cautions(advice, route)), *steps])


class TestEveryRule:
    def test_kinds_are_covered(self):
        """Every shipped rule is tested below."""
        assert set(RULES) == {*STEERING, *BLURRING, *TELLING, *EXCLUDING}

    @pytest.mark.parametrize("rule_id", STEERING)
    def test_steering_moves_ratings(self, kb, rule_id):
        """On a question it speaks of, a rule moves the ratings it names, to where it says, and no others."""
        rule, moved, bare = kb.rules[rule_id], {}, without_rule(kb, rule_id)
        for words in triggering(kb, rule):
            before, after = ratings(bare, rule, words), ratings(kb, rule, words)
            moved |= {key: (before[key], after[key]) for key in after if before[key] != after[key]}
        assert moved
        for (variant, target), (before, after) in moved.items():
            assert variant in (rule.variants or kb.techniques[rule.technique].variants)
            assert target in {goal for named in rule.targets for goal in goals_within(kb, named)}
            assert after in {rule.rating, *_later(kb, rule_id, variant, target)}
            assert (after < before) == (rule.kind == "cap")

    @pytest.mark.parametrize("rule_id", [rule for rule in CONDITIONAL if rule in STEERING])
    def test_steering_rests_otherwise(self, kb, rule_id):
        """Where one answer misses its condition, a rule changes no rating."""
        rule, off, bare = kb.rules[rule_id], list(missing(kb, kb.rules[rule_id])), without_rule(kb, rule_id)
        assert off
        for words in off:
            assert ratings(bare, rule, words) == ratings(kb, rule, words), words

    @pytest.mark.parametrize("rule_id", BLURRING)
    def test_blurring_moves_one_scale(self, kb, rule_id):
        """On a question it speaks of, a blur says how far its variants resolve its scale; else nothing moves."""
        rule, bare = kb.rules[rule_id], without_rule(kb, rule_id)
        named = set(rule.variants or kb.techniques[rule.technique].variants)
        for words in triggering(kb, rule):
            before, after = scales(bare, rule, words), scales(kb, rule, words)
            assert {(variant, rule.scale) for variant in named} == {key for key in after if before[key] != after[key]}
            assert {(rule.reach, rule.sentence)} == {after[variant, rule.scale] for variant in named}
        for words in missing(kb, rule):
            assert scales(bare, rule, words) == scales(kb, rule, words), words

    @pytest.mark.parametrize("rule_id", EXCLUDING)
    def test_excluding_takes_out(self, kb, rule_id):
        """On a question it speaks of, an exclude rule takes out the variants it names and no others; else none."""
        rule = kb.rules[rule_id]
        named = set(rule.variants or kb.techniques[rule.technique].variants)
        for words in triggering(kb, rule):
            assert named == taken_out(kb, rule_id, words), words
        for words in missing(kb, rule):
            assert set() == taken_out(kb, rule_id, words), words

    @pytest.mark.parametrize("rule_id", TELLING)
    def test_telling_speaks(self, kb, rule_id):
        """On a question it speaks of, a caution or checklist line stands beside the variants it names and no others."""
        rule = kb.rules[rule_id]
        for words in triggering(kb, rule):
            expected = set(rule.variants or kb.techniques[rule.technique].variants)
            assert expected == told(advise(kb, **words), rule), words

    @pytest.mark.parametrize("rule_id", [rule for rule in CONDITIONAL if rule in TELLING])
    def test_telling_is_silent_otherwise(self, kb, rule_id):
        """Where one answer misses its condition, a caution or checklist line is not shown."""
        rule, off = kb.rules[rule_id], list(missing(kb, kb.rules[rule_id]))
        assert off
        for words in off:
            assert set() == told(advise(kb, **words), rule), words

    @pytest.mark.parametrize("rule_id", TELLING)
    def test_telling_keeps_to_its_technique(self, kb, rule_id):
        """No caution stands beside a technique it does not speak of."""
        rule = kb.rules[rule_id]
        advice = advise(kb, **triggering(kb, rule)[0])
        for technique in kb.techniques:
            if technique != rule.technique:
                assert rule.sentence not in texts(advice, technique)


class TestPhysics:
    """What every researcher would check first; words and numbers are left to the data."""

    def test_amorphous_order_needs_total_scattering(self, kb):
        """The ordinary diffractometer hardly sees amorphous order or intermediates; total scattering does."""
        advice = advise(kb, ion="Li", anode="silicon")
        for goal in ("amorphous-order", "reaction-intermediates"):
            seen = sees(advice, "xrd", goal)
            assert seen["laboratory"] <= 1 < seen["total-scattering"], goal

    def test_crystalline_intermediates(self, kb):
        """Graphite stages are crystalline, so Bragg diffraction answers for them."""
        advice = advise(kb, ion="Li", anode="graphite")
        assert sees(advice, "xrd", "crystalline-phase")["laboratory"] >= 2

    @pytest.mark.parametrize("ion", IONS)
    def test_tem_is_never_a_rate(self, kb, ion):
        """Of charge transfer TEM gives a hint at most, and every answer with it warns of rate or of cycle life."""
        advice = advise(kb, ion=ion, anode="alloy", targets=["fracture", "ion-diffusion"], c_rate="1C")
        assert max(sees(advice, "tem", "charge-transfer").values()) <= 1
        for route in advice.system.routes["tem"]:
            assert re.search("rate|cycle life", " ".join(caution.text for caution in cautions(advice, route)))

    def test_the_beam_makes_its_own_interphase(self, kb):
        """Of the chemistry of the interphase no way of TEM in liquid is more than a hint."""
        advice = advise(kb, ion="Li", anode="alloy", targets=["sei-composition"])
        assert sees(advice, "tem", "sei-composition")["liquid-cell"] <= 1
        assert "beam" in texts(advice, "tem", "liquid-cell")

    @pytest.mark.parametrize(("ion", "expected"), [("Na", True), ("K", True), ("Li", False), (None, False)])
    def test_counter_electrode_of_a_spectrum(self, kb, ion, expected):
        """Every spectrum has to be steady; with sodium and potassium the counter electrode is part of it besides."""
        advice = advise(kb, ion=ion, anode="intercalation")
        assert re.search("steady|stationar|Kramers", texts(advice, "eis"))
        assert expected == bool(re.search("(sodium|potassium|metal) counter electrode", texts(advice, "eis")))
        assert "Kramers" not in texts(advice, "sans")

    @pytest.mark.parametrize(("variant", "expected"), [("laboratory", True), ("near-ambient", False)])
    def test_vacuum(self, kb, variant, expected):
        """Vacuum is a warning beside all XPS but that near ambient pressure."""
        advice = advise(kb, ion="Li", anode="alloy")
        route = next(route for route in advice.system.routes["xps"] if route.ways[0].variant_id == variant)
        said = " ".join(caution.text for caution in cautions(advice, route))
        assert expected == ("evaporate" in said)

    def test_fluorides(self, kb):
        """Asked about the interphase, FTIR says that it misses alkali fluorides."""
        advice = advise(kb, ion="Na", anode="intercalation", targets=["sei-composition"])
        assert "LiF" in texts(advice, "ftir")

    def test_raman_and_metals(self, kb):
        """Raman sees less of a metal's phases than of an oxide's."""
        tin, titania = (
            max(sees(advise(kb, ion="Li", anode=anode), "raman", "crystalline-phase").values())
            for anode in ("tin", "titanium-dioxide")
        )
        assert tin <= 1 < titania

    @pytest.mark.parametrize(("ion", "seen"), [("Li", True), ("Na", True), ("K", False)])
    def test_nuclei(self, kb, ion, seen):
        """7Li and 23Na show the ion itself; 39K does not, by a rule with sources, but its electrolyte is seen."""
        advice = advise(kb, ion=ion, anode="alloy", targets=["ion-environment"])
        assert seen == ("nmr" in ranked_ids(advice))
        assert "nmr" in ranked_ids(advise(kb, ion=ion, anode="alloy", targets=["electrolyte-decomposition"]))
        if not seen:
            assert advice.option("nmr").rule in kb.rules
            assert wording.exclusion_reason(advice, advice.option("nmr")).sources

    def test_neutrons(self, kb):
        """SANS without a large facility is out for want of an instrument; with neutrons it is in."""
        words = {"ion": "Na", "anode": "hard-carbon", "targets": ["pore-filling"]}
        assert ("facility",) == failed(advise(kb, **words, facilities=["core-facility"]), "sans")
        assert "sans" in ranked_ids(advise(kb, **words, facilities=["neutron-source"]))

    def test_contrast(self, kb):
        """SANS asks for deuteration with every ion, and of the ions it has an isotope of lithium only."""
        said = {ion: texts(advise(kb, ion=ion, anode="intercalation"), "sans") for ion in IONS}
        assert all("deuterated" in text for text in said.values())
        assert "7Li" in said["Li"]
        assert "no isotope" not in said["Li"]


class TestResolution:
    def test_raw_lengths_never_rank(self, kb):
        """Lateral, depth and precision figures may be a million times sharper without moving a single point."""
        words = {"ion": "Li", "anode": "alloy", "scale": "atomic", "c_rate": "C/10"}
        plain, sharper = advise(kb, **words), advise(_sharper(kb), **words)
        assert [(o.id, o.score) for o in plain.ranking] == [(o.id, o.score) for o in sharper.ranking]

    def test_time_per_point_does_rank(self, kb):
        """Time per point, in points per half-cycle, is what the C-rate asks for."""
        words = {"ion": "Li", "anode": "alloy", "c_rate": "1C"}
        plain, slower = advise(kb, **words), advise(_slower(kb), **words)
        points = [{o.id: o.score for o in advice.ranking} for advice in (plain, slower)]
        assert all(points[1].get(option, 0.0) <= score for option, score in points[0].items())
        assert any(points[1].get(option, 0.0) < score for option, score in points[0].items())


def _figures(kb, change):
    """The knowledge base with every figure passed through a change."""
    techniques = {}
    for key, technique in kb.techniques.items():
        variants = {
            name: ways({name: variant}, resolution=tuple(change(figure) for figure in variant.resolution))[name]
            for name, variant in technique.variants.items()
        }
        techniques[key] = technique.model_copy(update={"variants": variants})
    return changed(kb, techniques=techniques)


def _sharper(kb):
    return _figures(
        kb,
        lambda f: f if f.quantity == "time-per-point" else f.model_copy(update={"value": (f.low / 1e6, f.high / 1e6)}),
    )


def _slower(kb):
    return _figures(kb, lambda f: f.model_copy(update={"value": (f.low * 1000, f.high * 1000)}))
