"""The score by hand, what takes part, ties, pairings and caps."""

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
    PINNED,
    check_budget,
    check_cap_half_steps,
    check_facilities,
    check_hand_score,
    check_pace,
    check_reach,
    check_rounded_parts,
    check_track_record,
    check_two_targets,
    check_unasked_criteria,
    check_unknown_is_midpoint,
    check_zero_weights,
)
from engine.knowledge import ANODES, IONS
from engine.pinned import pinned, tier
from insitu_advisor.engine.method import arithmetic, record
from insitu_advisor.engine.method.problem import criterion_shares
from insitu_advisor.engine.method.readings import NEUTRAL
from insitu_advisor.knowledge import tier as tiers
from insitu_advisor.knowledge.tier import position

ONLY_INFORMATION = ["information=1", "track-record=0", "cost=0", "preparation=0"]


class TestArithmetic:
    @pytest.mark.parametrize(("expected", "place"), [(1.0, 0), (6 / 7, 0.5), (5 / 7, 1), (1 / 7, 3), (0.0, 3.5)])
    def test_tier(self, expected, place):
        """Low is worth 1, half a step above very-high is worth 0, equal steps between."""
        assert pytest.approx(expected) == NEUTRAL.tiers[place]

    @pytest.mark.parametrize(
        ("expected", "places"),
        [(2, [2]), (0.5, [0, 0]), (2.5, [0, 2]), (2.0, [1.5, 1]), (3.5, [3, 3]), (2.5, [0, 1, 2])],
    )
    def test_set(self, expected, places):
        """Several experiments lie half a tier above the dearest, however many they are; one lies where it lies."""
        assert expected == arithmetic.set_place(places)

    @pytest.mark.parametrize(
        ("expected", "seconds", "rate"), [(3600, 1, 1), (30, 120, 1), (600, 60, 0.1), (1, 1800, 2), (0.5, 7200, 1)]
    )
    def test_points_per_half_cycle(self, expected, seconds, rate):
        """A half-cycle at 1C lasts one hour, at C/10 ten, at 2C half an hour."""
        assert pytest.approx(expected) == arithmetic.points_per_half_cycle(seconds, rate)

    @pytest.mark.parametrize(
        ("expected", "points"), [(0, 0), (0, 1), (0.119, 1.5), (0.5, math.sqrt(30)), (0.677, 10), (1, 30), (1, 1e6)]
    )
    def test_follow(self, expected, points):
        """One point follows nothing, thirty follow fully, and the logarithm counts between."""
        assert pytest.approx(expected, abs=1e-3) == arithmetic.follow_value(points)

    @pytest.mark.parametrize(("expected", "studies"), [(0, 0), (1, 1), (2, 2), (2, 5), (3, 6), (3, 100)])
    def test_standing(self, expected, studies):
        """No study, one, several, and from six on established."""
        assert expected == record.standing(studies)

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
        assert place == tiers.position(word)
        assert word == tiers.name(place)

    @pytest.mark.parametrize("word", ["", "cheap", "+", "low++", "veryhigh"])
    def test_no_tier_word(self, word):
        """A word that is no tier is refused."""
        with pytest.raises(KeyError):
            tiers.position(word)

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
        assert expected == tiers.within(word, cap)


class TestByHand:
    def test_score(self, kb):
        """A technique with every number pinned has the score of pencil and paper."""
        check_hand_score(kb)

    def test_weighted_targets(self, kb):
        """Several goals count by their weights."""
        check_two_targets(kb)

    def test_reach(self, kb):
        """The asked scale takes away from what is seen, or all of it."""
        check_reach(kb)

    def test_pace(self, kb):
        """The asked rate takes away from what is seen, or all of it."""
        check_pace(kb)

    def test_unknown_is_midpoint(self, kb):
        """A reach or pace nobody has written down counts half."""
        check_unknown_is_midpoint(kb)

    def test_track_record(self, kb):
        """The track record is counted from the studies, and raised by what its sources say."""
        check_track_record(kb)

    def test_no_credit_for_what_is_not_seen(self, kb):
        """Resolving the asked scale earns nothing where nothing is seen of the goal."""
        words = PINNED | {"targets": ["gas-evolution", "crystalline-phase"], "scale": None, "c_rate": None}
        assert pytest.approx(1 / 3) == advise(pinned(kb), **words).option("xrd").parts[0].value


class TestParts:
    """A target with parts stands as its parts."""

    @pytest.fixture
    def parted(self, kb):
        """The pinned base in which lattice strain has two parts, of which the technique sees one."""
        from engine.knowledge import changed
        from insitu_advisor.knowledge.vocabulary import TargetPart

        base = pinned(kb)
        parts = {key: TargetPart(name=key, definition="Pinned.") for key in ("strain-up", "strain-down")}
        whole = base.targets["lattice-strain"].model_copy(update={"parts": parts})
        xrd = base.techniques["xrd"]
        sight = xrd.information["crystalline-phase"].model_copy(update={"rating": 3})
        seeing = xrd.model_copy(
            update={
                "information": {**xrd.information, "strain-up": sight},
                "blind_to": {**xrd.blind_to, "strain-down": "Pinned."},
            }
        )
        return changed(
            base,
            targets={**base.targets, "lattice-strain": whole},
            techniques={**base.techniques, "xrd": seeing},
        )

    def test_goals_of_a_whole(self, parted):
        """Asked whole, each part counts alike: (1 + 0) / 2."""
        words = PINNED | {"targets": ["lattice-strain"], "scale": None, "c_rate": None}
        advice = advise(parted, **words)
        assert ("strain-up", "strain-down") == advice.goals
        assert pytest.approx(1 / 2) == advice.option("xrd").parts[0].value

    def test_goal_of_a_part(self, parted):
        """Asked for one part, only that counts, and its own rating comes before that of the whole."""
        words = PINNED | {"targets": ["strain-up"], "scale": None, "c_rate": None}
        advice = advise(parted, **words)
        assert ("strain-up",) == advice.goals
        assert pytest.approx(1.0) == advice.option("xrd").parts[0].value
        assert "xrd" not in ranked_ids(advise(parted, **words | {"targets": ["strain-down"]}))

    def test_part_beside_the_whole(self, parted):
        """A part asked beside the whole counts with both weights: 1 + 1/2 against 1/2."""
        words = PINNED | {"targets": ["lattice-strain", "strain-up"], "scale": None, "c_rate": None}
        advice = advise(parted, **words)
        assert pytest.approx({"strain-up": 3 / 4, "strain-down": 1 / 4}) == dict(advice.problem.goals)
        assert pytest.approx(3 / 4) == advice.option("xrd").parts[0].value


class TestTakingPart:
    def test_unasked_criteria(self, kb):
        """A criterion nobody asked about takes no part."""
        check_unasked_criteria(kb)

    @pytest.mark.parametrize("words", [{"ion": "Li"}, {"anode": "alloy"}, {"ion": "Li", "anode": "alloy"}])
    def test_half_a_system_has_a_track_record(self, kb, words):
        """The track record counts where the ion or the anode type is known."""
        assert "track-record" in advise(kb, **words).shares

    def test_zero_weights(self, kb):
        """A criterion of weight zero takes no part."""
        check_zero_weights(kb)

    def test_everything_out(self, kb):
        """When all criteria with a weight drop out, information alone decides."""
        advice = advise(kb, anode="unknown", weights=["information=0", "track-record=1", "cost=0", "preparation=0"])
        assert {"information": 1.0} == dict(advice.shares)

    def test_profiles(self, kb):
        """Each profile has the shares its weights make."""
        for profile, item in kb.profiles.items():
            advice = advise(kb, ion="Li", anode="alloy", weights=[profile])
            total = sum(item.weights.values())
            expected = {criterion: weight / total for criterion, weight in item.weights.items() if weight}
            assert pytest.approx(expected) == dict(advice.shares)
            assert profile == advice.question.weights.value.profile

    def test_no_profile_named_is_balanced(self, kb):
        """Without weights the balanced profile is assumed."""
        advice = advise(kb, ion="Li", anode="alloy")
        weights = advice.question.weights
        assert ("balanced", "assumed") == (weights.value.profile, weights.source)
        assert criterion_shares(advise(kb, ion="Li", anode="alloy", weights=["balanced"]).question) == advice.shares


class TestTies:
    def test_tied_options_share_a_rank(self, kb):
        """Equal printed scores share a rank and name each other, and the ranks they take up are skipped."""
        advice = advise(kb, ion="Li", anode="alloy", targets=["fracture"], weights=ONLY_INFORMATION)
        firsts = {option.id for option in advice.ranking if option.rank == 1}
        assert {"tem", "xrd+tem", "tem+eis"} <= firsts
        assert firsts - {"tem"} == set(advice.option("tem").tied_with)
        assert {1, len(firsts) + 1} <= {option.rank for option in advice.ranking}
        check_order(advice)

    def test_fewer_experiments_stand_first(self, kb):
        """Among equals the single experiment is listed before the pairing."""
        advice = advise(kb, ion="Li", anode="alloy", targets=["fracture"], weights=ONLY_INFORMATION)
        kinds = [option.kind for option in advice.ranking if math.isclose(option.score, advice.best.score)]
        assert sorted(kinds, reverse=True) == kinds


class TestPairings:
    @pytest.mark.parametrize("ion", [None, *IONS])
    @pytest.mark.parametrize("anode", [None, *ANODES])
    def test_routes(self, kb, ion, anode):
        """On each route a pairing is dearer than its dearer member, needs both instruments and tells the better."""
        check_pairing_routes(kb, ion, anode)

    def test_documented(self, kb):
        """A confirmed case counts as documented and an unconfirmed one does not."""
        check_documented_pairings(kb)

    def test_both_kinds_of_cases_occur(self, kb):
        """The knowledge base holds confirmed cases and one that is not, so that both are tried."""
        kinds = {case.confirmed for combination in kb.combinations.values() for case in combination.cases}
        assert {"confirmed", "unconfirmed"} == kinds

    @pytest.mark.parametrize("pairing", ["xrd+tem", "xrd+raman", "tem+eis"])
    @pytest.mark.parametrize("half", [0, 1])
    def test_one_instrument_is_not_enough(self, kb, pairing, half):
        """With the instruments of one member only, the pairing is out for want of the other's."""
        members = pairing.split("+")
        needs = [kb.techniques[member].variants for member in members]
        kits = [[facility for way in ways.values() for facility in way.facilities] for ways in needs]
        if set(kits[half]) & set(kits[1 - half]):
            kits[half] = [facility for facility in kits[half] if facility not in kits[1 - half]]
        words = {"ion": "Li", "anode": "graphite", "targets": ["crystalline-phase", "morphology-volume", "sei-growth"]}
        assert advise(kb, **words, facilities=kits[half]).option(pairing).rule == "facility"
        assert pairing in ranked_ids(advise(kb, **words, facilities=[*kits[0], *kits[1]]))

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

    def test_blind_member_takes_its_own_best_variant(self, kb):
        """A member that sees nothing of what is asked still takes part, by the variant that is best for it alone."""
        cheapest = ["cost=1", "information=0", "track-record=0", "preparation=0"]
        tried = 0
        for target in kb.targets:
            advice = advise(kb, ion="Li", anode="alloy", targets=[target], weights=cheapest)
            for pairing in kb.combinations:
                if pairing in ranked_ids(advice):
                    for way in advice.option(pairing).route.ways:
                        if way.technique_id not in ranked_ids(advice):
                            tried += 1
                            others = advice.system.ways[way.technique_id]
                            assert min(position(other.cost.tier) for other in others) == position(way.cost.tier)
        assert tried

    def test_each_goal_by_the_one_who_sees_it_best(self, kb):
        """A pairing tells of each goal what the member tells that sees it best at the asked scale and rate."""
        words = {"ion": "K", "anode": "antimony", "c_rate": "1C", "scale": "particle", "weights": ONLY_INFORMATION}
        tried = 0
        for one, other in itertools.permutations(list(kb.goals)[::2], 2):
            advice = advise(kb, **words, targets=[f"{one}=3", other])
            for pairing in set(kb.combinations) & set(ranked_ids(advice)):
                ways = advice.option(pairing).route.ways
                best = [max(_tells(advice, way, goal) for way in ways) for goal in (one, other)]
                assert pytest.approx((3 * best[0] + best[1]) / 4) == advice.option(pairing).parts[0].value
                tried += 1
        assert tried > 60


def _tells(advice, way, goal):
    """What one way tells of a goal, worked out from its words alone."""
    reach = {"full": 1.0, "partly": 0.5, "none": 0.1}
    written = way.scales.get(advice.question.scale.value)
    follows = way.variant.follows_cycling
    clock = {"full": 1.0, "partly": 0.75, "none": 0.5}[follows.answer] if follows else 0.5
    points = 3600 / (advice.question.c_rate.value * way.seconds) if way.seconds else None
    follow = 0.5 if points is None else min(1.0, max(0.0, math.log(points, 30)))
    pace = clock if follows and follows.answer == "none" else min(clock, follow)
    return (0.0, 0.1, 2 / 3, 1.0)[way.ratings[goal]] * (reach[written.reach] if written else 0.5) * pace


class TestCaps:
    def test_half_steps(self, kb):
        """A half-step above moderate passes a moderate cap and fails a low one."""
        check_cap_half_steps(kb)

    def test_facilities(self, kb):
        """Without its instrument an option is out."""
        check_facilities(kb)

    def test_budget(self, kb):
        """An option above the budget is out."""
        check_budget(kb)

    def test_cap_is_read_technique_by_technique(self, kb):
        """A pairing passes the cap that its members pass, though together they count half a tier more in the score."""
        base = pinned(kb, cost=tier("low"))
        words = {"ion": "Li", "anode": "intercalation", "budget": "low", "targets": ["crystalline-phase"]}
        route = advise(base, **words).option("xrd+raman").route
        assert 0 == route.dearest_cost
        assert route.cost_place == max(position(way.cost.tier) for way in route.ways) + 0.5
        assert "xrd+raman" in ranked_ids(advise(base, **words))

    def test_absolute_scale(self, kb):
        """An option's score does not depend on which others pass."""
        wide = advise(kb, **PINNED)
        for option in wide.ranking:
            kit = [facility for way in option.route.ways for facility in way.variant.facilities[:1]]
            narrow = advise(kb, **PINNED, facilities=kit)
            again = narrow.option(option.id)
            if again.route.ways == option.route.ways:
                assert again.score == option.score
