"""The rank certificate as a whole: when there is one, what its sentence says, what it rests on, how long it takes."""

import re
import statistics
import time

import pytest

from engine.certainty.weightings import FEW, QUESTIONS, advised, named
from insitu_advisor import certify
from insitu_advisor.engine.certainty.certificate import more_often_first, percent, sentence, switch_sentences


def test_single_criterion_has_no_switch_point(kb):
    """Where information alone decides there is nothing to move, and the sentence says that no move exists."""
    advice = advised(kb, targets=("fracture",), budget="unlimited", max_preparation="unlimited")
    certificate = certify(advice, 200)
    assert ["information"] == list(advice.shares)
    assert () == certificate.switches
    assert "no change of a single weight takes its place" in sentence(advice, certificate)


def test_no_certificate_without_a_ranking(kb):
    """Where nothing passes there is nothing to certify."""
    advice = advised(kb, targets=("crystalline-phase",), facilities=("potentiostat",))
    assert advice.best is None
    assert certify(advice) is None


@pytest.mark.parametrize("words", FEW, ids=named)
def test_evidence_adds_up_to_the_score(kb, words):
    """The points by basis add up to the score of the first place."""
    advice = advised(kb, **words)
    assert advice.best.score == pytest.approx(sum(certify(advice, 100).evidence.values()))


@pytest.mark.parametrize("words", FEW, ids=named)
def test_sentence_tells_the_numbers(kb, words):
    """The sentence names the first, its share, the runners-up in order, and one or two moves of a weight."""
    advice = advised(kb, **words)
    certificate = certify(advice, 2000)
    text = sentence(advice, certificate)
    shares = certificate.acceptability
    name = kb.name(advice.best.id)
    assert text.startswith(
        f"{name} is first in {percent(shares.first(advice.best.id))} of 2,000 weightings and readings"
    )
    assert text.endswith(".")
    assert text.count(";") == 1
    told = re.findall(r"(?:, | and )([^,;]*?) in (\d+(?:\.\d)?)%", text.split(";")[0])
    rivals = sorted((shares.first(o) for o in shares.ranks if o != advice.best.id), reverse=True)
    assert [percent(share).rstrip("%") for share in rivals[:3] if share >= 0.005] == [share for _, share in told]
    moves = switch_sentences(advice, certificate.switches)
    assert not moves or moves[0] in text
    assert len(moves) == sum((s.below is not None) + (s.above is not None) for s in certificate.switches)
    if len(moves) > 2:
        assert f"and {len(moves) - 1} more such moves exist" in text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"), (0.0004, "<0.1%"), (0.0005, "0.1%"), (0.004, "0.4%"), (0.005, "0.5%"), (0.006, "1%"), (0.42, "42%"),
        (0.994, "99%"), (0.998, "99.8%"), (0.9994, "99.9%"), (0.9996, ">99.9%"), (1, "100%"),
    ],
)  # fmt: skip
def test_percent(share, text):
    """Whole percentages, with a decimal or a bound where a whole one would say never or always."""
    assert text == percent(share)


@pytest.mark.parametrize("draws", [100, 10_000])
def test_percent_says_never_and_always_only_where_true(draws):
    """Of all shares that draws can give, only none reads as 0% and only all read as 100%."""
    texts = [percent(times / draws) for times in range(draws + 1)]
    assert [0] == [times for times, text in enumerate(texts) if float(text.strip("<>%")) == 0]
    assert [draws] == [times for times, text in enumerate(texts) if float(text.strip("<>%")) == 100]


def test_other_option_more_often_first_is_named(kb):
    """Where the shares put another option first more often, a sentence names it; else there is none. Both occur."""
    named_other = 0
    for words in QUESTIONS:
        advice = advised(kb, **words)
        certificate = certify(advice, 500)
        shares, said = certificate.acceptability, more_often_first(advice, certificate)
        often = max(shares.ranks, key=shares.first)
        if shares.first(often) <= shares.first(certificate.first):
            assert said is None, words
            continue
        named_other += 1
        assert f"over all weightings {kb.name(often)} is first more often" in said, words
        assert [percent(shares.first(option)) for option in (often, certificate.first)] == re.findall(
            r"[<>\d.]+%", said
        )
        heavier = re.search(r"mostly where (\S+) weighs more than here", said)[1]
        assert shares.central[often][heavier] > advice.shares[heavier], words
        information = [
            next((part.value for part in advice.option(option).parts if part.criterion == "information"), 0)
            for option in (often, certificate.first)
        ]
        assert ("it tells less about what you ask" in said) == (information[0] < information[1]), words
    assert 0 < named_other < len(QUESTIONS)


@pytest.mark.slow
@pytest.mark.parametrize("words", [QUESTIONS[0], QUESTIONS[2]], ids=named)
def test_certificate_is_quick(kb, words):
    """Ten thousand draws take 150 ms, or three times that on a busy machine."""
    advice = advised(kb, **words)
    spans = []
    for _ in range(5):
        start = time.process_time()
        certify(advice, 10_000)
        spans.append(time.process_time() - start)
    assert statistics.median(spans) < 3 * 0.150
