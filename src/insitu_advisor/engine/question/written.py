"""The phrases of a knowledge base with their meanings, from whichever section they are written in."""

from __future__ import annotations

from collections.abc import Iterator

from insitu_advisor.engine.question.phrases import Meaning
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.lexicon import Kinship, WordKind

Written = tuple[Meaning, tuple[str, ...]]


def written(kb: KnowledgeBase, kind: WordKind) -> Iterator[Written]:
    """Every phrase of a kind: names and aliases, then the lexicon."""
    yield from _sections(kb, kind)
    for key, entry in kb.lexicon.items():
        if entry.kind == kind:
            also, with_ion = tuple(entry.also.items()), tuple(entry.with_ion.items())
            with_anode = tuple(entry.with_anode.items())
            meaning = Meaning(key, entry.means, entry.part, also, entry.says, with_ion, with_anode, entry.context)
            yield meaning, entry.phrases


def _sections(kb: KnowledgeBase, kind: WordKind) -> Iterator[Written]:
    """Ids, names and aliases that stand in other sections."""
    match kind:
        case "target":
            yield from ((Meaning(key, (key,)), (key, t.name, *t.aliases)) for key, t in kb.targets.items())
            parts = ((key, part, kb.goals[part]) for part, key in kb.whole.items() if part != key)
            for key, part, item in parts:
                yield Meaning(part, (key,), part), (part, item.name, *item.aliases)
        case "facility":
            yield from ((Meaning(key, (key,)), (key, f.name, *f.aliases)) for key, f in kb.facilities.items())
            yield from ((Meaning(key, (key,)), (key, preset.name)) for key, preset in kb.presets.items())
        case "way":
            yield from ((Meaning(key, (key,)), (key, t.name, t.short)) for key, t in kb.techniques.items())
        case "anode":
            for key, kin in kb.kin.items():
                for phrase in kin.phrases:
                    yield relative(key, kin, phrase), (phrase,)
            yield from ((Meaning(key, (key,)), (key, m.name, *m.aliases)) for key, m in kb.materials.items())


def relative(key: str, kin: Kinship, phrase: str) -> Meaning:
    """The meaning of a material that goes by a listed relative, in all or in its traits only."""
    return Meaning(f"{'traits' if phrase in kin.unlike else 'kin'}:{key}", (key,), says=kin.because)
