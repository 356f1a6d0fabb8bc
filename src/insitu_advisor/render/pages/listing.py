"""Lists of what the knowledge base holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from insitu_advisor.engine.method.arithmetic import set_place
from insitu_advisor.engine.words.certainty import NAMES
from insitu_advisor.engine.words.sentences import listed
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.vocabulary import Criterion
from insitu_advisor.render.pages.document import Document, Heading, Table

Listing = Callable[[KnowledgeBase, bool], Document]


def overview(kb: KnowledgeBase) -> Document:
    """What there is to be shown."""
    counts: Mapping[str, int] = {
        "techniques": len(kb.options), "goals": len(kb.goals), "materials": len(kb.materials),
        "instruments": len(kb.facilities), "studies": len(kb.studies), "sources": len(kb.references),
        "rules": len(kb.rules), "conflicts": len(kb.conflicts), "profiles": len(kb.profiles),
    }  # fmt: skip
    rows = tuple((word, str(counts.get(word, "")), means) for word, means in WORDS.items())
    note = "Or the id or usual word of any entry: show raman, show hard carbon, show dendrites, show potassium."
    return Document((Heading("What can be shown", 1), Table(("show", "entries", ""), rows, frozenset({1}), note)))


def techniques(kb: KnowledgeBase, full: bool) -> Document:
    """The techniques and pairings with cost, preparation and instruments."""
    singles = (
        (key, item.name, item.cost.tier, item.preparation.tier, _instruments(kb, key))
        for key, item in kb.techniques.items()
    )
    pairs = (
        (key, item.name, tier.name(_pair(kb, key, "cost")), tier.name(_pair(kb, key, "preparation")), "both")
        for key, item in kb.combinations.items()
    )
    headers = ("id", "technique", "cost", "preparation", "instrument")
    return _page("Techniques and pairings", headers, (*singles, *pairs), 5 if full else 4)


def goals(kb: KnowledgeBase, full: bool) -> Document:
    """What can be asked about; a goal with parts stands with each of them."""
    rows = []
    for key, target in kb.targets.items():
        rows.append((key, target.definition, ", ".join(target.aliases)))
        parts = {**target.parts, **target.narrower}
        rows += [(part, f"part of {key}: {item.definition}", ", ".join(item.aliases)) for part, item in parts.items()]
    return _page("Goals", ("id", "what it asks", "also understood"), rows, 3 if full else 2)


def materials(kb: KnowledgeBase, full: bool) -> Document:
    """All materials with the anode type they are treated as."""
    rows = ((key, item.name, item.type, ", ".join(item.aliases)) for key, item in kb.materials.items())
    return _page("Materials", ("id", "material", "treated as", "also understood"), rows, 4 if full else 3)


def instruments(kb: KnowledgeBase, full: bool) -> Document:
    """All instruments, and the sets that stand for several."""
    rows = ((key, item.name, item.access) for key, item in kb.facilities.items())
    presets = tuple((key, item.name, ", ".join(item.facilities)) for key, item in kb.presets.items())
    first = _page("Instruments", ("id", "instrument", "how people get at it"), rows, 3 if full else 2)
    more = (Heading("Sets of instruments"), Table(("id", "set", "stands for"), presets))
    return Document((*first.blocks, *more))


def rules(kb: KnowledgeBase, full: bool) -> Document:
    """All rules with kind, technique and sentence."""
    rows = ((key, rule.kind, kb.name(rule.technique), rule.sentence) for key, rule in kb.rules.items())
    return _page("Rules", ("id", "kind", "technique", "sentence"), rows, 4 if full else 3)


def profiles(kb: KnowledgeBase, full: bool) -> Document:
    """All weight profiles."""
    rows = ((key, item.means, _weights(item.weights)) for key, item in kb.profiles.items())
    return _page("Weight profiles", ("id", "meaning", "weights"), rows, 3 if full else 2)


def conflicts(kb: KnowledgeBase, full: bool) -> Document:
    """All disagreements between sources."""
    rows = ((key, conflict.topic, conflict.advice) for key, conflict in kb.conflicts.items())
    return _page("Where sources disagree", ("id", "topic", "advice"), rows, 3 if full else 2)


def sources(kb: KnowledgeBase, full: bool) -> Document:
    """All references by key."""
    rows = (
        (key, str(item.year or ""), item.title or item.about or "", item.doi or item.eprint or item.url or "")
        for key, item in kb.references.items()
    )
    return _page("Sources", ("id", "year", "title", "where"), rows, 4 if full else 3)


LISTS: Mapping[str, Listing] = {
    "techniques": techniques,
    "goals": goals,
    "materials": materials,
    "instruments": instruments,
    "sources": sources,
    "rules": rules,
    "conflicts": conflicts,
    "profiles": profiles,
}
# Every word of `show` that names a list, in the order of its own help; studies and speeds take options of their own.
WORDS: Mapping[str, str] = {
    "techniques": "techniques and pairings, with cost, preparation and instruments",
    "goals": "what you can ask about (--target)",
    "materials": "anode materials and what they are treated as (--anode)",
    "instruments": "what techniques are done on (--facility)",
    "studies": "published in situ studies: show studies --ion K --technique xrd",
    "speeds": "data points per half-cycle: show speeds --c-rate C/10",
    "sources": "references, each with the facts that rest on it",
    "rules": "what changes with ion, anode, material, goal or rate",
    "conflicts": "where sources disagree",
    "profiles": "sets of weights (--weights)",
}


def _page(title: str, headers: tuple[str, ...], rows: Iterable[tuple[str, ...]], columns: int) -> Document:
    """A table of the first columns; the last ones stand in the full list only."""
    table = Table(headers[:columns], tuple(row[:columns] for row in rows))
    note = "'insitu-advisor show ID' shows more of one entry"
    more = f"{note}; --full shows {listed(headers[columns:])} as well." if headers[columns:] else f"{note}."
    return Document((Heading(title, 1), Table(table.headers, table.rows, note=more)))


def _instruments(kb: KnowledgeBase, technique: str) -> str:
    variants = kb.techniques[technique].variants.values()
    return listed(dict.fromkeys(facility for variant in variants for facility in variant.facilities), "or")


def _weights(weights: Mapping[Criterion, float]) -> str:
    return ", ".join(f"{NAMES[criterion]} {weight:g}" for criterion, weight in weights.items())


def _pair(kb: KnowledgeBase, pairing: str, field: str) -> float:
    return set_place([tier.position(getattr(kb.techniques[m], field).tier) for m in kb.options[pairing]])
