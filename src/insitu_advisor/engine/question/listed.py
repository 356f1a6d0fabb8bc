"""Anodes that are listed: a type or a material by its name, and what a listed word says of an anode."""

from __future__ import annotations

from insitu_advisor.engine.question.lexicon import TYPES, Lexicon
from insitu_advisor.engine.question.phrases import Meaning
from insitu_advisor.engine.question.reading import AnodeReading
from insitu_advisor.engine.question.wording import short
from insitu_advisor.knowledge.claim import Ion
from insitu_advisor.knowledge.spelling import fold
from insitu_advisor.knowledge.stems import as_typed

TYPE_NAME = {
    "intercalation": "an intercalation anode",
    "alloy": "an alloying anode",
    "conversion": "a conversion anode",
    "metal": "a metal anode",
}
_BORROWED = {"kin": "What is known of {} is borrowed", "traits": "How {} behaves is borrowed, but not its studies"}
_METAL_IONS: dict[str, Ion] = {
    "anode-lithium-metal": "Li", "anode-sodium-metal": "Na", "anode-potassium-metal": "K"
}  # fmt: skip


def by_name(lexicon: Lexicon, word: str, ion: str | None) -> AnodeReading | None:
    """A type or a material that goes by this very name; None for all else that may be an anode."""
    if len(word) > lexicon.longest:
        return None
    own = as_typed(word)
    if (kind := lexicon.types.get(own)) is not None:
        return from_phrase(lexicon, own, with_ion(kind, ion), ion)
    if (listed := lexicon.materials.get(fold(own))) is not None:
        return from_phrase(lexicon, own, Meaning(listed, (listed,)), ion)
    return None


def from_phrase(lexicon: Lexicon, own: str, meaning: Meaning, ion: str | None, part: str | None = None) -> AnodeReading:
    """What a listed word says of an anode."""
    meant = meaning.means[0]
    taken = f"of its parts {part} is taken; " if part else ""
    if meant in TYPES:
        oxide = "the review's oxide-type anodes are taken as conversion anodes" if "oxide" in own.lower() else None
        note = f"{short(own)} is treated as {TYPE_NAME[meant]}: {meaning.says}" if meaning.says else oxide
        return AnodeReading(
            own,
            meant,  # type: ignore[arg-type]
            traits=("metallic",) if meant == "metal" else (),
            ion=_METAL_IONS.get(meaning.key),
            note=note,
            because=meaning.says,
        )
    material = lexicon.kb.materials[meant]
    how = meaning.key.partition(":")[0]
    treated = f"treated as {TYPE_NAME[material.type]}: {material.because}"
    since = f" {_BORROWED[how].format(material.name)}: {meaning.says}." if how in _BORROWED else ""
    note = f"{taken}{short(own)} is {treated}{since}"
    borrowed = (taken + since.partition(":")[0].strip()).rstrip("; ") or None
    if how == "traits":
        traits = tuple(sorted(material.traits_for(ion)))
        return AnodeReading(
            own, material.type, None, False, traits, note=note, because=material.because, otherwise=borrowed
        )
    return AnodeReading(
        own, material.type, meant, how == "kin", note=note, because=material.because, otherwise=borrowed
    )


def with_ion(meaning: Meaning, ion: str | None) -> Meaning:
    """The meaning with this ion, where that is another: aluminium foil is no bare foil for lithium."""
    meant = dict(meaning.with_ion).get(ion or "")
    return meaning if meant is None else Meaning(meaning.key, (meant,))
