"""The ion of a sentence: named, held in the name of the anode or of the positive electrode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast, get_args

from insitu_advisor.engine.question.components import formula_in
from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.materials import Named, charged_with, products_in
from insitu_advisor.engine.question.phrases import Match, Text
from insitu_advisor.knowledge.claim import Ion

# Cells of these formats are Li-ion cells, unless another ion is named.
_BOUGHT = frozenset({"18650", "21700", "26650", "4680"})


class IonSaid(NamedTuple):
    """The ion with the places it was read from, and those of others that are named besides."""

    ion: Ion
    places: frozenset[int]
    others: tuple[tuple[Ion, frozenset[int]], ...] = ()


def ion_in(lexicon: Lexicon, text: Text, named: Named | None, positive: Sequence[Match]) -> IonSaid | None:
    """The ion named most often, those it is only compared with left out; else what anode or positive electrode hold."""
    compared = lexicon.compared(text)
    own = named.places if named is not None and named.ion is None else frozenset()
    single = [match for match in lexicon.book("ion").matches(text, close=True) if match.size == 1]
    counted: dict[Ion, list[int]] = {}
    for match in single:
        if not match.places & (compared | own):
            counted.setdefault(cast(Ion, match.meaning.means[0]), []).extend(match.places)
    if named is not None and named.ion is not None:
        return IonSaid(named.ion, frozenset(counted.get(named.ion) or named.places))
    if not counted:
        return _held([match for match in single if match.places <= own], text, positive)
    ion = max(counted, key=lambda each: (len(counted[each]), -min(counted[each])))
    others = tuple((other, frozenset(counted[other])) for other in sorted(counted.keys() - {ion}))
    return IonSaid(ion, frozenset(counted[ion]), others)


def _held(in_name: Sequence[Match], text: Text, positive: Sequence[Match]) -> IonSaid | None:
    """The ion in the anode's name, in the formula of a positive electrode or a product, or in the format of a cell."""
    for match in in_name:
        return IonSaid(cast(Ion, match.meaning.means[0]), match.places)
    for match in positive:
        made_of = formula_in(text.shown(match.places))
        held = [each for each in get_args(Ion) if made_of is not None and each in made_of.atoms]
        if len(held) == 1:
            return IonSaid(held[0], match.places)
    for place in sorted(products_in(text, frozenset())):
        if (ion := charged_with(text.words[place].text)) is not None:
            return IonSaid(ion, frozenset({place}))
    round_cells = (place for place, word in enumerate(text.words) if word.text in _BOUGHT)
    return next((IonSaid("Li", frozenset({place})) for place in round_cells), None)
