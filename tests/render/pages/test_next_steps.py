"""What an answer suggests to do next."""

import shlex

from cli.running import invoke
from insitu_advisor import ask, recommend
from insitu_advisor.engine.words.sentences import next_steps


def _commands(advice):
    return [shlex.split(step)[1] for step in next_steps(advice)]


def test_goals_are_suggested_where_they_were_assumed(kb):
    """Whoever named no goal is shown the list of goals first."""
    assert "show" == _commands(recommend(ask(kb, ion="K", anode="alloy"), kb))[0]
    assert "show" not in _commands(recommend(ask(kb, ion="K", anode="alloy", targets=["fracture"]), kb))


def test_comparison_needs_two(kb):
    """The first two options are set side by side, where there are two."""
    advice = recommend(ask(kb, ion="K", anode="alloy"), kb)
    (step,) = [step for step in next_steps(advice) if shlex.split(step)[1] == "compare"]
    assert [option.id for option in advice.ranking[:2]] == shlex.split(step)[2:4]
    alone = recommend(ask(kb, targets=["sei-growth"], facilities=["potentiostat"]), kb)
    assert 1 == len(alone.ranking)
    assert "compare" not in _commands(alone)


def test_suggested_report_runs(kb, folder):
    """The command that is suggested writes the report."""
    step = next_steps(recommend(ask(kb, ion="K", anode="antimony"), kb))[-1]
    done = invoke(*shlex.split(step)[1:], env={"INSITU_ADVISOR_LAB": "none"})
    assert 0 == done.exit_code, done.stderr
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
