"""From the researcher's words to a question: every word is looked up, and a wrong one is answered with the nearest."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import cast, get_args

from insitu_advisor.engine.question.question import UNLIMITED, Anode, Answer, Goal, Question, QuestionError, Weights
from insitu_advisor.engine.question.vocabulary import (
    ALIKE,
    facility_words,
    found,
    material_words,
    nearest_word,
    target_words,
)
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import fold
from insitu_advisor.knowledge.claim import AnodeType, Ion, Scale
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import ANODE_WORDS, CRITERIA, ION_WORDS, OPEN_WORDS, Criterion

CAP_WORDS = (*TIERS, UNLIMITED)
SLOWEST_RATE, FASTEST_RATE = 1e-4, 1000.0
_NO_CAP = frozenset({"unlimited", "any", "none", "no limit"})


def ask(  # noqa: PLR0913
    kb: KnowledgeBase,
    *,
    anode: str | None = None,
    ion: str | None = None,
    targets: str | Sequence[str] | Mapping[str, float] = (),
    budget: str | None = None,
    max_preparation: str | None = None,
    facilities: str | Sequence[str] = (),
    scale: str | None = None,
    c_rate: str | float | None = None,
    weights: str | Sequence[str] | Mapping[str, float] = (),
) -> Question:
    """A question from plain words; whatever is left out is assumed and marked so.

    `anode` is a type, a material or "unknown"; `targets` are ids or aliases, each optionally `id=weight`; `facilities`
    are instruments or presets; `weights` is a profile name, or `criterion=number` entries laid over the balanced
    profile. One word needs no list, and words with weights may be a mapping. `c_rate` is a number in 1/h or a text such
    as "C/10" or "2C". Raises QuestionError for an unknown word.
    """
    single = {"ion": ion, "anode": anode, "budget": budget, "max-preparation": max_preparation, "scale": scale}
    for field, word in single.items():
        if word is not None:
            _text(field, word)
    ion_answer = read_ion(ion)
    anode_answer = read_anode(kb, anode)
    return Question(
        ion=ion_answer,
        anode=anode_answer,
        targets=read_targets(kb, _several("target", targets), anode_answer.value.type if anode_answer.value else None),
        budget=_cap("budget", budget, "testing cost still counts in the score"),
        max_preparation=_cap("max-preparation", max_preparation, "preparation still counts in the score"),
        facilities=read_facilities(kb, _several("facility", facilities)),
        scale=_scale(scale),
        c_rate=read_c_rate(c_rate),
        cell=Answer(None, "assumed"),
        electrolyte=Answer(None, "assumed"),
        temperature=Answer(None, "assumed"),
        weights=read_weights(kb, _several("weights", weights)),
    )


def _several(field: str, words: str | Sequence[str] | Mapping[str, float]) -> Sequence[str]:
    """Words as a sequence: one by itself, several, or each with its weight. Raises QuestionError for anything else."""
    if isinstance(words, Mapping):
        words = [f"{word}={weight}" for word, weight in words.items()]
    several = (words,) if isinstance(words, str) else tuple(words)
    for word in several:
        _text(field, word)
    return several


def _text(field: str, word: object) -> None:
    if not isinstance(word, str):
        raise QuestionError(field, str(word), f"{word!r} is no text; put it in quotes")


def read_ion(word: str | None) -> Answer[Ion | None]:
    """Li, Na or K from a symbol or a name; open when not given."""
    if word is None:
        return Answer(None, "assumed", "nothing that depends on the ion is counted")
    if _is_open(word):
        return Answer(None, "given", "nothing that depends on the ion is counted")
    if (ion := ION_WORDS.get(fold(word))) is None:
        raise QuestionError("ion", word, f"there is no ion '{word}'; choose Li, Na or K")
    return Answer(ion)


def read_anode(kb: KnowledgeBase, word: str | None) -> Answer[Anode | None]:
    """An anode from one word, which may be a type or a material."""
    if word is None or _is_open(word):
        source = "assumed" if word is None else "given"
        note = "nothing that depends on the anode type is counted"
        return Answer(None, source, note)  # type: ignore[arg-type]
    if (anode := ANODE_WORDS.get(fold(word))) is not None:
        oxide = "the review's oxide-type anodes are taken as conversion anodes" if "oxide" in fold(word) else None
        return Answer(Anode(anode, word=word.strip()), "given", oxide)
    words = material_words(kb)
    if fold(word) not in words and fold(word).split()[-1:] == ["metal"]:
        said = f"'{word}' is a metal anode, which the knowledge base does not cover; ask about metal-plating instead"
        raise QuestionError("anode", word, said)
    if (material_id := found(re.sub(r"[\s-]+(?:anode|electrode)s?$", "", word), words)) is None:
        advice = nearest_word(word, [*ANODE_WORDS, *words], ALIKE)
        raise QuestionError(
            "anode",
            word,
            f"there is no anode type or material '{word}'{advice}; the types are intercalation, alloy and conversion, "
            "and 'insitu-advisor show materials' lists the materials",
        )
    material = kb.materials[material_id]
    treated = f"{material.name} is treated as {_article(material.type)} anode: {material.because}"
    return Answer(Anode(material.type, material_id, word.strip()), "given", treated)


def read_targets(kb: KnowledgeBase, words: Sequence[str], anode: AnodeType | None) -> Answer[tuple[Goal, ...]]:
    """Targets with their weights (1 unless given); those usual for the anode type when none is named."""
    if not words or all(map(_is_open, words)):
        assumed = kb.assumed_for(anode)
        return Answer(tuple(Goal(target) for target in assumed.targets), "assumed", assumed.because)
    chosen: dict[str, float] = {}
    for word in words:
        name, _, weight_text = word.partition("=")
        target = read_target(kb, name.strip())
        weight = _number("target", word, weight_text) if weight_text or "=" in word else 1.0
        if weight <= 0:
            raise QuestionError(
                "target", word, f"the weight of '{name}' must be above zero; leave the target out instead"
            )
        if chosen.get(target, weight) != weight:
            raise QuestionError("target", word, f"target '{target}' is given two different weights; give it once")
        chosen[target] = weight
    return Answer(tuple(_goal(kb, target, weight) for target, weight in chosen.items()))


def _goal(kb: KnowledgeBase, target: str, weight: float) -> Goal:
    whole = kb.whole.get(target, target)
    return Goal(whole, weight, None if whole == target else target)


def read_target(kb: KnowledgeBase, word: str) -> str:
    """The id of a target from its id, name or an alias."""
    words = target_words(kb)
    if (target := found(word, words)) is None:
        advice = nearest_word(word, words, ALIKE)
        raise QuestionError(
            "target", word, f"there is no target '{word}'{advice}; 'insitu-advisor show goals' lists all"
        )
    return target


def read_option(kb: KnowledgeBase, word: str) -> str:
    """The id of a technique or pairing from its id or name; the members of a pairing may come in either order."""
    folded = fold(word)
    words = {fold(name): key for key, item in kb.techniques.items() for name in (key, item.short, item.name)}
    if folded in words:
        return words[folded]
    members = frozenset(words.get(part.strip(), part) for part in folded.split("+"))
    for pairing, combination in kb.combinations.items():
        if frozenset(combination.members) == members and len(members) == len(combination.members):
            return pairing
    if "+" in word and members <= set(kb.techniques):
        known = ", ".join(kb.combinations)
        raise QuestionError("option", word, f"'{word}' is not a documented pairing; the pairings are {known}")
    advice = nearest_word(word, [*words, *kb.combinations])
    raise QuestionError(
        "option", word, f"there is no technique or pairing '{word}'{advice}; 'insitu-advisor show techniques' lists all"
    )


def read_facilities(kb: KnowledgeBase, words: Sequence[str]) -> Answer[tuple[str, ...] | None]:
    """Instruments from ids, names, aliases and presets; no limit when none is named."""
    if not words or all(map(_is_open, words)):
        return Answer(None, "given" if words else "assumed", "each option names what it needs")
    known = facility_words(kb)
    chosen: dict[str, None] = {}
    for word in words:
        if (ids := found(word, known)) is None:
            advice = nearest_word(word, known, ALIKE)
            raise QuestionError(
                "facility", word, f"there is no facility '{word}'{advice}; 'insitu-advisor show instruments' lists all"
            )
        chosen.update(dict.fromkeys(ids))
    return Answer(tuple(facility for facility in kb.facilities if facility in chosen))


def read_c_rate(word: str | float | None) -> Answer[float | None]:
    """A C-rate in 1/h from `0.1`, `C/10`, `1C` or `2C`; above 0 and at most 1000."""
    if word is None or _is_open(str(word)):
        return Answer(None, "assumed" if word is None else "given", "time resolution takes no part")
    text = str(word).strip()
    match = re.fullmatch(r"(?:([\d.]+(?:[eE][-+]?\d+)?)\s*[cC]?|[cC]\s*/\s*([\d.]+)|[cC])", text)
    try:
        if match is None:
            raise ValueError
        rate = 1.0 / float(match[2]) if match[2] else float(match[1] or 1.0)
    except (ValueError, ZeroDivisionError):
        raise QuestionError("c-rate", text, f"'{text}' is no C-rate; write 0.1, C/10, 1C or 2C") from None
    if not SLOWEST_RATE <= rate <= FASTEST_RATE:
        limits = f"{SLOWEST_RATE:g} to {FASTEST_RATE:g}"
        raise QuestionError("c-rate", text, f"the C-rate '{text}' is out of range; give one from {limits} per hour")
    return Answer(rate)


def read_weights(kb: KnowledgeBase, words: Sequence[str]) -> Answer[Weights]:
    """Criterion weights from a profile name, or from `criterion=number` laid over the balanced profile."""
    profiles = [word for word in words if "=" not in word]
    pairs = [word for word in words if "=" in word]
    if len(set(profiles)) > 1:
        raise QuestionError(
            "weights", profiles[1], f"two profiles are named, '{profiles[0]}' and '{profiles[1]}'; name one"
        )
    name = fold(profiles[0]) if profiles else "balanced"
    if name not in kb.profiles:
        advice = nearest_word(name, kb.profiles)
        raise QuestionError("weights", name, f"there is no weight profile '{name}'{advice}; or write criterion=number")
    weights: dict[Criterion, float] = {
        criterion: kb.profiles[name].weights.get(criterion, 0.0) for criterion in CRITERIA
    }
    own: dict[Criterion, float] = {}
    for word in pairs:
        key, _, number = word.partition("=")
        criterion = cast(Criterion, fold(key).replace(" ", "-"))
        if criterion not in CRITERIA:
            raise QuestionError("weights", key, f"there is no criterion '{key}'{nearest_word(key, CRITERIA)}")
        value = _number("weights", word, number)
        if value < 0:
            raise QuestionError("weights", word, f"the weight of '{key}' must not be negative")
        if own.setdefault(criterion, value) != value:
            raise QuestionError(
                "weights", word, f"criterion '{criterion}' is given two different weights; give it once"
            )
    weights |= own
    if not any(weights.values()):
        raise QuestionError("weights", " ".join(words), "all weights are zero; give at least one criterion a weight")
    return Answer(Weights(tuple(weights.items()), None if pairs else name), "given" if words else "assumed")


def _cap(field: str, word: str | None, note: str) -> Answer[str | None]:
    if word is None or (_is_open(word) and fold(word) not in _NO_CAP):
        return Answer(None, "assumed" if word is None else "given", note)
    folded = fold(word).replace(" ", "-")
    if fold(word) in _NO_CAP:
        return Answer(UNLIMITED)
    if folded not in TIERS:
        raise QuestionError(field, word, f"there is no tier '{word}'{nearest_word(folded, CAP_WORDS)}")
    return Answer(folded)


def _scale(word: str | None) -> Answer[Scale | None]:
    if word is None or _is_open(word):
        return Answer(None, "assumed" if word is None else "given", "spatial resolution takes no part")
    if fold(word) not in get_args(Scale):
        raise QuestionError("scale", word, f"there is no scale '{word}'{nearest_word(word, get_args(Scale))}")
    return Answer(cast(Scale, fold(word)))


def _is_open(word: str) -> bool:
    """Whether a word says "don't know"."""
    return fold(word.replace("’", "'")) in OPEN_WORDS


def _number(field: str, word: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > 1e6:
        raise QuestionError(
            field, word, f"'{text}' in '{word}' is not a number; write for example {word.partition('=')[0]}=2"
        )
    return value


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
