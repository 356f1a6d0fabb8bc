"""Each rule acts on the questions it speaks of and on no others; the physics every researcher would check is right."""

import pytest

from engine.checks import advise, ranked_ids
from engine.knowledge import IONS, changed, ways, without_rule
from engine.question.asking_rules import missing, ratings, sees, told, triggering
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.cautions import cautions, preparations
from insitu_advisor.knowledge.loader import load_knowledge_base

RULES = list(load_knowledge_base().rules)
STEERING = [rule for rule in RULES if load_knowledge_base().rules[rule].kind in {"cap", "raise"}]
TELLING = [rule for rule in RULES if load_knowledge_base().rules[rule].kind in {"caution", "prepare"}]
CONDITIONAL = [rule for rule in RULES if load_knowledge_base().rules[rule].when.model_fields_set]
SEEN_BY_POTASSIUM_NMR = {"sei-composition", "electrolyte-decomposition"}
SEI = ("sei-composition", "sei-growth", "electrolyte-decomposition")


def _later(kb, rule_id, variant, target):
    """The ratings that rules further down the file give to the same variant and target."""
    ids = list(kb.rules)
    rules = [kb.rules[other] for other in ids[ids.index(rule_id) + 1 :]]
    technique = kb.rules[rule_id].technique
    return {
        rule.rating
        for rule in rules
        if rule.technique == technique and target in rule.targets and variant in (rule.variants or [variant])
    }


def texts(advice, technique, variant=None):
    """Cautions and checklist lines for a technique, by one variant or by the first."""
    routes = advice.system.routes[technique]
    route = next(r for r in routes if variant in (None, r.ways[0].variant_id))
    steps = [step.text for _, lines in preparations(advice, route) for step in lines]
    return " ".join([*(caution.text for caution in cautions(advice, route)), *steps])


class TestEveryRule:
    def test_kinds_are_covered(self):
        """Every shipped rule is tested below."""
        assert set(RULES) == {*STEERING, *TELLING}

    @pytest.mark.parametrize("rule_id", STEERING)
    def test_steering_moves_ratings(self, kb, rule_id):
        """On a question it speaks of, a rule moves the ratings it names, to where it says, and no others."""
        rule, moved = kb.rules[rule_id], {}
        for words in triggering(kb, rule):
            before, after = ratings(without_rule(kb, rule_id), rule, words), ratings(kb, rule, words)
            moved |= {key: (before[key], after[key]) for key in after if before[key] != after[key]}
        assert moved
        for (variant, target), (before, after) in moved.items():
            assert variant in (rule.variants or kb.techniques[rule.technique].variants)
            assert target in rule.targets
            assert after in {rule.rating, *_later(kb, rule_id, variant, target)}
            assert (after < before) == (rule.kind == "cap")

    @pytest.mark.parametrize("rule_id", [rule for rule in CONDITIONAL if rule in STEERING])
    def test_steering_rests_otherwise(self, kb, rule_id):
        """Where one answer misses its condition, a rule changes no rating."""
        rule, off = kb.rules[rule_id], list(missing(kb, kb.rules[rule_id]))
        assert off
        for words in off:
            assert ratings(without_rule(kb, rule_id), rule, words) == ratings(kb, rule, words), words

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


class TestNmr:
    def test_potassium_is_not_seen(self, kb):
        """In a K cell NMR keeps only what the electrolyte's own nuclei show, and imaging the hole that metal leaves."""
        for way in advise(kb, ion="K", anode="intercalation").system.ways["nmr"]:
            by_holes = {"metal-plating", "heterogeneity"} if way.variant_id == "imaging" else set()
            assert {target for target, rating in way.ratings.items() if rating} <= SEEN_BY_POTASSIUM_NMR | by_holes
            assert all(way.ratings[target] == 1 for target in by_holes)

    def test_potassium_excludes_with_the_rule(self, kb):
        """Asked for potassium environments, NMR is out by the 39K rule, with its reason and its papers."""
        advice = advise(kb, ion="K", anode="alloy", targets=["ion-environment"])
        excluded = advice.option("nmr")
        assert "nmr-potassium-nucleus" == excluded.rule
        reason = wording.exclusion_reason(advice, excluded)
        assert "570 times" in reason.text
        assert reason.sources

    def test_electrolyte_of_a_potassium_cell(self, kb):
        """1H, 19F and 31P of the electrolyte still speak in a K cell."""
        advice = advise(kb, ion="K", anode="alloy", targets=["electrolyte-decomposition"])
        assert "nmr" in ranked_ids(advice)
        assert "19F" in texts(advice, "nmr")

    @pytest.mark.parametrize(("ion", "nucleus"), [("Li", "7Li"), ("Na", "23Na")])
    def test_good_nuclei(self, kb, ion, nucleus):
        """7Li and 23Na show the ion itself."""
        advice = advise(kb, ion=ion, anode="intercalation", targets=["ion-environment"])
        assert sees(advice, "nmr", "ion-environment")["static"] == 3
        assert f"Measure {nucleus}" in texts(advice, "nmr")


class TestXrd:
    def test_amorphous_needs_total_scattering(self, kb):
        """No Bragg variant sees amorphous order; total scattering does."""
        seen = sees(advise(kb, ion="Li", anode="silicon"), "xrd", "amorphous-order")
        assert {"laboratory": 0, "synchrotron": 0, "total-scattering": 3} == seen

    def test_amorphous_asked_at_a_bench(self, kb):
        """A laboratory diffractometer is no way to an amorphous phase; a synchrotron is, by total scattering."""
        words = {"ion": "Li", "anode": "silicon", "targets": ["amorphous-order"]}
        assert "xrd" not in ranked_ids(advise(kb, **words, facilities=["lab-xrd"]))
        way = advise(kb, **words, facilities=["synchrotron"]).option("xrd").route.ways[0]
        assert way.variant_id == "total-scattering"

    @pytest.mark.parametrize(("ion", "anode"), [("Li", "silicon"), ("Na", "antimony"), ("Na", "tin")])
    def test_amorphous_intermediates(self, kb, ion, anode):
        """Bragg diffraction only hints at amorphous intermediates, which total scattering sees."""
        seen = sees(advise(kb, ion=ion, anode=anode), "xrd", "reaction-intermediates")
        assert {"laboratory": 1, "synchrotron": 1, "total-scattering": 3} == seen

    def test_crystalline_intermediates(self, kb):
        """Graphite stages are crystalline, so Bragg diffraction keeps its rating."""
        advice = advise(kb, ion="Li", anode="graphite")
        assert sees(advice, "xrd", "reaction-intermediates")["laboratory"] == 2
        assert sees(advice, "xrd", "crystalline-phase")["laboratory"] == 3

    @pytest.mark.parametrize(("ion", "expected"), [("Na", True), ("K", True), ("Li", False)])
    def test_foil(self, kb, ion, expected):
        """Na and K cells are told that the foil may be aluminium; Li cells are not."""
        assert expected == ("aluminium instead of copper" in texts(advise(kb, ion=ion, anode="alloy"), "xrd"))


class TestTem:
    @pytest.mark.parametrize("ion", IONS)
    @pytest.mark.parametrize("option", ["tem", "xrd+tem", "tem+eis"])
    def test_never_a_rate(self, kb, ion, option):
        """Whatever is asked, TEM says that one particle in vacuum is no evidence for rate capability."""
        advice = advise(kb, ion=ion, anode="alloy", targets=["rate capability", "fracture"])
        said = " ".join(caution.text for caution in cautions(advice, advice.option(option).route))
        assert "not for rate capability or cycle life" in said
        assert max(sees(advice, "tem", "ion-diffusion").values()) <= 1
        assert max(sees(advice, "tem", "charge-transfer").values()) == 0

    @pytest.mark.parametrize("target", SEI)
    def test_never_a_proof_of_the_interphase(self, kb, target):
        """Of the interphase TEM gives a hint at most, with a warning that the beam makes its own."""
        advice = advise(kb, ion="Li", anode="alloy", targets=[target])
        assert max(sees(advice, "tem", target).values()) <= 1
        assert "beam itself decomposes carbonates" in texts(advice, "tem", "liquid-cell")

    def test_no_interphase_warning_unasked(self, kb):
        """Asked about cracks, TEM is not hedged with the interphase warning."""
        advice = advise(kb, ion="Li", anode="alloy", targets=["fracture"])
        assert "beam itself decomposes carbonates" not in texts(advice, "tem")


class TestEis:
    @pytest.mark.parametrize("ion", [None, *IONS])
    def test_stationarity(self, kb, ion):
        """Every use of EIS is told to stay linear and steady."""
        assert "linear and steady" in texts(advise(kb, ion=ion, anode="alloy"), "eis")

    @pytest.mark.parametrize(("ion", "expected"), [("Na", True), ("K", True), ("Li", False), (None, False)])
    def test_counter_electrode(self, kb, ion, expected):
        """Sodium and potassium counter electrodes contaminate a two-electrode spectrum."""
        said = texts(advise(kb, ion=ion, anode="intercalation"), "eis")
        assert expected == ("sodium or potassium counter electrode is part of the spectrum" in said)

    @pytest.mark.parametrize("technique", ["xrd", "raman", "sans"])
    def test_others_need_no_steady_state(self, kb, technique):
        """The warning is about impedance only."""
        assert "Kramers-Kronig" not in texts(advise(kb, ion="K", anode="alloy"), technique)


class TestPhotonsAndNeutrons:
    @pytest.mark.parametrize(("variant", "expected"), [("laboratory", True), ("haxpes", True), ("near-ambient", False)])
    def test_xps_vacuum(self, kb, variant, expected):
        """Vacuum forbids volatile electrolytes in all XPS but near-ambient."""
        said = texts(advise(kb, ion="Li", anode="alloy"), "xps", variant)
        assert expected == ("evaporate in vacuum" in said)

    @pytest.mark.parametrize(("target", "expected"), [("sei-composition", True), ("solvation", False)])
    def test_ftir_fluorides(self, kb, target, expected):
        """Asked about the interphase, FTIR says that it misses alkali fluorides."""
        said = texts(advise(kb, ion="Na", anode="intercalation", targets=[target]), "ftir")
        assert expected == ("LiF, NaF, KF and oxides" in said)

    @pytest.mark.parametrize(("anode", "most"), [("hard carbon", 1), ("graphite", 2)])
    def test_raman_and_stages(self, kb, anode, most):
        """Raman follows the stages of graphite; a disordered carbon has none."""
        seen = sees(advise(kb, ion="K", anode=anode), "raman", "crystalline-phase")
        assert most == max(seen.values())

    @pytest.mark.parametrize(("anode", "most"), [("tin", 1), ("lead", 1), ("titanium-dioxide", 2)])
    def test_raman_and_metals(self, kb, anode, most):
        """Raman is nearly blind to metals and not to oxides."""
        seen = sees(advise(kb, ion="Li", anode=anode), "raman", "crystalline-phase")
        assert most == max(seen.values())

    @pytest.mark.parametrize(
        ("ion", "anode", "variant", "expected"),
        [
            ("Li", "graphite", "confocal", True),
            ("Li", "graphite", "kerr-gated", False),
            ("K", "graphite", "confocal", False),
            ("Li", "hard-carbon", "confocal", False),
        ],
    )
    def test_raman_fluorescence(self, kb, ion, anode, variant, expected):
        """Highly lithiated graphite needs fluorescence suppression, which Kerr gating is."""
        said = texts(advise(kb, ion=ion, anode=anode), "raman", variant)
        assert expected == ("unless fluorescence is suppressed" in said)

    @pytest.mark.parametrize(
        ("facility", "expected"), [("synchrotron", False), ("neutron-source", True), ("core-facility", False)]
    )
    def test_sans_is_done_with_neutrons(self, kb, facility, expected):
        """SANS needs a neutron source; a synchrotron does not let it in."""
        advice = advise(kb, ion="Na", anode="hard-carbon", targets=["pore-filling"], facilities=[facility])
        assert expected == ("sans" in ranked_ids(advice))
        if not expected:
            assert advice.option("sans").rule == "facility"
            assert "neutron source" in wording.remedy_text(kb, advice.option("sans"))

    @pytest.mark.parametrize(("ion", "expected"), [("Li", True), ("Na", False), ("K", False)])
    def test_sans_contrast(self, kb, ion, expected):
        """SANS asks for contrast by deuteration always, and for 7Li with lithium only."""
        said = texts(advise(kb, ion=ion, anode="intercalation"), "sans")
        assert "deuterated solvent" in said
        assert expected == ("Use a 7Li counter electrode" in said)


class TestResolution:
    def test_raw_lengths_never_rank(self, kb):
        """Lateral, depth and precision figures may be a million times sharper without moving a single point."""
        words = {"ion": "Li", "anode": "alloy", "scale": "atomic", "c_rate": "C/10"}
        plain, sharper = advise(kb, **words), advise(_sharper(kb), **words)
        assert [(o.id, o.score) for o in plain.ranking] == [(o.id, o.score) for o in sharper.ranking]

    def test_time_per_point_does_rank(self, kb):
        """Time per point, in points per half-cycle, is what the C-rate asks for."""
        words = {"ion": "Li", "anode": "alloy", "scale": "atomic", "c_rate": "2C"}
        plain, slower = advise(kb, **words), advise(_slower(kb), **words)
        assert slower.option("xrd").score < plain.option("xrd").score


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
