"""Techniques of the knowledge base that a sentence names without saying that they are there or missing."""

from __future__ import annotations

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.phrases import Text
from insitu_advisor.knowledge.stems import stems

# In a part of a sentence with one of these a technique may be named only to be refused.
_REFUSED = frozenset({"lacking", "denied", "denying", "gone"})


def named(advice: Advice) -> tuple[str, ...]:
    """Techniques that are asked about by name, as in `NMR or EIS`, `is XPS worth it`; in the order of the sentence.

    They stand among the words that gave no answer: what was read as an instrument at hand or missing is told elsewhere.
    """
    said = advice.question.said
    if not said.sentence or not said.unused:
        return ()
    lexicon = lexicon_of(advice.kb)
    text = lexicon.text(said.sentence)
    spare = {stem for run in said.unused for stem in stems(run)} | lexicon.fillers
    part = _parts(text)
    cues = lexicon.book("cue").matches(text, close=True)
    refused = {part[min(cue.places)] for cue in cues if cue.meaning.means[0] in _REFUSED}
    found = [
        match
        for match in lexicon.book("way").cover(text, close=True)
        if all(text.words[place].stem in spare for place in match.places) and part[min(match.places)] not in refused
    ]
    return tuple(dict.fromkeys(technique for match in found for technique in match.meaning.means))


def _parts(text: Text) -> list[int]:
    """The part of the sentence that each word stands in, from one comma or full stop to the next."""
    parts, part, before = [], 0, 0
    for word, clause in zip(text.words, text.clauses, strict=True):
        part += "," in text.plain[before : word.start]
        before = word.end
        parts.append(part + clause)
    return parts
