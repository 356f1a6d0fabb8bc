"""A rate at which a published study answered a goal counts before what the time per point lets expect."""

from __future__ import annotations

import pytest

from insitu_advisor.engine.method.criteria import pace_for, pace_value
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.method.shown_rates import shown_rates
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.knowledge.literature import _rates


def way_of(kb, technique, variant, **asked):
    """One way as it stands for a question."""
    found = read_system(kb, ask(kb, **asked)).ways[technique]
    return next(way for way in found if way.variant_id == variant)


@pytest.mark.parametrize(
    ("text", "rates"), [("C/10", [0.1]), ("C/4 and 1C", [0.25, 1.0]), ("up to 6C", [6.0]), ("25 °C", []), ("fast", [])]
)
def test_printed_rates_are_read(text, rates):
    """Every C-rate of a text, and no temperature."""
    assert rates == _rates(text)


def test_impedance_follows_plating_where_it_was_shown_to(kb):
    """At 4C a study detected the onset by operando impedance: up to there it follows, above its usual time decides."""
    way = way_of(kb, "eis", "multisine", ion="Li", anode="graphite")
    assert pace_value(way, 4.0) == 0.0
    assert pace_for(way, "metal-plating-onset", 4.0) == 1.0
    assert pace_for(way, "metal-plating-onset", 4.1) == 0.0


def test_only_for_the_goal_ion_and_anode_of_the_study(kb):
    """Nothing carries over to another goal, ion, anode type or way."""
    graphite = way_of(kb, "eis", "multisine", ion="Li", anode="graphite")
    assert pace_for(graphite, "charge-transfer", 4.0) == 0.0
    assert "metal-plating-onset" not in way_of(kb, "eis", "multisine", ion="Na", anode="hard carbon").shown
    assert "metal-plating-onset" not in way_of(kb, "eis", "multisine", ion="Li", anode="alloy").shown
    assert "metal-plating-onset" not in way_of(kb, "eis", "single-sine", ion="Li", anode="graphite").shown


def test_a_shown_rate_never_lowers_a_pace(kb):
    """Wherever a rate was shown, the pace for its goal is at least that of the time per point."""
    for ways in read_system(kb, ask(kb)).ways.values():
        for way in ways:
            for goal, shown in way.shown.items():
                for rate in (shown.rate / 10, shown.rate, shown.rate * 2):
                    assert pace_for(way, goal, rate) >= pace_value(way, rate)


def test_every_study_with_a_rate_and_a_way_counts(kb):
    """The studies with a printed rate are found under their technique and way."""
    for study in kb.studies.values():
        if study.fastest_rate is not None and study.confirmed_by != "review text":
            for technique, way in study.ways.items():
                shown = shown_rates(kb, technique, way, study.ions[0], study.anode[0])
                assert all(goal in shown for target in study.asked for goal in kb.goals_of(target))


def test_plating_at_fast_charge_is_answered_with_a_potentiostat(kb):
    """The question that once said that nothing answers it."""
    goal = ("metal-plating-onset",)
    question = ask(kb, ion="Li", anode="graphite", targets=goal, c_rate="4C", facilities=("potentiostat",))
    best = recommend(question, kb).best
    assert best is not None
    assert ("eis", "multisine") == (best.route.ways[0].technique_id, best.route.ways[0].variant_id)
    assert best.parts[0].value > 0.5
