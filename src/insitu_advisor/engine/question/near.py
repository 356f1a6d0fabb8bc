"""What to suggest for a word that was not read: words of related meaning, never the nearest letters alone."""

from __future__ import annotations

import difflib

from insitu_advisor.engine.question.phrases import PhraseBook, Text

_MOST = 3
_TYPO = 0.84
_LONG_ENOUGH = 6


def related(book: PhraseBook, text: Text, fillers: frozenset[str]) -> tuple[str, ...]:
    """Up to three meanings that share a word with the text, or of which a long word was misspelt."""
    stems = {word.stem for word in text.words} - fillers
    scores: dict[str, tuple[int, int]] = {}
    known: set[str] = set()
    for key, meaning in book.phrases.items():
        words = frozenset(unit for unit in key if unit[0] != "<") - fillers
        known |= words
        for each in meaning.means if len(meaning.means) == 1 else ():
            shared = len(words & stems)
            if shared and (shared, -len(key)) > scores.get(each, (0, 0)):
                scores[each] = (shared, -len(key))
    if not scores:
        for stem in stems:
            scores |= dict.fromkeys(_misspelt(stem, book, known), (1, 0))
    return tuple(sorted(scores, key=lambda each: scores[each], reverse=True)[:_MOST])


def _misspelt(stem: str, book: PhraseBook, known: set[str]) -> list[str]:
    """The meanings of the one long word a stem is a slip of; a short word or a formula is never guessed."""
    if len(stem) < _LONG_ENOUGH or not stem.isalpha():
        return []
    alike = [word for word in known if word[:1] == stem[0] and abs(len(word) - len(stem)) <= 2]
    close = difflib.get_close_matches(stem, sorted(alike), n=1, cutoff=_TYPO) or sorted(
        word for word in known if len(word) >= _LONG_ENOUGH and word[:_LONG_ENOUGH] == stem[:_LONG_ENOUGH]
    )
    if not close:
        return []
    return sorted({each for key, m in book.phrases.items() if key == (close[0],) for each in m.means[:1]})
