"""What is said of words for goals that could mean several things: how they were read, and how to ask for the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from insitu_advisor.engine.question.phrases import Meaning
from insitu_advisor.engine.question.wording import joined
from insitu_advisor.knowledge.base import KnowledgeBase


def parts_of(kb: KnowledgeBase, found: Iterable[Meaning], anode: str | None = None) -> tuple[str, ...]:
    """The parts of goals that are meant; not of a goal that is asked for as a whole as well.

    What is narrower than a goal is asked beside it, and the whole is then named as well.
    """
    meanings = list(found)
    whole = {target for each in meanings if each.part is None for target in each.on(anode)}
    parts: dict[str, None] = {}
    for part in (each.part for each in meanings if each.part):
        if kb.whole[part] not in whole:
            parts[part] = None
        elif part in kb.targets[kb.whole[part]].narrower:
            parts |= {kb.whole[part]: None, part: None}
    return tuple(parts)


def note(kb: KnowledgeBase, meaning: Meaning, anode: str | None = None, parts: Collection[str] = ()) -> str | None:
    """How words that could mean several goals were read, and how to ask for the others."""
    if meaning.part is not None and meaning.part in parts:
        if meaning.means[0] in parts:
            return None
        return f"read as {kb.goals[meaning.part].name} only; {_all_of(kb, meaning).replace(' for ', ' asks for ', 1)}"
    means = meaning.on(anode)
    if not meaning.also and len(means) == 1:
        return None
    names = joined([kb.targets[key].name for key in means])
    asks = "; ".join(f"--target {key} asks for {words}" for key, words in meaning.also if key not in means)
    says = f": {meaning.says}" if meaning.says and means == meaning.means else ""
    return f"read as {names}{says}" + (f"; {asks}" if asks else "")


def otherwise(
    kb: KnowledgeBase, found: Iterable[Meaning], anode: str | None = None, parts: Collection[str] = ()
) -> str | None:
    """How to ask for what else words for goals may have meant, in short."""
    told: dict[str, None] = {}
    for meaning in found:
        if meaning.part in parts and meaning.means[0] in parts:
            continue
        if meaning.part in parts:
            told[_all_of(kb, meaning)] = None
        else:
            means = meaning.on(anode)
            told |= dict.fromkeys(f"--target {key} for {words}" for key, words in meaning.also if key not in means)
    return "; ".join(told) or None


def _all_of(kb: KnowledgeBase, meaning: Meaning) -> str:
    whole = meaning.means[0]
    return f"--target {whole} for all of {kb.targets[whole].name}"
