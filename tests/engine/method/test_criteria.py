"""What each criterion stands on, beside what it is worth."""

import itertools
from typing import get_args

import pytest

from engine.checks import advise
from insitu_advisor.engine.method.criteria import grounds, least_established, seen, track_record
from insitu_advisor.knowledge.claim import AnodeType, Ion

SYSTEMS = tuple(itertools.product(get_args(Ion), get_args(AnodeType)))


def _routes(advice):
    return [route for routes in advice.system.routes.values() for route in routes]


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
def test_the_record_stands_on_what_was_counted(kb, ion, anode):
    """On the published case of a pairing where it counts, else on the record of its least established member."""
    advice = advise(kb, ion=ion, anode=anode)
    for route in _routes(advice):
        found = list(grounds("track-record", route, advice.problem))
        if route.documented is not None and route.documented.confirmed == "confirmed":
            assert [(route.documented.basis_kind, 1.0)] == found
            assert 1.0 == track_record(route, advice.problem)
        else:
            records = [way.record for way in route.ways]
            weakest = min(record.standing for record in records)
            ((basis, weight),) = found
            assert weight == weakest
            assert basis == next(record for record in records if record.standing == weakest).basis


def test_cases_that_count_and_cases_that_do_not(kb):
    """Among the pairings are some with a confirmed case, some with one that is not confirmed, and some with none."""
    routes = [route for ion, anode in SYSTEMS for route in _routes(advise(kb, ion=ion, anode=anode))]
    assert {True, False, None} == {each.documented_counts if each.documented else None for each in routes}


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS[::4])
def test_what_is_seen_stands_on_what_says_so(kb, ion, anode):
    """On the last rule that moved the rating, else on what the technique says, else on judgement; each as it counts."""
    advice = advise(kb, ion=ion, anode=anode, targets=tuple(kb.targets), scale="particle", c_rate="C/5")
    shares = dict(advice.problem.goals)
    for route in _routes(advice):
        for sighting, (basis, weight) in zip(
            seen(route, advice.problem), grounds("information", route, advice.problem), strict=True
        ):
            steps, claim = sighting.way.steered.get(sighting.goal), sighting.way.sights.get(sighting.goal)
            expected = steps[-1].rule.basis_kind if steps else claim.basis_kind if claim else "judgement"
            assert (expected, pytest.approx(shares[sighting.goal] * float(sighting.value()))) == (basis, weight)
        assert [(way.cost.basis_kind, 1.0) for way in route.ways] == list(grounds("cost", route, advice.problem))


def test_the_first_of_equals_is_the_least_established(kb):
    """A member with a lower standing than those before it, never one that is merely level."""
    advice = advise(kb, ion="Li", anode="alloy")
    for route in _routes(advice):
        chosen = route.ways.index(least_established(route))
        standings = [way.record.standing for way in route.ways]
        assert standings.index(min(standings)) == chosen
