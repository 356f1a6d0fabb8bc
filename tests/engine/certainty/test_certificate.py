"""The certificate: when there is one, its word and rival, what its points stand on, and what is said of it."""

import re

import pytest

from engine.certainty.weightings import FEW, QUESTIONS, advised, named
from insitu_advisor import certify
from insitu_advisor.engine.certainty.certificate import CLEAR, LIKELY, word
from insitu_advisor.engine.inquiry.gaps import nothing_answers
from insitu_advisor.engine.words.certainty import ALL, SINGLE, among, moves_of, percent, sure
from insitu_advisor.render.formats import text
from insitu_advisor.render.pages import recommend as recommend_pages


def test_single_criterion_has_no_switch_point(kb):
    """Where information alone decides there is nothing to move, and what is said names no move."""
    advice = advised(kb, targets=("fracture",), budget="unlimited", max_preparation="unlimited")
    certificate = certify(advice, 200)
    assert ["information"] == list(advice.shares)
    assert () == certificate.first.switches == certificate.start.switches
    assert "counts for" not in sure(advice, certificate)


def test_no_certificate_without_a_ranking(kb):
    """Where nothing passes there is nothing to certify."""
    advice = advised(kb, targets=("crystalline-phase",), facilities=("potentiostat",))
    assert advice.best is None
    assert certify(advice) is None


@pytest.mark.parametrize(
    ("share", "expected"),
    [(1.0, "clear"), (0.8, "clear"), (0.799, "likely"), (0.5, "likely"), (0.499, "open"), (0.0, "open")],
)
def test_words(share, expected):
    """Four draws of five are clear, half of them likely, anything less is open."""
    assert (0.8, 0.5) == (CLEAR, LIKELY)
    assert expected == word(share)


@pytest.mark.parametrize("words", QUESTIONS, ids=named)
def test_first_and_start(kb, words):
    """The first place and, below a pairing, the best single technique are held in the share of draws counted."""
    advice = advised(kb, **words)
    certificate = certify(advice, 400)
    shares = certificate.acceptability
    single = [option.id for option in advice.ranking if option.kind == "technique"]
    assert advice.best.id == certificate.first.option
    assert single[0] == certificate.start.option
    every = {option: shares.first(option) for option in shares.ranks}
    alone = shares.starts if advice.best.kind == "pairing" else every
    for held, firsts in ((certificate.first, every), (certificate.start, alone)):
        assert pytest.approx(firsts[held.option]) == held.share
        assert word(held.share) == held.word
        others = {option: share for option, share in firsts.items() if option != held.option and share > 0}
        assert bool(others) == (held.rival is not None)
        if others:
            assert max(others.values()) == others[held.rival]
    assert (advice.best.kind == "technique") == (certificate.first == certificate.start)


@pytest.mark.parametrize("words", FEW, ids=named)
def test_evidence_adds_up_to_the_score(kb, words):
    """The points by basis add up to the score of the first place."""
    advice = advised(kb, **words)
    evidence = certify(advice, 100).evidence
    assert advice.best.score == pytest.approx(sum(evidence.values()))
    assert all(points >= 0 for points in evidence.values())


@pytest.mark.parametrize("words", QUESTIONS, ids=named)
def test_what_is_said(kb, words):
    """One word first; an open answer names its rival, any other its share and the nearest move of a weight."""
    advice = advised(kb, **words)
    certificate = certify(advice, 400)
    held, said = certificate.start, sure(advice, certificate)
    assert said.endswith(".")
    if len(advice.ranking) == 1:
        assert "no choice" in said
        return
    hints = nothing_answers(advice) and held.word != "open"
    assert said.startswith("No answer" if hints else held.word.capitalize())
    moves = moves_of(advice, held)
    assert len(moves) == sum((s.below is not None) + (s.above is not None) for s in held.switches)
    if held.word == "open":
        assert all(kb.name(option) in said for option in (held.option, held.rival))
    else:
        assert percent(held.share) in said
        assert moves[0] in said if moves else "no single weight changes that" in said


@pytest.mark.parametrize("words", QUESTIONS, ids=named)
def test_a_line_says_among_which_options(kb, words):
    """Where a pairing is first, what is said of the single techniques and of all options says which; else neither."""
    advice = advised(kb, **words)
    certificate = certify(advice, 200)
    paired = advice.best.kind == "pairing"
    assert paired == certificate.paired
    page = text.render(recommend_pages.full_page(advice, certificate), kb)
    lines = page.split("How far each weight can move")[1].split("How often")[0].splitlines()
    told = [line[2:] for line in lines if line.startswith("- ") and " leads " in line]
    for held in (certificate.start, certificate.first):
        start = {True: {certificate.first: ALL}.get(held, SINGLE), False: ""}[paired]
        assert start == among(certificate, held)
        assert {f"{start}{move}." for move in moves_of(advice, held)} <= set(told)
    assert all(line.startswith((ALL, SINGLE)) for line in told) or not paired
    said = sure(advice, certificate)
    if paired:
        assert SINGLE.lower() in said or certificate.start.word == "open"
        assert said.endswith(f" is first in {percent(certificate.first.share)}.")
    else:
        assert not any(each.strip(", ").lower() in page.lower() for each in (ALL, SINGLE))
    bounds = [re.sub(r" than .*", "", line) for line in told]
    assert len(set(bounds)) == len(bounds)


def test_the_best_hint_is_no_answer(kb):
    """Where nothing answers, no word of certainty stands beside it, however firmly the best hint holds its place."""
    advice = advised(kb, ion="Li", anode="silicon", targets=("fracture",), facilities=("lab-xrd", "potentiostat"))
    assert nothing_answers(advice)
    said = sure(advice, certify(advice, 200))
    assert "stays the best hint" in said
    assert not any(each in said for each in ("Clear", "Likely"))


def test_every_word_occurs(kb):
    """Over many questions some answer is clear and some is not, so that both are said."""
    certificates = (
        certify(advised(kb, ion=ion, anode="graphite", targets=(target,), weights=(profile,)), 100)
        for ion in ("Li", "K")
        for target in kb.targets
        for profile in ("balanced", "frugal")
    )
    words = {certificate.start.word for certificate in certificates if certificate is not None}
    assert "clear" in words
    assert {"likely", "open"} & words


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
