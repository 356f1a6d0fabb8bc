"""Points per half-cycle, and the verdict on each way of measuring."""

import dataclasses
import re

import pytest

from insitu_advisor import ask, recommend
from insitu_advisor.engine.method.pace import RATES, pace, table
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.render.formats import plain
from insitu_advisor.render.pages import timing as timetable
from insitu_advisor.render.pages.recommend import rank_row

TENTH = 0.1
PRINTED = [
    ("xrd", "laboratory", TENTH, 36_000 / 240, 36_000 / 150),
    ("xrd", "laboratory", 1.0, 15, 24),
    ("xrd", "laboratory", 0.05, 300, 480),
    ("eis", "single-sine", TENTH, 36_000 / 1836, 36_000 / 1626),
    ("eis", "multisine", TENTH, 36_000 / 5580, 200),
    ("xps", "laboratory", 2.0, 6, 6),
    ("raman", "confocal", 0.5, 240, 240),
]


def _way(kb, technique, variant):
    ways = read_system(kb, None, None, None).ways[technique]
    return next(way for way in ways if way.variant_id == variant)


def _timed(way, seconds, follows):
    """A way with one printed time per point and one answer on cycling."""
    figure = way.figure.model_copy(update={"value": seconds})
    return dataclasses.replace(way, figure=figure, seconds=seconds, follows=follows)


@pytest.mark.parametrize(("technique", "variant", "rate", "fewest", "most"), PRINTED)
def test_points_of_known_times(kb, technique, variant, rate, fewest, most):
    """A half-cycle at 1C lasts 3600 s, so a scan of 150 to 240 s gives 150 to 240 points at C/10."""
    found = pace(_way(kb, technique, variant), rate)
    assert (fewest, most) == pytest.approx((found.fewest, found.most))
    assert found.order is None


@pytest.mark.parametrize(
    ("tempo", "order"), [("seconds", 3600), ("minutes", 180), ("tens-of-minutes", 24), ("hours", 3.6)]
)
def test_order_of_magnitude_where_only_a_class_stands(kb, tempo, order):
    """Without a printed time there is no count, only the order that the tempo class stands for, here at C/10."""
    ways = [way for ways in read_system(kb, None, None, None).ways.values() for way in ways]
    found = [pace(way, TENTH) for way in ways if way.tempo and way.tempo.tempo == tempo]
    assert found
    for each in found:
        assert each.fewest is None
        assert each.most is None
        assert order == pytest.approx(each.order)
        assert each.verdict in {"cannot be judged", "cannot follow"}


def test_nothing_where_nothing_is_known(kb):
    """Without a time and without a class there is no number at all, and the table shows a question mark."""
    way = dataclasses.replace(_way(kb, "xrd", "laboratory"), figure=None, tempo=None, seconds=None)
    found = pace(way, TENTH)
    assert (None, None, None) == (found.fewest, found.most, found.order)
    assert "cannot be judged" == found.verdict
    system = dataclasses.replace(read_system(kb, None, None, None), ways={"xrd": (way,)})
    text = plain.render(timetable.page(system, (TENTH,)), kb)
    assert "no printed time; cannot be judged." in text
    row = next(line for line in text.splitlines() if line.startswith("XRD, laboratory"))
    assert row.endswith("?")


@pytest.mark.parametrize(
    ("seconds", "follows", "verdict"),
    [
        (120.0, None, "follows"),
        (120.0, 1.0, "follows"),
        (120.1, 1.0, "few points"),
        (1200.0, 0.5, "few points"),
        (1200.1, 0.5, "cannot follow"),
        ((1.0, 1200.0), None, "few points"),
        (1.0, 0.0, "cannot follow"),
    ],
)
def test_verdicts(kb, seconds, follows, verdict):
    """At 1C thirty points follow and three are few, by the slow end of the time; what watches no cell never follows."""
    way = _timed(_way(kb, "xrd", "laboratory"), seconds, follows)
    assert verdict == pace(way, 1.0).verdict


def test_table_holds_every_way_at_every_rate(kb):
    """Every variant of every technique stands once, in the order of the knowledge base, at the rates asked."""
    system = read_system(kb, None, None, None)
    rows = table(system, (0.2, 3.0))
    assert [(t, v) for t, technique in kb.techniques.items() for v in technique.variants] == [
        (way.technique_id, way.variant_id) for way, _ in rows
    ]
    assert {(0.2, 3.0)} == {tuple(each.c_rate for each in paces) for _, paces in rows}
    assert all(each.way is way for way, paces in rows for each in paces)
    assert {RATES} == {tuple(each.c_rate for each in paces) for _, paces in table(system)}


def test_faster_cycling_never_gives_more_points(kb):
    """Points fall as the rate rises, in proportion."""
    for _, paces in table(read_system(kb, None, None, None)):
        for found in (paces[0].fewest, paces[0].order):
            if found is not None:
                last = paces[-1].fewest if paces[-1].fewest is not None else paces[-1].order
                assert found * RATES[0] / RATES[-1] == pytest.approx(last)


def test_page_shows_range_tilde_and_cross(kb):
    """The table shows a range for printed times, a tilde for an order of magnitude and an x for what cannot follow."""
    text = plain.render(timetable.page(read_system(kb, None, None, None), (TENTH,)), kb)
    cells = {line[:24].strip(): line.split("  ")[-1].strip() for line in text.splitlines() if ", " in line[:24]}
    assert "150-240" == cells["XRD, laboratory diffract"]
    assert any(cell.startswith("~") for cell in cells.values())
    assert any(cell.startswith("x ") for cell in cells.values())


@pytest.mark.parametrize("rate", [0.05, 1.0, 6.0])
def test_answer_says_who_keeps_up(kb, rate):
    """With a C-rate, the line of every option says of each member whether it follows, in the words of its verdict."""
    words = {
        "follows": "follows with",
        "few points": "takes only",
        "cannot follow": "cannot",
        "cannot be judged": "no printed time",
    }
    advice = recommend(ask(kb, anode="graphite", ion="Li", targets="metal-plating", c_rate=rate), kb)
    for option in advice.ranking:
        said = rank_row(advice, option).why.split(": ", 1)[1]
        for way, part in zip(option.route.ways, re.split(r"; (?!of the order)", said), strict=True):
            assert part.startswith(way.technique.short)
            assert words[pace(way, rate).verdict] in part
    silent = recommend(ask(kb, anode="graphite", ion="Li", targets="metal-plating"), kb)
    assert all("half-cycle" not in rank_row(silent, option).why for option in silent.ranking)
