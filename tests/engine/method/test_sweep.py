"""Every plain question: ion, anode type, one or two targets, budget, instruments and profile.

What is exhaustive: all 113,400 questions are ranked and checked, the 10,800 with one target are answered in full, and
every remedy of those without a limit on instruments is tried; of the others every seventh answer is. `sweep.csv` keeps
for each of the nine systems and each target the order at default answers, with fingerprints of all the others.
`UPDATE_GOLDEN=1 python -m pytest tests/engine/test_sweep.py` writes it anew.
"""

import csv
import hashlib
import itertools
import math
import os
from collections import defaultdict
from pathlib import Path
from typing import get_args

import pytest

from engine.checks import ELEVEN, check_every_option_once, check_exclusions, check_points
from engine.knowledge import changed
from insitu_advisor.curation.space import BUDGETS, questions, size
from insitu_advisor.engine.method.advice import Change
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.method.ranking import PRINTED_DIGITS, recommend, score_all
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.knowledge.claim import AnodeType, Ion

KEPT = Path(__file__).with_name("sweep.csv")
SYSTEMS = [f"{ion} {anode}" for ion, anode in itertools.product(get_args(Ion), get_args(AnodeType))]
COLUMNS = ("system", "target", "order", "first_score", "fingerprint")
EVERY = 7
MOST_SHOWN = 40


def of_system(kb, name, *, pairs=False):
    """The questions of the space about one system."""
    ion, anode = name.split()
    return (q for q in questions(kb, pairs=pairs) if (q.ion.value, q.anode.value) == (ion, anode))


def ranked(kb, question):
    """What passes and what does not, without the words around it."""
    system = read_system(kb, question.ion.value, question.anode.value, question.material.value)
    return score_all(system, prepare(question))


def order_text(scored, excluded):
    """An order in one line: `=` between equal printed scores, `|` before what is excluded."""
    text = ""
    for before, item in itertools.pairwise([None, *scored]):
        sign = "" if before is None else " = " if printed(before) == printed(item) else " > "
        text += sign + item.option
    return " | ".join(part for part in (text, " ".join(excluded)) if part)


def printed(item):
    """A score as it is printed, free of the last bits in which versions of Python differ."""
    return f"{round(round(item.score, 6), PRINTED_DIGITS):.1f}"


def fingerprint(lines):
    """Twelve digits that stand for a list of answers."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def rows(kb, name, *, whole):
    """The rows of one system: a row per target and, when `whole`, fingerprints and a row for all pairs of targets."""
    ion, anode = name.split()
    lines = defaultdict(list)
    for question in of_system(kb, name, pairs=True) if whole else ():
        scored, excluded = ranked(kb, question)
        check_standings(question, scored, excluded)
        key = question.target_ids[0] if len(question.target_ids) == 1 else "any two"
        lines[key].append(" ".join(f"{item.option} {item.score:.6f}" for item in scored))
    found = {}
    for target in kb.targets:
        scored, excluded = ranked(kb, ask(kb, ion=ion, anode=anode, targets=(target,)))
        first = printed(scored[0]) if scored else ""
        found[name, target] = (order_text(scored, excluded), first, fingerprint(lines[target]))
    return found | {(name, "any two"): ("", "", fingerprint(lines["any two"]))}


def check_standings(question, scored, excluded):
    """Eleven options once, best first, with finite scores from 0 to 100."""
    assert sorted(ELEVEN) == sorted([*(item.option for item in scored), *excluded]), question
    scores = [item.score for item in scored]
    assert all(math.isfinite(score) and 0.0 <= score <= 100.0 + 1e-9 for score in scores), question
    assert all(a >= b - 1e-8 for a, b in itertools.pairwise(scores)), question


def kept_rows():
    """The rows as they were."""
    with KEPT.open(encoding="utf-8", newline="") as file:
        return {(row[0], row[1]): tuple(row[2:]) for row in itertools.islice(csv.reader(file), 1, None)}


def keep(found):
    """Write rows in place of the old ones of the same systems."""
    everything = (kept_rows() if KEPT.exists() else {}) | found
    order = sorted(everything, key=lambda key: SYSTEMS.index(key[0]))
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*key, *everything[key]) for key in order)


def told(before, now, columns=3):
    """Which answers moved, a line or two each; nothing when none did."""
    lines = []
    for key in dict.fromkeys((*before, *now)):
        old, new = (side.get(key, ("nothing", "", ""))[:columns] for side in (before, now))
        if old[:2] != new[:2]:
            lines.append(f"{' '.join(key)}\n  was {old[0]}  {old[1]}\n  now {new[0]}  {new[1]}")
        elif old != new:
            lines.append(f"{' '.join(key)}: other scores or orders at other budgets, instruments or profiles")
    rest = [f"... and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    return "\n".join([*lines[:MOST_SHOWN], *rest])


def updating():
    """Whether the table is to be written anew."""
    return bool(os.environ.get("UPDATE_GOLDEN"))


@pytest.mark.skipif(updating(), reason="the table is being written anew")
@pytest.mark.parametrize("name", SYSTEMS)
def test_orders_at_default_answers(kb, name):
    """For every target the whole order and the first score are as they were."""
    before = {key: row for key, row in kept_rows().items() if key[0] == name}
    if moved := told(before, rows(kb, name, whole=False), columns=2):
        pytest.fail(f"answers moved; if that is meant, write them anew with UPDATE_GOLDEN=1\n{moved}", pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", SYSTEMS)
def test_whole_space(kb, name):
    """Exhaustive: each of the 12,600 questions about a system places all eleven options, and none has moved."""
    now = rows(kb, name, whole=True)
    if updating():
        keep(now)
    before = {key: row for key, row in kept_rows().items() if key[0] == name}
    if moved := told(before, now):
        pytest.fail(f"answers moved; if that is meant, write them anew with UPDATE_GOLDEN=1\n{moved}", pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", SYSTEMS)
def test_full_answers(kb, name):
    """Exhaustive for one target: parts add up, and every exclusion has a rule, a reason and, unless physics, a remedy.

    Every remedy is applied and the question ranked again where instruments are not limited, and in every seventh answer
    where they are.
    """
    for place, question in enumerate(of_system(kb, name)):
        advice = recommend(question, kb)
        check_every_option_once(advice)
        check_points(advice)
        check_exclusions(advice)
        if question.facilities.value is None or not place % EVERY:
            check_remedies_work(advice)


@pytest.mark.slow
def test_full_answers_with_two_targets(kb):
    """Every 101st question with one or two targets is answered in full, and its remedies work."""
    for question in itertools.islice(questions(kb, pairs=True), 0, None, 101):
        advice = recommend(question, kb)
        check_every_option_once(advice)
        check_points(advice)
        check_exclusions(advice)
        check_remedies_work(advice)


def check_remedies_work(advice):
    """Each remedy, applied, brings its option in."""
    for option in advice.excluded:
        question = advice.question
        for change in option.remedy:
            question = change.apply(question)
        scored, _ = ranked(advice.kb, question)
        assert not option.remedy or option.id in {item.option for item in scored}, (option.id, option.remedy)


def test_space_is_whole(kb):
    """Nine systems, single targets and pairs, four budgets, every preset and none, every profile."""
    single = 9 * len(kb.targets) * len(BUDGETS) * (len(kb.presets) + 1) * len(kb.profiles)
    assert single == size(kb)
    assert 10_800 == size(kb)
    assert 113_400 == size(kb, pairs=True)


def test_table_is_whole(kb):
    """The kept table has a row for each system and target, and one for its pairs of targets, in this order."""
    assert [(name, target) for name in SYSTEMS for target in (*kb.targets, "any two")] == list(kept_rows())


def test_a_moved_answer_is_told(kb):
    """A changed rating is told as the order before and the order now, for the targets it moves and no other."""
    eis = kb.techniques["eis"]
    blinded = eis.model_copy(
        update={"information": {key: sight for key, sight in eis.information.items() if key != "sei-growth"}}
    )
    other = changed(kb, techniques={**kb.techniques, "eis": blinded})
    moved = told(rows(kb, "K alloy", whole=False), rows(other, "K alloy", whole=False))
    was, now = moved.splitlines()[1:]
    assert "K alloy sei-growth" == moved.splitlines()[0]
    assert was.startswith("  was eis > ")
    assert now.startswith("  now ")
    assert "eis" in now.split(" | ")[1]


def test_a_failing_remedy_is_seen(kb):
    """A remedy that changes nothing is refused by the check of remedies."""
    advice = recommend(ask(kb, ion="K", anode="alloy", facilities=("potentiostat",)), kb)
    option = next(option for option in advice.excluded if option.remedy)
    object.__setattr__(option, "remedy", (Change("budget", "unlimited", "Nothing."),))
    with pytest.raises(AssertionError, match=option.id):
        check_remedies_work(advice)


def test_long_differences_are_cut():
    """The message shows forty moved answers and says how many more there are."""
    before = {("Li alloy", str(place)): ("xrd", "1.0", "") for place in range(50)}
    assert "... and 10 more" == told(before, {}).splitlines()[-1]
    assert "" == told(before, dict(before))
