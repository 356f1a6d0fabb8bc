"""What to beware of first: of all that is said of the first experiment, the warning nearest to what was asked.

A warning is the nearer the more it is set off by what this question says: a substance, the cell, the electrolyte, the
temperature, the rate, the material, a part of a goal. Only then counts what holds of the goal, of the ion and of the
type of anode in general; of equals one that is aimed at fewer goals, then the one written first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from insitu_advisor.engine.inquiry.plan import Plan
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.system import Way, make_route
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words.reasons import Reason, stated
from insitu_advisor.knowledge.rule import Condition
from insitu_advisor.knowledge.stems import plain
from insitu_advisor.knowledge.technique import Narrowing

# About two and three lines of a screen of eighty columns, beside the labels.
TWO_LINES, THREE_LINES = 148, 222
# What sets a warning off, and what it is worth; any of them more than what holds of the goal in general.
_SAID = {"substance": 12, "cell": 12, "electrolyte": 12, "temperature": 13, "rate": 12, "material": 8, "part": 8}
_GOAL, _ION, _TYPE, _WAY = 4, 2, 1, 1
_FORMULA = re.compile(r"\b(?=\w*[A-Z])[A-Za-z0-9]{2,12}\b")
# Elements of electrolytes and interphases as they are called in words; fluorescence is none of them.
_CALLED = {
    "F": re.compile(r"\bfluor(?!esc)\w+", re.IGNORECASE),
    "H": re.compile(r"\bhydr(?:ogen|ide)s?\b", re.IGNORECASE),
    "Cl": re.compile(r"\b(?:per)?chlor\w+", re.IGNORECASE),
}


class Warned(NamedTuple):
    """A warning of one way: what of the question sets it off, how near it is besides, and the goals it names."""

    says: Reason
    by: frozenset[str]
    general: int
    goals: tuple[str, ...]

    @property
    def order(self) -> tuple[int, int]:
        """The nearest first."""
        return -(sum(map(_SAID.__getitem__, self.by)) + self.general), len(self.goals)


def watch(found: Plan, longest: int = THREE_LINES, *, pressing: bool = False) -> Reason | None:
    """That the material hardly reacts; else the nearest warning, if there is one of at most `longest` signs.

    `pressing` leaves out what nothing that was said sets off.
    """
    advice = found.advice
    if doubt := cautions.hardly_reacts(advice):
        return doubt[0]
    for experiment in found.best.experiments if found.best else ():
        for each in nearest(advice, experiment.way, longest):
            if each.by or not pressing:
                return each.says
    return None


def nearest(advice: Advice, way: Way, longest: int = THREE_LINES) -> list[Warned]:
    """Everything that is said of one way for a question in so many signs, the nearest first."""
    fitting = []
    for each in (_with_question(advice, way, found) for found in _warnings(advice, way)):
        text = first_sentences(each.says.text)
        if len(text) <= longest:
            fitting.append(each._replace(says=each.says._replace(text=text)))
    return sorted(fitting, key=lambda each: each.order)


def first_sentences(text: str, most: int = TWO_LINES) -> str:
    """As many sentences of a text as fit into so many characters, one at least."""
    kept, *rest = re.split(r"(?<=\.) ", text)
    for sentence in rest:
        if len(kept) + 1 + len(sentence) > most:
            break
        kept = f"{kept} {sentence}"
    return kept


def _warnings(advice: Advice, way: Way) -> Iterator[Warned]:
    """Rules, blind spots and what is said of the very material."""
    name = way.technique.short
    for _, rule in cautions.rules(advice, make_route((way,)), "caution"):
        yield _of_rule(rule.when, Reason(f"{name}: {rule.sentence}", rule.basis, rule.sources))
    for spot in way.technique.blind_spots:
        if cautions.bears(spot, way, advice):
            yield _of_spot(advice, spot.when, stated(spot, f"{name}: {spot.says}"))
    yield from _of_material(advice, way)


def _of_material(advice: Advice, way: Way) -> Iterator[Warned]:
    anode = advice.question.anode.value
    if anode is None or anode.material is None or anode.borrowed:
        return
    name = advice.kb.materials[anode.material].name
    for each in cautions.of_material(advice):
        if way.technique_id in each.techniques and (
            not each.targets or not cautions.asked_words(advice).isdisjoint(each.targets)
        ):
            says = stated(each, f"{way.technique.short}, {name}: {each.says}")
            yield Warned(says, frozenset({"material"}), 0, each.targets)


def _of_spot(advice: Advice, when: Narrowing, says: Reason) -> Warned:
    question = advice.question
    by = {"material": when.material, "cell": set(when.cell).intersection(question.cell.value or ())}
    general = _ION * (question.ion.value in when.ion) + _TYPE * (question.anode_type in when.anode)
    return Warned(says, _said(by), general + _WAY * bool(when.variant), when.target)


def _of_rule(when: Condition, says: Reason) -> Warned:
    by = {
        "material": when.materials or when.traits,
        "cell": when.cells,
        "electrolyte": when.electrolytes,
        "rate": when.c_rate_above is not None,
        "temperature": (when.temperature_above, when.temperature_below) != (None, None),
    }
    return Warned(says, _said(by), _ION * bool(when.ions) + _TYPE * bool(when.anodes), when.targets)


def _said(by: Mapping[str, object]) -> frozenset[str]:
    return frozenset(what for what, named in by.items() if named)


def _with_question(advice: Advice, way: Way, found: Warned) -> Warned:
    """A warning with what its goals and its words share with the question; a goal counts that this way sees."""
    goals, whole = found.goals, advice.kb.whole
    meant = {goal for goal in advice.goals if way.ratings[goal] and not {goal, whole[goal]}.isdisjoint(goals)}
    more = {
        "part": any(goal in goals and goal not in advice.kb.targets for goal in meant),
        "substance": _shared(advice.question.said.sentence or "", found.says.text),
    }
    return found._replace(by=found.by | _said(more), general=found.general + _GOAL * bool(meant))


def _shared(sentence: str, text: str) -> bool:
    """Whether a text speaks of a compound that a sentence names, or of one with an element it names."""
    if not sentence:
        return False
    asked = plain(sentence)
    named = _compounds(text)
    elements = {symbol for symbol, called in _CALLED.items() if called.search(asked)}
    spoken = {symbol for symbol in elements if _CALLED[symbol].search(text)}.union(*named.values())
    return bool(named.keys() & _compounds(asked).keys()) or bool(elements & spoken)


@cache
def _compounds(text: str) -> dict[str, frozenset[str]]:
    """The formulas of a text that are more than one atom, with their elements."""
    # Only a sentence may name a compound, and what reads formulas takes milliseconds to load.
    from insitu_advisor.engine.question.formula import FormulaError, parse

    found = {}
    for word in set(_FORMULA.findall(text)):
        try:
            atoms = parse(word).atoms
        except FormulaError:
            continue
        if sum(atoms.values()) > 1 or len(atoms) > 1:
            found[word] = frozenset(atoms)
    return found
