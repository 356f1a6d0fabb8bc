"""Every plain question: ion, anode type, one or two targets, budget, instruments and profile.

What is exhaustive: all questions with one target are answered, and what no option answers is worked out for each; of
those with two targets a regular part is. Of these, every seventh is checked to the last remedy. `sweep.csv` keeps for
each system and each target the order at default answers, with a fingerprint of all the others.
`UPDATE_GOLDEN=1 python -m pytest tests/engine/method/test_sweep.py` writes it anew.
"""

import csv
import hashlib
import itertools
import json
import math
import os
from collections import defaultdict
from pathlib import Path
from typing import get_args

import pytest

from engine.checks import ELEVEN, advise, check_every_option_once, check_exclusions, check_points
from engine.knowledge import changed
from insitu_advisor.curation.space import BUDGETS, Plain, plain_questions
from insitu_advisor.engine.certainty.certificate import certify
from insitu_advisor.engine.inquiry.compare import compare
from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.method.advice import Change
from insitu_advisor.engine.method.criteria import ANSWERS, seen
from insitu_advisor.engine.method.ranking import PRINTED_DIGITS, recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.render.formats import json_answer

KEPT = Path(__file__).with_name("sweep.csv")
SYSTEMS = [f"{ion} {anode}" for ion, anode in itertools.product(get_args(Ion), get_args(AnodeType))]
COLUMNS = ("system", "target", "order", "first_score", "fingerprint")
EVERY, EVERY_PAIR = 7, 37
MOST_SHOWN = 40


def of_system(kb, name):
    """The questions of the space about one system, and a regular part of those with two targets."""
    base, ion, anode = ask(kb), *name.split()
    single = [plain for plain in plain_questions(kb) if (plain.ion, plain.anode) == (ion, anode)]
    pairs = itertools.product(
        (ion,), (anode,), itertools.combinations(kb.targets, 2), BUDGETS, (*kb.presets, None), kb.profiles
    )
    for plain in (*single, *(Plain(*words) for words in itertools.islice(pairs, 0, None, EVERY_PAIR))):
        yield plain.of(kb, base)


def order_text(advice):
    """An order in one line: `=` between equal printed scores, `|` before what is excluded."""
    text = ""
    for before, option in itertools.pairwise([None, *advice.ranking]):
        sign = "" if before is None else " = " if printed(before) == printed(option) else " > "
        text += sign + option.id
    return " | ".join(part for part in (text, " ".join(option.id for option in advice.excluded)) if part)


def printed(option):
    """A score as it is printed, free of the last bits in which versions of Python differ."""
    return f"{round(round(option.score, 6), PRINTED_DIGITS):.0f}"


def fingerprint(lines):
    """Twelve digits that stand for a list of answers."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def rows(kb, name, *, whole):
    """The rows of one system: a row per target and, when `whole`, fingerprints and a row for all pairs of targets."""
    ion, anode = name.split()
    lines = defaultdict(list)
    for place, question in enumerate(of_system(kb, name) if whole else ()):
        advice = recommend(question, kb)
        check_answer(advice, thoroughly=not place % EVERY)
        key = question.target_ids[0] if len(question.target_ids) == 1 else "any two"
        lines[key].append(" ".join(f"{option.id} {option.score:.6f}" for option in advice.ranking))
    found = {}
    for target in kb.targets:
        advice = advise(kb, ion=ion, anode=anode, targets=(target,))
        first = printed(advice.best) if advice.best else ""
        found[name, target] = (order_text(advice), first, fingerprint(lines[target]))
    return found | {(name, "any two"): ("", "", fingerprint(lines["any two"]))}


def check_answer(advice, *, thoroughly):
    """Eleven options once, best first; parts that add up, explained exclusions, and ratings told alike by all."""
    ids = [*(option.id for option in advice.ranking), *(option.id for option in advice.excluded)]
    assert sorted(ELEVEN) == sorted(ids), advice.question
    scores = [option.score for option in advice.ranking]
    assert all(math.isfinite(score) and 0.0 <= score <= 100.0 + 1e-9 for score in scores), advice.question
    assert all(a >= b - 1e-8 for a, b in itertools.pairwise(scores)), advice.question
    check_gaps(advice)
    if thoroughly:
        check_every_option_once(advice)
        check_points(advice)
        check_exclusions(advice)
        check_remedies_work(advice)
        check_comparison(advice)


def check_remedies_work(advice):
    """Each remedy, applied, brings its option in."""
    for option in advice.excluded:
        question = advice.question
        for change in option.remedy:
            question = change.apply(question)
        assert not option.remedy or recommend(question, advice.kb).ranks(option.id), (option.id, option.remedy)


def told(advice, option):
    """What an option is shown to see of each goal: way, rating and worth, from the words of its ways alone."""
    found = {}
    for goal in advice.goals:
        way = max(option.route.ways, key=lambda way: worth(advice, way, goal))
        found[goal] = (way.variant_id, way.ratings[goal], worth(advice, way, goal))
    return found


def worth(advice, way, goal):
    """What a rating is worth where neither scale nor rate is asked."""
    assert advice.question.scale.value is None
    assert advice.question.c_rate.value is None
    return (0.0, 0.1, 2 / 3, 1.0)[way.ratings[goal]]


def check_gaps(advice):
    """The unanswered goals are exactly those that no ranked option sees at 1/2 or more."""
    best = {
        goal: max((worth(advice, way, goal) for option in advice.ranking for way in option.route.ways), default=0.0)
        for goal in advice.goals
    }
    missing = [goal for goal in advice.goals if best[goal] < ANSWERS]
    gaps = unanswered(advice)
    assert missing == [gap.goal for gap in gaps]
    for gap in gaps:
        assert best[gap.goal] == pytest.approx(gap.hint.value() if gap.hint else 0.0)


def check_comparison(advice):
    """A comparison of all options uses the ways and ratings of the ranking, and so do the sightings."""
    for option in advice.ranking:
        sightings = [(each.goal, each.rating, each.value()) for each in seen(option.route, advice.problem)]
        assert [(goal, rating, value) for goal, (_, rating, value) in told(advice, option).items()] == sightings
    if len(advice.ranking) < 2:
        return
    values = {option.id: {g: v for g, (_, _, v) in told(advice, option).items()} for option in advice.ranking}
    for side in compare(advice, [option.id for option in advice.ranking]).sides:
        mine, others = values[side.id], [found for key, found in values.items() if key != side.id]
        assert side.outcome is advice.option(side.id)
        assert [g for g in mine if mine[g] and not any(other[g] for other in others)] == list(side.only)
        better = [g for g in mine if any(o[g] for o in others) and all(mine[g] > o[g] for o in others)]
        assert better == list(side.better)


def kept_rows():
    """The rows as they were."""
    with KEPT.open(encoding="utf-8", newline="") as file:
        return {(row[0], row[1]): tuple(row[2:]) for row in itertools.islice(csv.reader(file), 1, None)}


def keep(found):
    """Write rows in place of the old ones of the same systems."""
    known = {
        key: row for key, row in (kept_rows() if KEPT.exists() else {}).items() if key[0] not in {k for k, _ in found}
    }
    everything = known | found
    order = sorted(everything, key=lambda key: SYSTEMS.index(key[0]))
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*key, *everything[key]) for key in order)


def moved_answers(before, now, columns=3):
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
    if moved := moved_answers(before, rows(kb, name, whole=False), columns=2):
        pytest.fail(f"answers moved; if that is meant, write them anew with UPDATE_GOLDEN=1\n{moved}", pytrace=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", SYSTEMS)
def test_whole_space(kb, name):
    """Every question with one target and a regular part of those with two is answered well, and none has moved."""
    now = rows(kb, name, whole=True)
    if updating():
        keep(now)
    before = {key: row for key, row in kept_rows().items() if key[0] == name}
    if moved := moved_answers(before, now):
        pytest.fail(f"answers moved; if that is meant, write them anew with UPDATE_GOLDEN=1\n{moved}", pytrace=False)


def test_space_is_whole(kb):
    """Every ion and type with every target, four budgets, every preset and none, every profile, each once."""
    size = len(SYSTEMS) * len(kb.targets) * len(BUDGETS) * (len(kb.presets) + 1) * len(kb.profiles)
    every = list(plain_questions(kb))
    assert size == len(every) == len(set(every))
    assert set(SYSTEMS) == {f"{plain.ion} {plain.anode}" for plain in every}


def test_table_is_whole(kb):
    """The kept table has a row for each system and target, and one for its pairs of targets, in this order."""
    assert [(name, target) for name in SYSTEMS for target in (*kb.targets, "any two")] == list(kept_rows())


def test_a_moved_answer_is_told(kb):
    """A changed rating is told as the order before and the order now, for the targets it moves and no other."""
    eis = kb.techniques["eis"]
    blinded = {"information": {key: sight for key, sight in eis.information.items() if key != "sei-growth"}}
    ways = {
        key: way.model_copy(
            update={"information": {goal: sight for goal, sight in way.information.items() if goal != "sei-growth"}}
        )
        for key, way in eis.variants.items()
    }
    other = changed(kb, techniques={**kb.techniques, "eis": eis.model_copy(update=blinded | {"variants": ways})})
    moved = moved_answers(rows(kb, "K alloy", whole=False), rows(other, "K alloy", whole=False))
    was, now = moved.splitlines()[1:3]
    assert "K alloy sei-growth" == moved.splitlines()[0]
    assert was.startswith("  was ")
    assert now.startswith("  now ")
    assert "eis" in was.split(" | ")[0]
    assert "eis" in now.split(" | ")[1]


def test_a_failing_remedy_is_seen(kb):
    """A remedy that changes nothing is refused by the check of remedies."""
    advice = advise(kb, ion="K", anode="alloy", facilities=("potentiostat",))
    option = next(option for option in advice.excluded if option.remedy)
    advice.__dict__["excluded"] = (option._replace(remedy=(Change("budget", "unlimited", "Nothing."),)),)
    with pytest.raises(AssertionError, match=option.id):
        check_remedies_work(advice)


def test_long_differences_are_cut():
    """The message shows forty moved answers and says how many more there are."""
    before = {("Li alloy", str(place)): ("xrd", "1.0", "") for place in range(50)}
    assert "... and 10 more" == moved_answers(before, {}).splitlines()[-1]
    assert "" == moved_answers(before, dict(before))


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_is_handed_on_shows_the_ratings_used(kb, name):
    """For every target the JSON of an answer holds the ways, ratings and worths that the ranking used."""
    ion, anode = name.split()
    for target in kb.targets:
        advice = advise(kb, ion=ion, anode=anode, targets=(target,))
        data = json.loads(json_answer.render(advice, certify(advice, 20)))
        assert [option.id for option in advice.ranking] == [option["id"] for option in data["ranking"]]
        for option, shown in zip(advice.ranking, data["ranking"], strict=True):
            assert {way.technique_id: way.variant_id for way in option.route.ways} == shown["variants"]
            assert {goal: rating for goal, (_, rating, _) in told(advice, option).items()} == shown["ratings"]
            worths = {goal: value for goal, (_, _, value) in told(advice, option).items()}
            assert pytest.approx(worths, abs=1e-6) == shown["sees"]
        assert [gap.goal for gap in unanswered(advice)] == [gap["goal"] for gap in data["unanswered"]]
