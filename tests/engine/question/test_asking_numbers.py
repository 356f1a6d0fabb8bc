"""C-rates, weights, caps, instruments and scales: the spellings that are understood and those that are refused."""

import itertools

import pytest

from engine.checks import advise, check_points, refused
from insitu_advisor.engine.question.ask import ask


class TestCRate:
    @pytest.mark.parametrize(
        ("expected", "words"),
        [
            (0.1, ["0.1", "C/10", "c/10", "0.1C", "0.1 C", " C / 10 ", 0.1]),
            (1.0, ["1", "C", "1C", "C/1", "1c", 1]),
            (2.0, ["2", "2C", "2.0C", "C/0.5"]),
            (0.05, ["C/20", "5e-2", "0.05"]),
            (1000.0, ["1000", "1e3C"]),
        ],
    )
    def test_spellings(self, kb, expected, words):
        """Numbers, fractions and multiples of C mean the same."""
        for word in words:
            assert pytest.approx(expected) == ask(kb, c_rate=word).c_rate.value, word

    @pytest.mark.parametrize(
        "word",
        ["0", "C/0", "nan", "-1", "1e9", "inf", "-C/10", "", "fast", "1/10", "C/", "C10", "1,5C", "0C", "1001", "1.2.3",
         ".", "C/.", "C/-2", "1e400", float("nan"), float("inf"), -0.5, True],
    )  # fmt: skip
    def test_refused(self, kb, word):
        """Zero, negative, endless and absurd rates are refused by name."""
        error = refused(kb, c_rate=word)
        assert ("c-rate", str(word).strip()) == (error.field, error.word)

    @pytest.mark.parametrize("word", ["5e-324", "1e-320", "0.9e-4", "C/10001", "1000.1"])
    def test_out_of_range(self, kb, word):
        """A rate no cell is cycled at is refused with the range that is understood."""
        assert "0.0001 to 1000 per hour" in refused(kb, c_rate=word).advice

    @pytest.mark.parametrize(("expected", "word"), [(1e-4, "C/10000"), (1000.0, "1000C")])
    def test_ends_of_the_range(self, kb, expected, word):
        """The slowest and the fastest rate are understood and answered with finite numbers."""
        advice = advise(kb, c_rate=word)
        assert pytest.approx(expected) == advice.question.c_rate.value
        check_points(advice)

    def test_left_out(self, kb):
        """Without a C-rate none is counted against an option, and that is said."""
        answer = ask(kb).c_rate
        assert (None, "assumed") == (answer.value, answer.source)
        assert answer.note


class TestWeights:
    def test_profile(self, kb):
        """A profile by name, in any case, brings its weights."""
        question = ask(kb, weights=["Frugal"])
        assert dict(kb.profiles["frugal"].weights) == dict(question.weights.value.values)
        assert "frugal" == question.weights.value.profile

    def test_own_numbers(self, kb):
        """Own numbers are laid over balanced, or over the profile named with them, and are no profile any more."""
        over_balanced = ask(kb, weights=["cost=50"])
        assert dict(kb.profiles["balanced"].weights) | {"cost": 50} == dict(over_balanced.weights.value.values)
        assert over_balanced.weights.value.profile is None
        over_frugal = ask(kb, weights=["frugal", "Information=1"])
        assert dict(kb.profiles["frugal"].weights) | {"information": 1} == dict(over_frugal.weights.value.values)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["balansed"], "balanced"),
            (["kost=1"], "cost"),
            (["cost=-1"], "must not be negative"),
            (["cost="], "is not a number"),
            (["cost=nan"], "is not a number"),
            (["cost=1e9"], "is not a number"),
            (["frugal", "insight"], "two profiles are named, 'frugal' and 'insight'; name one"),
            (["information=0", "track-record=0", "cost=0", "preparation=0"], "all weights are zero"),
        ],
    )
    def test_refused(self, kb, words, said):
        """Unknown words, numbers that are none, two profiles and no weight at all are refused."""
        error = refused(kb, weights=words)
        assert error.field == "weights"
        assert said in error.advice

    @pytest.mark.parametrize("words", [["cost=2", "cost=3"], ["cost=2", "Cost=3"], ["frugal", "cost=0", "cost=1"]])
    def test_contradiction(self, kb, words):
        """One criterion with two weights is a contradiction, as it is for a target."""
        error = refused(kb, weights=words)
        assert ("weights", words[-1]) == (error.field, error.word)
        assert "criterion 'cost' is given two different weights; give it once" == error.advice

    def test_said_twice(self, kb):
        """The same weight given twice is no contradiction."""
        assert 2.0 == dict(ask(kb, weights=["cost=2", "cost=2.0"]).weights.value.values)["cost"]


class TestCapsPlacesAndScales:
    @pytest.mark.parametrize("field", ["budget", "max_preparation"])
    @pytest.mark.parametrize(
        ("expected", "word"),
        [("low", "LOW"), ("very-high", "very high"), ("very-high", "very_high"), ("unlimited", "any"),
         ("unlimited", "no limit"), ("unlimited", "Unlimited")],
    )  # fmt: skip
    def test_caps(self, kb, field, expected, word):
        """Tiers are understood however they are joined, and several words mean no limit."""
        assert expected == getattr(ask(kb, **{field: word}), field).value

    @pytest.mark.parametrize(("field", "name"), [("budget", "budget"), ("max_preparation", "max-preparation")])
    def test_caps_refused(self, kb, field, name):
        """A misspelt tier is answered with those there are, under the name the user typed."""
        error = refused(kb, **{field: "modrate"})
        assert name == error.field
        assert "moderate" in error.advice

    def test_facilities(self, kb):
        """Ids, names, aliases and presets add up, in the order of the knowledge base and each once."""
        answer = ask(kb, facilities=["neutrons", "bench", "galvanostat", "Raman microscope"]).facilities
        assert ("potentiostat", "raman", "neutron-source") == answer.value

    def test_presets_grow(self, kb):
        """Each preset holds all of the smaller one."""
        sets = [set(ask(kb, facilities=[p]).facilities.value)
                for p in ("bench", "department", "core-facility", "large-facility")]  # fmt: skip
        assert all(small < large for small, large in itertools.pairwise(sets))

    def test_facility_refused(self, kb):
        """A misspelt instrument is answered with the nearest word."""
        error = refused(kb, facilities=["synchroton"])
        assert error.field == "facility"
        assert "synchrotron" in error.advice

    def test_scale(self, kb):
        """A scale is understood in any case, and a misspelt one is answered with those there are."""
        assert ask(kb, scale="Atomic").scale.value == "atomic"
        assert "particle" in refused(kb, scale="particel").advice
