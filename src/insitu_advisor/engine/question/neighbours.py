"""Words that belong to their neighbours in a sentence, and not to the phrase that they seem to be part of."""

from __future__ import annotations

import re
from collections.abc import Collection

from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text

# `lithiated silicon` is a sample, and so is `prelithiated graphite`.
_CHARGED = re.compile(r"^(?:pre|de|re)?-?(?:lithi|sodi|potassi)ated$", re.IGNORECASE)
# A `disordered carbon` is a sample too, a disordered structure is not.
_SAMPLE = re.compile(r"^(?:dis)?ordered$", re.IGNORECASE)
_ORDER = re.compile(
    r" (?:structures?|phases?|states?|arrangements?|domains?|superstructures?|intermediates?|products?)\b",
    re.IGNORECASE,
)
_GASES = frozenset({"oxygen", "hydrogen", "o2", "h2", "co2"})
_NO_GAS = re.compile(
    r"[ -](?:bonds?|vacanc|redox|content|functional|deficien|rich|atmosphere|flow|terminat"
    r"|framework|atoms?\b|sites?\b)"
)
_SALT = re.compile(r" (?:nitrate|fluoride|hydride|oxide|carbonate|salt|bis|hexafluoro|perchlorate)", re.IGNORECASE)
# `at which stage of the plateau` speaks of a time, `which stages form` of graphite.
_ANY_STAGE = re.compile(
    r"\b(?:at (?:what|which|every|each|any|this|that|some|one|the same)|early|later?|initial|final|last|next|various) $"
)
# `across the thickness of the electrode` says where.
_THROUGH = re.compile(r"\b(?:across|through|over|along|throughout) (?:the|its|their) $", re.IGNORECASE)
# A film that forms is none that was sputtered.
_FORMING = re.compile(r"^(?:formation|resistance)$", re.IGNORECASE)
# `which steps (diffusion, film formation) limit the uptake` asks what is slow, and not which reactions follow.
_STEP = re.compile(r"^steps?$", re.IGNORECASE)
_LIMITING = re.compile(
    r"(?: \([^)]{0,120}\))? (?:govern|limit|control|determin|slow|is slow|are slow|decide)", re.IGNORECASE
)
_AND = re.compile(r"[?]| (?:and|or|plus|does|do|is|are) ", re.IGNORECASE)
_DIRECTION = re.compile(r" (?:direction|orientation|axis|axes|plane)")
# `ethylene and diethyl carbonate` are solvents.
_CARBONATE = re.compile(r"(?: (?:and|or) \w+)? carbonate")
_STATE = re.compile(r" states?\b")
_SOLUTION = re.compile(r" (?:solution|electrolyte|solvent|versus|vs|compared|(?:and|or|than) (?:in )?(?:an? )?ether)")
_ION_WORD = re.compile(r"^(?:Li|Na|K|lithium|sodium|potassium)\+?$", re.IGNORECASE)


class Neighbours:
    """The words around each word of a text; `own` are the places of the anode's name."""

    def __init__(self, lexicon: Lexicon, text: Text, own: frozenset[int]) -> None:
        self.lexicon, self.text, self.own = lexicon, text, own

    def claim(self, match: Match, place: int) -> bool:
        """Whether a word only looks like part of a phrase: `resistance, Li-ion cell`, `phases in amorphous red P`."""
        word = self.text.words[place]
        others = match.places - {place}
        if _SAMPLE.match(word.text):
            return _ORDER.match(self.text.plain[word.end :]) is None
        if self._another_thing(word.text.lower(), place, others):
            return True
        beside = place + 1 in self.own and self.text.plain[word.end : self.text.words[place + 1].start] in {" ", "-"}
        if beside and word.stem in self.lexicon.forms and not word.text.lower().endswith("ing"):
            return not match.places <= self.own
        if word.text.lower() == "thickness" and match.meaning.key == "morphology-volume":
            return _THROUGH.search(self.text.ahead(place)) is not None
        if match.meaning.key == "reaction-mechanism" and _STEP.match(word.text):
            return _LIMITING.match(self.text.plain[word.end :]) is not None
        behind = self.text.plain[word.end :].lower()
        if match.meaning.key == "fracture" and word.stem == "break" and behind.startswith(" down"):
            return True
        if match.meaning.key == "gas-evolution" and word.text.lower() == "ethylene":
            return _CARBONATE.match(behind) is not None
        if match.meaning.part == "sei-fluorides" or (match.meaning.key == "sei-composition" and word.stem == "make"):
            return self._parted(match)
        if word.stem == "film" and match.meaning.key == "sei-growth":
            forms = any(_FORMING.match(self.text.words[other].text) for other in others)
            return not forms and any(self.text.words[at].stem == "film" for at in self.own)
        if word.stem == "ion" and place - 1 not in others and self._element(place - 1):
            return True
        if _CHARGED.match(word.text):
            return place + 1 not in others or _STATE.match(self.text.plain[word.end :]) is not None
        return bool(others) and _ION_WORD.match(word.text) is not None and self._ion_of_another(place, others)

    def _ion_of_another(self, place: int, others: Collection[int]) -> bool:
        """Whether an ion is that of the cell or of a salt, or stands behind a comma."""
        word = self.text.words[place]
        before, behind = self.text.plain[: word.start], self.text.plain[word.end :]
        cell = behind.lower().startswith(("-ion", " ion cell", " ion batter")) and max(others) != place + 1
        if cell or (place + 1 not in others and _SALT.match(behind)):
            return True
        ahead = [other for other in others if other < place]
        return bool(ahead) and any(sign in ",:" for sign in before[self.text.words[max(ahead)].end :])

    def _another_thing(self, word: str, place: int, others: Collection[int]) -> bool:
        """Whether a word belongs to its neighbour: `single-crystalline`, a voltage profile, a stacked sheet."""
        start, end = self.text.words[place].start, self.text.words[place].end
        ahead, behind = self.text.plain[:start].lower(), self.text.plain[end:].lower()
        if word == "crystallographic":
            return _DIRECTION.match(behind) is not None
        if word == "crystalline":
            return ahead.endswith(("single-", "poly-", "micro-"))
        if word in {"profile", "profiles"}:
            return place - 1 not in others and ahead.endswith(("voltage ", "potential ", "discharge ", "charge "))
        if word == "metallic":
            return place + 1 not in others and self._element(place + 1)
        if word in {"stage", "stages"}:
            return _ANY_STAGE.search(ahead) is not None
        if word in _GASES:
            return ahead.endswith("-") or _NO_GAS.match(behind) is not None
        if word == "carbonate":
            return _SOLUTION.match(behind) is not None
        return word in {"concentrated", "stacked"}

    def _parted(self, match: Match) -> bool:
        """Whether something parts the words: in `what is in the SEI, any KF?` two things are asked."""
        first, last = self.text.words[min(match.places)], self.text.words[max(match.places)]
        return self.text.parted(match.places) or _AND.search(self.text.plain[first.end : last.start]) is not None

    def _element(self, place: int) -> bool:
        """Whether an element that is none of the three ions is named here: `silicon ions`."""
        return any(place in run for run in self.text.occurs.get("<transition_metal>", ()))
