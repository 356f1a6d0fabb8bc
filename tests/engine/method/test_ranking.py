"""The arithmetic against numbers worked out by hand, and what a ranking must make of it."""

import itertools
import math

import pytest

from engine.checks import (
    advise,
    check_documented_pairings,
    check_order,
    check_pairing_routes,
    check_pairings_follow_members,
    ranked_ids,
)
from engine.hand import (
    check_cap_half_steps,
    check_hand_score,
    check_rounded_parts,
    check_unasked_criteria,
    check_unknown_is_midpoint,
    check_zero_weights,
)
from engine.knowledge import ANODES, IONS
from engine.pinned import pinned
from insitu_advisor.engine.method import arithmetic
from insitu_advisor.engine.method.problem import criterion_shares
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.tier import position


class TestArithmetic:
    @pytest.mark.parametrize(
        ("expected", "ratings", "weights"),
        [(1.0, [3], [1]), (0.0, [0, 0], [1, 1]), (0.5, [3, 0], [1, 1]), (0.75, [3, 0], [3, 1]),
         (5 / 9, [3, 2, 0], [1, 1, 1])],
    )  # fmt: skip
    def test_information(self, expected, ratings, weights):
        """Information is the weighted mean of ratings out of three."""
        assert pytest.approx(expected) == arithmetic.information_value(ratings, weights)

    @pytest.mark.parametrize(("expected", "standings"), [(1.0, [3, 3]), (0.5, [3, 0]), (0.5, [1, 2]), (2 / 3, [2])])
    def test_standing(self, expected, standings):
        """The system is the mean of the standings out of three, so one poor standing is not hidden by a good one."""
        assert pytest.approx(expected) == arithmetic.standing_value(standings)

    @pytest.mark.parametrize(
        ("expected", "place"), [(1.0, 0), (6 / 7, 0.5), (5 / 7, 1), (1 / 7, 3), (0.0, 3.5), (0.0, 4)]
    )
    def test_tier(self, expected, place):
        """Low is worth 1, half a step above very-high is worth 0, equal steps between."""
        assert pytest.approx(expected) == arithmetic.tier_value(place)

    @pytest.mark.parametrize(("expected", "places"), [(0.5, [0, 0]), (2.5, [0, 2]), (2.0, [1.5, 1]), (3.5, [3, 3])])
    def test_pairing(self, expected, places):
        """Two experiments lie half a tier above the dearer."""
        assert expected == arithmetic.pairing_place(places)

    @pytest.mark.parametrize(
        ("expected", "seconds", "rate"), [(3600, 1, 1), (30, 120, 1), (600, 60, 0.1), (1, 1800, 2), (0.5, 7200, 1)]
    )
    def test_points_per_half_cycle(self, expected, seconds, rate):
        """A half-cycle at 1C lasts one hour, at C/10 ten, at 2C half an hour."""
        assert pytest.approx(expected) == arithmetic.points_per_half_cycle(seconds, rate)

    @pytest.mark.parametrize(
        ("expected", "points"), [(0, 0), (0, 1), (0.5, math.sqrt(30)), (0.677, 10), (1, 30), (1, 1e6)]
    )
    def test_follow(self, expected, points):
        """One point follows nothing, thirty follow fully, and the logarithm counts between."""
        assert pytest.approx(expected, abs=1e-3) == arithmetic.follow_value(points)

    def test_shares(self):
        """Shares sum to one and keep the ratio of the weights."""
        assert {"a": 0.75, "b": 0.25, "c": 0.0} == arithmetic.shares({"a": 3, "b": 1, "c": 0})

    def test_no_weight_at_all(self):
        """Weights that are all zero have no shares."""
        with pytest.raises(ZeroDivisionError):
            arithmetic.shares({"a": 0.0})

    def test_rounded_parts(self):
        """Printed parts add up to the printed total."""
        check_rounded_parts()

    @pytest.mark.parametrize(
        ("word", "place"), [("low", 0), ("low+", 0.5), ("moderate", 1), ("high+", 2.5), ("very-high", 3)]
    )
    def test_tier_words(self, word, place):
        """A plus is half a step, and words and places are each other's inverse."""
        assert place == tier.position(word)
        assert word == tier.name(place)

    @pytest.mark.parametrize("word", ["", "cheap", "+", "low++", "veryhigh"])
    def test_no_tier_word(self, word):
        """A word that is no tier is refused."""
        with pytest.raises(KeyError):
            tier.position(word)

    @pytest.mark.parametrize(
        ("expected", "word", "cap"),
        [
            (True, "moderate+", "moderate"),
            (True, "low+", "low"),
            (False, "high", "moderate"),
            (False, "moderate", "low"),
        ],
    )
    def test_half_steps_and_caps(self, expected, word, cap):
        """A half-step belongs to the tier it starts from."""
        assert expected == tier.within(word, cap)


class TestScore:
    def test_by_hand(self, kb):
        """A technique with every number pinned has the score of pencil and paper."""
        check_hand_score(kb)

    def test_weighted_targets_by_hand(self, kb):
        """Weights of targets count within information: (3 x 2 + 1 x 1) / (3 x 4) = 7/12."""
        advice = advise(
            pinned(kb), ion="Li", anode="alloy", targets=["crystalline-phase=3", "lattice-strain"], weights=["balanced"]
        )
        assert pytest.approx(7 / 12) == advice.option("xrd").parts[0].value

    def test_unknown_is_midpoint(self, kb):
        """A resolution nobody has written down counts as the midpoint and is marked as not known."""
        check_unknown_is_midpoint(kb)

    def test_known_nothing_is_not_unknown(self, kb):
        """What is written as reaching nothing counts as zero and is marked as known."""
        part = advise(kb, ion="Li", anode="alloy", scale="atomic").option("eis").parts[2]
        assert ("resolution", 0.0, True) == (part.criterion, part.value, part.known)

    def test_one_known_half(self, kb):
        """Of scale and rate, the half that is not known stands at the midpoint beside the half that is."""
        advice = advise(pinned(kb, resolution=()), ion="Li", anode="alloy", scale="atomic", c_rate="1C",
                        targets=["crystalline-phase"])  # fmt: skip
        part = advice.option("xrd").parts[2]
        assert (0.5, True) == (part.value, part.known)


class TestTakingPart:
    def test_unasked_criteria(self, kb):
        """A criterion nobody asked about takes no part."""
        check_unasked_criteria(kb)

    def test_zero_weights(self, kb):
        """A criterion of weight zero takes no part."""
        check_zero_weights(kb)

    def test_everything_out(self, kb):
        """When all criteria with a weight drop out, information alone decides."""
        advice = advise(
            kb, anode="unknown", weights=["information=0", "system=1", "resolution=1", "cost=0", "preparation=0"]
        )
        assert {"information": 1.0} == dict(advice.shares)

    @pytest.mark.parametrize(
        ("profile", "expected"),
        [("balanced", (0.5, 0.25, 0.125, 0.125)), ("insight", (12 / 17, 3 / 17, 1 / 17, 1 / 17)),
         ("frugal", (1 / 3, 1 / 6, 5 / 18, 2 / 9))],
    )  # fmt: skip
    def test_profiles(self, kb, profile, expected):
        """Each profile has the shares its weights make when resolution takes no part."""
        advice = advise(kb, ion="Li", anode="alloy", weights=[profile])
        assert pytest.approx(expected) == tuple(advice.shares.values())

    def test_profiles_differ(self, kb):
        """Frugal prefers cheap techniques where insight prefers telling ones."""
        words = {"ion": "Li", "anode": "alloy", "targets": ["ion-environment"]}
        assert ranked_ids(advise(kb, **words, weights=["insight"]))[0] == "nmr"
        assert ranked_ids(advise(kb, **words, weights=["frugal"]))[0] != "nmr"

    def test_no_profile_named_is_balanced(self, kb):
        """Without weights the balanced profile is assumed."""
        advice = advise(kb, ion="Li", anode="alloy")
        assert ("balanced", "assumed") == (advice.question.profile.value, advice.question.profile.source)
        assert criterion_shares(advise(kb, ion="Li", anode="alloy", weights=["balanced"]).question) == advice.shares


class TestTies:
    def test_tied_options_share_a_rank(self, kb):
        """Equal scores share a rank and name each other, and the ranks they take up are skipped."""
        only = ["information=1", "system=0", "resolution=0", "cost=0", "preparation=0"]
        advice = advise(kb, ion="Li", anode="alloy", targets=["fracture"], weights=only)
        assert {"tem", "xrd+tem", "tem+eis"} == {option.id for option in advice.ranking if option.rank == 1}
        assert {"xrd+tem", "tem+eis"} == set(advice.option("tem").tied_with)
        assert advice.ranking[3].rank == 4
        check_order(advice)

    def test_fewer_experiments_stand_first(self, kb):
        """Among equals the single experiment is listed before the pairing."""
        only = ["information=1", "system=0", "resolution=0", "cost=0", "preparation=0"]
        assert ranked_ids(advise(kb, ion="Li", anode="alloy", targets=["fracture"], weights=only))[0] == "tem"


class TestPairings:
    @pytest.mark.parametrize("ion", [None, *IONS])
    @pytest.mark.parametrize("anode", [None, *ANODES])
    def test_routes(self, kb, ion, anode):
        """On each route a pairing is dearer than its dearer member, needs both instruments and tells the better."""
        check_pairing_routes(kb, ion, anode)

    def test_documented(self, kb):
        """A confirmed case counts as documented and an unconfirmed one does not."""
        check_documented_pairings(kb)

    def test_unconfirmed_is_said(self, kb):
        """The Fe3N case is shown beside TEM + EIS and marked as not confirmed."""
        advice = advise(kb, ion="Li", anode="iron-nitride")
        case = advice.option("tem+eis").route.documented
        assert "Fe3N" in case.says
        assert case.confirmed == "unconfirmed"

    @pytest.mark.parametrize("pairing", ["xrd+tem", "xrd+raman", "tem+eis"])
    @pytest.mark.parametrize("half", [0, 1])
    def test_one_instrument_is_not_enough(self, kb, pairing, half):
        """With the instruments of one member only, the pairing is out for want of the other's."""
        instruments = {"xrd": "lab-xrd", "tem": "tem-holder", "raman": "raman", "eis": "potentiostat"}
        members = pairing.split("+")
        words = {"ion": "Li", "anode": "alloy", "targets": ["fracture"]}
        assert advise(kb, **words, facilities=[instruments[members[half]]]).option(pairing).rule == "facility"
        both = [instruments[member] for member in members]
        assert pairing in ranked_ids(advise(kb, **words, facilities=both))

    @pytest.mark.parametrize("weights", [["balanced"], ["frugal"], ["insight"]], ids=lambda words: words[0])
    @pytest.mark.parametrize("anode", ANODES)
    def test_as_ranked(self, kb, anode, weights):
        """In every ranking a pairing uses its members' variants, costs more than each and sees what each sees."""
        together = 0
        for ion, target in itertools.product(IONS, kb.targets):
            advice = advise(kb, ion=ion, anode=anode, targets=[target], weights=weights)
            together += any(option.kind == "pairing" for option in advice.ranking)
            check_pairings_follow_members(advice)
        assert together > 20

    def test_tells_at_least_what_its_members_tell_as_ranked(self, kb):
        """Where a member alone takes a dearer variant that sees more, so does its pairing."""
        advice = advise(kb, ion="Na", anode="hard-carbon", targets=["reaction-intermediates"], weights=["frugal"])
        check_pairings_follow_members(advice)
        assert advice.option("xrd+raman").parts[0].value >= advice.option("xrd").parts[0].value

    def test_blind_member_takes_its_own_best_variant(self, kb):
        """A member that sees nothing of what is asked still takes part, by the variant that is best for it alone."""
        words = {"ion": "Li", "anode": "alloy", "weights": ["cost=1", "information=0", "system=0", "preparation=0"]}
        advice = advise(kb, **words, targets=["charge-transfer"])
        assert "tem" not in ranked_ids(advice)
        way = advice.option("tem+eis").route.ways[0]
        assert min(position(other.cost.tier) for other in advice.system.ways["tem"]) == position(way.cost.tier)


class TestCaps:
    def test_half_steps(self, kb):
        """FTIR preparation, half a step above moderate, passes a moderate cap and fails a low one."""
        check_cap_half_steps(kb)

    def test_cap_is_read_technique_by_technique(self, kb):
        """Two cheap experiments pass a low budget, though together they count half a tier more in the score."""
        advice = advise(kb, ion="Li", anode="intercalation", budget="low", targets=["crystalline-phase"])
        route = advice.option("xrd+raman").route
        assert "xrd+raman" in ranked_ids(advice)
        assert route.cost_place == 0.5

    def test_cheaper_variant_passes(self, kb):
        """A low budget leaves XRD its laboratory variant and takes the beamline out."""
        words = {"ion": "Li", "anode": "alloy", "targets": ["heterogeneity", "crystalline-phase"]}
        assert advise(kb, **words, budget="low").option("xrd").route.ways[0].variant_id == "laboratory"
        assert advise(kb, **words, budget="low", facilities=["synchrotron"]).option("xrd").rule == "budget"

    def test_absolute_scale(self, kb):
        """An option's score does not depend on which others pass."""
        words = {"ion": "Li", "anode": "alloy"}
        wide, narrow = advise(kb, **words), advise(kb, **words, facilities=["lab-xrd"])
        assert ["xrd"] == ranked_ids(narrow)
        assert wide.option("xrd").score == narrow.option("xrd").score


PAIRED = {"ion": "K", "anode": "antimony", "c_rate": "1C", "scale": "particle"}


class TestPairedResolution:
    def _resolution(self, advice, option):
        return next(part.value for part in advice.option(option).parts if part.criterion == "resolution")

    def test_fast_member_does_not_speed_up_a_slow_one(self, kb):
        """Where only TEM sees the fracture well, the pairing with XRD resolves it as TEM alone does."""
        advice = advise(kb, **PAIRED, targets=["fracture"])
        ratings = {way.technique_id: way.ratings["fracture"] for way in advice.option("xrd+tem").route.ways}
        assert ratings["tem"] > ratings["xrd"]
        assert self._resolution(advice, "tem") == self._resolution(advice, "xrd+tem")
        assert self._resolution(advice, "xrd") != self._resolution(advice, "tem")

    def test_each_target_by_the_one_who_sees_it_best(self, kb):
        """Two targets at weights 3 and 1, one seen best by each member, weigh their resolutions 3 to 1."""
        advice = advise(kb, **PAIRED, targets=["fracture=3", "lattice-strain=1"])
        tem, xrd = (
            next(way for way in advice.option("xrd+tem").route.ways if way.technique_id == key)
            for key in ("tem", "xrd")
        )
        assert tem.ratings["fracture"] > xrd.ratings["fracture"]
        assert xrd.ratings["lattice-strain"] > tem.ratings["lattice-strain"]
        mixed = (3 * self._resolution(advice, "tem") + self._resolution(advice, "xrd")) / 4
        assert pytest.approx(mixed) == self._resolution(advice, "xrd+tem")

    def test_targets_that_nobody_sees_are_left_out(self, kb):
        """A second target that neither member sees does not dilute the resolution."""
        alone = advise(kb, **PAIRED, targets=["fracture"])
        both = advise(kb, **PAIRED, targets=["fracture", "gas-evolution"])
        assert not both.option("xrd+tem").route.ratings["gas-evolution"]
        assert self._resolution(alone, "xrd+tem") == self._resolution(both, "xrd+tem")
