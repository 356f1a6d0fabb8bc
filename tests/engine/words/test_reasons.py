"""Every reason says what the sightings, records and tiers hold, on the basis they hold it on."""

import pytest

from engine.checks import advise
from insitu_advisor.engine.method.arithmetic import points_per_half_cycle
from insitu_advisor.engine.words.reasons import rate_reasons, reasons, scale_reason, way_name

QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "targets": ("fracture", "sei-growth"), "scale": "particle", "c_rate": "2C"},
    {"targets": ("crystalline-phase",), "scale": "atomic"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling",), "c_rate": "C/20"},
)
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


def _ways(advice):
    return [way for ways in advice.system.ways.values() for way in ways]


def test_names_of_ways(kb):
    """The ordinary way of a technique, which stands first, goes by the technique's name alone."""
    for way in _ways(advise(kb, ion="Li")):
        ordinary = way.variant_id == next(iter(way.technique.variants))
        assert ordinary == (way_name(way) == way.technique.short)
        assert way_name(way).startswith(way.technique.short)


@pytest.mark.parametrize("scale", ["atomic", "particle", "electrode", "cell"])
def test_how_a_way_resolves_a_scale(kb, scale):
    """As written with its basis, and as unknown where nothing is written."""
    for way in _ways(advise(kb, ion="Li")):
        written, reason = way.scales.get(scale), scale_reason(way, scale)
        if written is None:
            assert "not known" in reason.text
            assert (reason.basis, reason.sources) == ("judgement", ())
        else:
            word = {"full": " resolves", "partly": " partly resolves", "none": " does not resolve"}[written.reach]
            assert f"{word} the {scale} scale: {written.because}" in reason.text
            assert (reason.basis, reason.sources) == (written.basis, written.sources)


@pytest.mark.parametrize("rate", [0.05, 1.0, 50.0])
def test_how_a_way_keeps_up(kb, rate):
    """What is written of cycling, then a count from a published time, or a guess that is called one, or nothing."""
    for way in _ways(advise(kb, ion="Li")):
        *before, last = rate_reasons(way, rate)
        assert (way.variant.follows_cycling is not None) == bool(before)
        if way.seconds is None:
            assert "not known" in last.text
            continue
        points = points_per_half_cycle(way.seconds, rate)
        assert (f" {points:,.0f} point" if points >= 1 else "less than one point ") in last.text
        assert (way.figure is None) == ("we guess" in last.text)
        assert last.basis == (way.figure.basis if way.figure else "judgement")


@by_question
def test_scale_and_rate_are_explained_where_they_were_asked(kb, words):
    """One reason about the scale for each way that counts, and about the rate, and none where none was asked."""
    advice = advise(kb, **words)
    for option in advice.ranking:
        texts = [reason.text for reason in reasons(advice, option, "information")]
        for way in option.route.ways:
            if advice.problem.scale is None:
                assert not any(" scale" in text and text.startswith(f"{way_name(way)} ") for text in texts)
        if advice.problem.scale is not None:
            assert any(f"the {advice.problem.scale} scale" in text for text in texts)
        assert (advice.problem.c_rate is not None) == any(
            "pace" in t or "half-cycle" in t or "rate:" in t for t in texts
        )


@by_question
def test_costs_and_efforts_of_every_member(kb, words):
    """The tier of each member; that several count half a step more is said of several alone."""
    advice = advise(kb, **words)
    for option in advice.ranking:
        for criterion, field in (("cost", "cost"), ("preparation", "preparation")):
            if criterion not in advice.shares:
                continue
            found = reasons(advice, option, criterion)
            assert len(option.route.ways) + (len(option.route.ways) > 1) == len(found)
            for way, reason in zip(option.route.ways, found, strict=False):
                graded = getattr(way, field)
                assert f"are {graded.tier}:" in reason.text or f"is {graded.tier}:" in reason.text
                assert (reason.basis, reason.sources) == (graded.basis, graded.sources)


@by_question
def test_the_record_of_every_member(kb, words):
    """How many studies were counted, or that none was; where a word counts for more, that is said."""
    advice = advise(kb, **words)
    if "track-record" not in advice.shares:
        return
    for option in advice.ranking:
        texts = [reason.text for reason in reasons(advice, option, "track-record")]
        for way in option.route.ways:
            start = f"{way.technique.short} on {way.record.of}: "
            (text,) = (text for text in texts if text.startswith(start))
            number = text.removeprefix(start).split()[0]
            assert str(way.record.studies or "none") == number
            assert way.record.raised == ("counted as more" in text)
