"""Chemical formulas: read into their elements, and classified by the written rules of the knowledge base."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from insitu_advisor.engine.question.wording import joined
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType
from insitu_advisor.knowledge.lexicon import Makeup

LONGEST_FORMULA = 80
_DEEPEST = 6
_SYMBOLS = (
    "He Li Be Ne Na Mg Al Si Cl Ar Ca Sc Ti Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Zr Nb Mo Tc Ru Rh Pd Ag Cd In "
    "Sn Sb Te Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac "
    "Th Pa Np Pu H B C N O F P S K V Y I W U"
)
# One step of a formula: an element, a surface group of a MXene, a bracket, or an amount such as 2, 0.5, x, 1-x or 2±d.
_AMOUNT = r"(?:\d{1,5}(?:\.\d{1,5})?)?(?:[-+±]?[xyzndδ](?![a-z]))?(?:[-+±]\d(?:\.\d{1,4})?(?![A-Za-z]))?"
_KNOWN = _SYMBOLS.replace(" ", "|")
_STEP = re.compile(
    rf"(?P<group>T(?=[xzn]|$))|(?P<element>{_KNOWN})|(?P<unknown>[A-Z][a-z]?)|(?P<open>[(\[{{])|(?P<close>[)\]}}])|(?P<dot>[*.](?=\d?[A-Z(]))|"
    rf"(?P<amount>(?=[\dxyzndδ]){_AMOUNT})"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


class FormulaError(ValueError):
    """A text that is no formula, with why."""


class Composition(NamedTuple):
    """Atoms per element, and the parts that stood in brackets; amounts such as x count as a half."""

    atoms: Mapping[str, float]
    parts: frozenset[str] = frozenset()

    def share(self) -> tuple[tuple[str, float], ...]:
        """Fractions of the elements, to tell whether two formulas are one compound."""
        whole = sum(self.atoms.values())
        return tuple(sorted((symbol, round(count / whole, 3)) for symbol, count in self.atoms.items()))


@dataclass(slots=True)
class _Level:
    """One level of brackets while a formula is read."""

    close: str = ""
    start: int = 0
    atoms: dict[str, float] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)

    def settle(self, times: float = 1.0) -> None:
        """Count the last element or bracket as often as the amount behind it says."""
        for symbol, count in self.last.items():
            self.atoms[symbol] = self.atoms.get(symbol, 0.0) + count * times
        self.last = {}


def parse(text: str) -> Composition:
    """The elements of a formula such as `Cu6Sn5`, `KTi2(PO4)3` or `Cu2-xSe`. Raises FormulaError."""
    if not text or len(text) > LONGEST_FORMULA:
        raise FormulaError(f"is no formula of up to {LONGEST_FORMULA} signs")
    levels = [_Level()]
    parts: set[str] = set()
    place = 0
    while place < len(text):
        step = _STEP.match(text, place)
        if step is None or step.end() == place:
            raise FormulaError(f"cannot be read as a formula at '{text[place]}'")
        _take(levels, step, text, parts)
        place = step.end()
    if len(levels) > 1:
        raise FormulaError(f"has a bracket '{text[levels[-1].start]}' that is not closed")
    levels[0].settle()
    if not levels[0].atoms:
        raise FormulaError("names no element")
    return Composition(levels[0].atoms, frozenset(parts))


def _take(levels: list[_Level], step: re.Match[str], text: str, parts: set[str]) -> None:
    here = levels[-1]
    match step.lastgroup:
        case "element" | "group":
            here.settle()
            here.last = {step[0]: 1.0}
        case "unknown":
            raise FormulaError(f"names '{step[0]}', which is no element")
        case "open":
            here.settle()
            if len(levels) > _DEEPEST:
                raise FormulaError("has too many brackets in each other")
            levels.append(_Level(_PAIRS[step[0]], step.start()))
        case "close":
            if here.close != step[0]:
                raise FormulaError(f"has a bracket '{step[0]}' that was not opened")
            here.settle()
            if not here.atoms:
                raise FormulaError("has an empty bracket")
            parts.add(text[here.start + 1 : step.start()])
            levels.pop()
            levels[-1].last = here.atoms
        case "dot":
            here.settle()
        case _:
            if not here.last and here.atoms:
                raise FormulaError(f"has an amount '{step[0]}' without an element")
            here.settle(_amount(step[0]))


def _amount(text: str) -> float:
    """A number; 1-x or x, which stand for something between, count as a half off or a half."""
    numbers = [float(number) for number in _NUMBER.findall(text)]
    if any(sign in text for sign in "xyzndδ"):
        return max(0.5, numbers[0] - 0.5) if numbers else 0.5
    if not numbers or numbers[0] <= 0:
        raise FormulaError(f"has the amount '{text}', which is no number above zero")
    return numbers[0]


class Classified(NamedTuple):
    """How a formula stores the ion, because of which elements, in words, and the traits that follow."""

    rule: str
    type: AnodeType
    by: tuple[str, ...]
    because: str
    traits: tuple[str, ...]
    basis: str = "judgement"
    sources: tuple[str, ...] = ()


def classify(kb: KnowledgeBase, made_of: Composition, ion: str | None = None) -> Classified | None:
    """The first rule that fits; None when no rule speaks of such a compound."""
    groups = {name: frozenset(group.elements) for name, group in kb.element_groups.items()}
    for rule_id, rule in kb.anode_rules.items():
        if holds(rule.when, made_of, groups, ion):
            by = _deciding(kb, made_of, _elements(rule.by, groups), ion)
            because = rule.because.replace("{by}", joined(by))
            traits = tuple(
                dict.fromkeys(
                    trait
                    for follows in kb.trait_rules.values()
                    if (not follows.types or rule.type in follows.types) and holds(follows.when, made_of, groups, ion)
                    for trait in follows.traits
                )
            )
            return Classified(rule_id, rule.type, by, because, traits, rule.basis, rule.sources)
    return None


def _deciding(kb: KnowledgeBase, made_of: Composition, named: frozenset[str], ion: str | None) -> tuple[str, ...]:
    """The elements that decided, those known to react with this ion before others."""
    present = tuple(symbol for symbol in made_of.atoms if symbol in named)
    known = kb.element_groups.get(f"alloying-{ion.lower()}") if ion else None
    reacting = tuple(symbol for symbol in present if known and symbol in known.elements)
    return reacting or present


def unknown_to_alloy(kb: KnowledgeBase, by: Iterable[str], ion: str | None) -> tuple[str, ...]:
    """Of elements that alloy with some ion, those not listed for this one."""
    listed = kb.element_groups.get(f"alloying-{ion.lower()}") if ion else None
    return () if listed is None else tuple(symbol for symbol in by if symbol not in listed.elements)


def holds(when: Makeup, made_of: Composition, groups: Mapping[str, frozenset[str]], ion: str | None = None) -> bool:
    """Whether a condition over elements holds."""
    present = made_of.atoms.keys()
    if when.ions and ion not in when.ions:
        return False
    if any(present.isdisjoint(_elements(entry, groups)) for entry in when.has):
        return False
    if any(not present.isdisjoint(_elements(entry, groups)) for entry in when.without):
        return False
    if when.only and not present <= frozenset().union(*(_elements(entry, groups) for entry in when.only)):
        return False
    if when.unit is not None and when.unit not in made_of.parts:
        return False
    if when.ratio is None:
        return True
    below, above, least, most = when.ratio
    base = _count(made_of, _elements(below, groups))
    return not base or least <= _count(made_of, _elements(above, groups)) / base <= most


def _elements(entry: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The elements of an entry such as `Si|Ge|soft-metal`."""
    return frozenset().union(*(groups.get(name, {name}) for name in entry.split("|")))


def _count(made_of: Composition, elements: frozenset[str]) -> float:
    return sum(count for symbol, count in made_of.atoms.items() if symbol in elements)
