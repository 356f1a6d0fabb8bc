"""Points per half-cycle, and the verdict on each way of measuring."""

import pytest

from engine.checks import advise
from insitu_advisor.engine.method.pace import FEWEST_POINTS, RATES, own_clock, pace, table
from insitu_advisor.knowledge.claim import Following

TENTH = 0.1


def _ways(kb):
    return [way for ways in advise(kb).system.ways.values() for way in ways]


def _timed(kb, seconds, follows):
    """A way with one printed time per point and one answer on cycling."""
    way = next(way for way in _ways(kb) if way.figure)
    answer = Following(answer=follows, because="Made up.") if follows else None
    return way._replace(
        figure=way.figure.model_copy(update={"value": seconds}),
        seconds=seconds if isinstance(seconds, float) else max(seconds),
        variant=way.variant.model_copy(update={"follows_cycling": answer}),
    )


def test_points_of_known_times(kb):
    """A half-cycle at 1C lasts 3600 s; the slow and the fast end of every printed time are divided into it."""
    printed = [way for way in _ways(kb) if way.figure]
    assert printed
    for way in printed:
        value = way.figure.value
        low, high = (min(value), max(value)) if isinstance(value, tuple) else (value, value)
        for rate in RATES:
            found = pace(way, rate)
            assert (3600 / rate / high, 3600 / rate / low) == pytest.approx((found.fewest, found.most))
            assert found.order is None


@pytest.mark.parametrize(
    ("tempo", "order"), [("seconds", 3600), ("minutes", 180), ("tens-of-minutes", 24), ("hours", 3.6)]
)
def test_order_of_magnitude_where_only_a_class_stands(kb, tempo, order):
    """Without a printed time there is no count, only the order that the tempo class stands for, here at C/10."""
    for each in [pace(way, TENTH) for way in _ways(kb) if way.tempo and way.tempo.tempo == tempo]:
        assert (None, None) == (each.fewest, each.most)
        assert order == pytest.approx(each.order)
        assert each.verdict in {"cannot be judged", "cannot follow"}


def test_nothing_where_nothing_is_known(kb):
    """Without a time and without a class there is no number at all."""
    way = _timed(kb, 1.0, "full")._replace(figure=None, tempo=None, seconds=None)
    found = pace(way, TENTH)
    assert (None, None, None) == (found.fewest, found.most, found.order)
    assert "cannot be judged" == found.verdict


@pytest.mark.parametrize(
    ("seconds", "follows", "verdict"),
    [
        (120.0, None, "follows"),
        (120.0, "full", "follows"),
        (120.1, "full", "few points"),
        (1200.0, "partly", "few points"),
        (1200.1, "partly", "cannot follow"),
        ((1.0, 1200.0), None, "few points"),
        (1.0, "none", "cannot follow"),
    ],
)
def test_verdicts(kb, seconds, follows, verdict):
    """At 1C thirty points follow and three are few, by the slow end of the time; what watches no cell never follows."""
    assert FEWEST_POINTS == 3
    way = _timed(kb, seconds, follows)
    assert verdict == pace(way, 1.0).verdict
    assert (follows == "none") == own_clock(way)


def test_table_holds_every_way_at_every_rate(kb):
    """Every variant of every technique stands once, in the order of the knowledge base, at the rates asked."""
    system = advise(kb).system
    rows = table(system, (0.2, 3.0))
    assert [(t, v) for t, technique in kb.techniques.items() for v in technique.variants] == [
        (way.technique_id, way.variant_id) for way, _ in rows
    ]
    assert {(0.2, 3.0)} == {tuple(each.c_rate for each in paces) for _, paces in rows}
    assert all(each.way is way for way, paces in rows for each in paces)
    assert {RATES} == {tuple(each.c_rate for each in paces) for _, paces in table(system)}


def test_faster_cycling_never_gives_more_points(kb):
    """Points fall as the rate rises, in proportion."""
    for _, paces in table(advise(kb).system):
        for found in (paces[0].fewest, paces[0].order):
            if found is not None:
                last = paces[-1].fewest if paces[-1].fewest is not None else paces[-1].order
                assert found * RATES[0] / RATES[-1] == pytest.approx(last)
