"""Techniques and instruments in the words people have for them."""

from __future__ import annotations

from collections.abc import Sequence

from insitu_advisor.engine.question.lexicon import Lexicon, lexicon_of
from insitu_advisor.engine.question.question import Answer, QuestionError, is_open
from insitu_advisor.engine.question.readers import notes_of, open_answer, reading_of
from insitu_advisor.engine.question.reading import Unread
from insitu_advisor.engine.question.wording import short
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.spelling import fold

LONGEST_LIST = 2000
ANY_FACILITY = "each option names what it needs"


def read_option(kb: KnowledgeBase, word: str) -> str:
    """The id of a technique or pairing from its id, its name or a way of doing it; members may come in either order."""
    key = fold(word).replace(" ", "-")
    if key in kb.options:
        return key
    lexicon = lexicon_of(kb)
    pieces = [piece for piece in word.split("+") if piece.strip()] or [word]
    read = [reading_of("option", word, lexicon.option(piece)) for piece in pieces]
    members = tuple(member for each in read for member in each.ids)
    if len(members) == 1 and "+" not in word:
        return members[0]
    for pairing, combination in kb.combinations.items():
        if len(members) == len(combination.members) and set(members) == set(combination.members):
            return pairing
    known = ", ".join(kb.combinations)
    raise QuestionError("option", word, f"'{short(word)}' is not a documented pairing; the pairings are {known}")


option = read_option


def read_outsider(kb: KnowledgeBase, word: str) -> str | None:
    """What to say of a technique outside the eight; None for any other word."""
    read = lexicon_of(kb).option(word)
    return read.advice if isinstance(read, Unread) and read.outside else None


def read_facilities(kb: KnowledgeBase, words: Sequence[str]) -> Answer[tuple[str, ...] | None]:
    """Instruments from their names, from presets, from techniques, or from what is said to be there or missing."""
    if not words or all(map(is_open, words)):
        return open_answer(words, ANY_FACILITY)
    lexicon = lexicon_of(kb)
    chosen: dict[str, None] = {}
    notes: dict[str, None] = {}
    for word in words:
        if len(word) > LONGEST_LIST:
            refusal = f"'{short(word)}' has {len(word)} signs; write at most {LONGEST_LIST}"
            raise QuestionError("facility", short(word), refusal)
        if (said := _said_of_access(lexicon, word)) is not None:
            chosen |= dict.fromkeys(said)
            continue
        whole = fold(word) in lexicon.names
        for piece in [word] if whole else [piece.strip() for piece in word.split(",") if piece.strip()] or [word]:
            if (own := lexicon.names.get(fold(piece))) is not None:
                chosen |= dict.fromkeys(own)
                continue
            read = reading_of("facility", piece, lexicon.facility(piece))
            chosen |= dict.fromkeys(read.ids)
            notes |= dict.fromkeys(notes_of(read))
    return Answer(tuple(key for key in kb.facilities if key in chosen), "given", "; ".join(notes) or None)


def _said_of_access(lexicon: Lexicon, word: str) -> tuple[str, ...] | None:
    """The instruments of `I only have a Raman` or `no synchrotron`; None for a plain name."""
    if " " not in word.strip() or len(word) > lexicon.longest:
        return None
    from insitu_advisor.engine.question.access import access
    from insitu_advisor.engine.question.cues import SAID

    text = lexicon.text(word)
    said = any(cue.meaning.means[0] in SAID for cue in lexicon.book("cue").matches(text, close=True))
    found = access(lexicon, text) if said else None
    return None if found is None else found.facilities
