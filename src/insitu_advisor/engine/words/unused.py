"""Words of a sentence that gave no answer, as a screen shows them: terms of the trade first, small talk not at all."""

from __future__ import annotations

import re

from insitu_advisor.engine.question.lexicon import Lexicon, lexicon_of
from insitu_advisor.engine.question.question import Question
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.stems import stem, tokens

# A formula, an acronym, an amount with its unit: CO2, SERS, 532nm, 50 MPa.
_TERM = re.compile(r"\b(?:\w*[A-Z]\w*[A-Z0-9]\w*|\d[\d.]* ?[A-Za-zµ°%/]+)(?:\b|$)")
_LONG = 7
_SMALL_TALK = frozenset(map(stem, (
    "hi", "hello", "hey", "dear", "bonjour", "thanks", "thank", "cheers", "regards", "please", "ok", "okay",
    "well", "etc", "anyone", "someone", "somebody", "people", "guys", "dont", "cant", "wont", "im", "ive",
    "wed", "too", "else", "far", "so", "basically", "somehow", "really", "quite", "rather", "actually",
    "maybe", "perhaps", "wait", "mean", "now", "then", "worth", "better", "enough", "nice", "love", "few",
    "bit", "lot", "add", "told", "heard", "ask", "asked", "say", "said", "tell", "sit", "sitting", "having",
    "bought", "apart", "similar", "super", "weird", "care", "year", "possible",
)))  # fmt: skip


def telling(kb: KnowledgeBase, question: Question) -> list[str]:
    """The unused words worth a look: known words, formulas, acronyms and amounts, then long words, then the rest.

    Small talk is left out; the JSON has it all.
    """
    lexicon = lexicon_of(kb)
    shown = dict.fromkeys(filter(None, map(_without_talk, question.said.unused)))
    return sorted(shown, key=lambda run: _rank(lexicon, run))


def _without_talk(run: str) -> str:
    """A run of words without small talk at its ends."""
    words = tokens(run)
    while words and _talk(words[-1].text):
        words.pop()
    while words and _talk(words[0].text) and not _denies(words[0].text):
        words.pop(0)
    if all(_denies(word.text) for word in words):
        return ""
    return run[words[0].start : words[-1].end]


def _denies(word: str) -> bool:
    """Whether a word turns round what follows: `can't open`."""
    return word.lower().removesuffix("'t") != word.lower() or word.lower() in {"dont", "cant", "wont", "no", "not"}


def _talk(word: str) -> bool:
    """Whether a word is small talk: a greeting, a filler, a contraction such as `I'm`."""
    alone = len(word) == 1 and word.islower()
    return alone or "'" in word.removesuffix("'s") or stem(word) in _SMALL_TALK


def _rank(lexicon: Lexicon, run: str) -> int:
    """The place of a run of words among the others: terms, long words, the rest."""
    words = tokens(run)
    if _TERM.search(run) or any(len(word.text) > 3 and _known(lexicon, word.stem) for word in words):
        return 0
    return 1 if any(len(word.text) >= _LONG for word in words) else 2


def _known(lexicon: Lexicon, written: str) -> bool:
    return written in lexicon.stems and written not in lexicon.fillers
