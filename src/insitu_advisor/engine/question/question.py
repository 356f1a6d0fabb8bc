"""The question: what was asked, and where each answer to it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Literal, NamedTuple, TypeVar, get_args

from insitu_advisor.knowledge.claim import AnodeType, CellWord, ElectrolyteKind, Ion, Scale
from insitu_advisor.knowledge.spelling import fold
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import CRITERIA, OPEN_WORDS, Criterion

T_co = TypeVar("T_co", covariant=True)

AnswerSource = Literal["given", "understood", "assumed", "lab-profile"]
UNLIMITED = "unlimited"


class QuestionError(ValueError):
    """A word in a question that cannot be understood: the field, the word, and what to do about it."""

    def __init__(self, field: str, word: str, advice: str) -> None:
        self.field, self.word, self.advice = field, word, advice
        super().__init__(advice)


class Answer(NamedTuple, Generic[T_co]):
    """One answer with its source.

    `note` says what was understood or assumed, in words for the reader, and `otherwise` in short how to say what else
    may have been meant; `words` are those of a sentence it was read from.
    """

    value: T_co
    source: AnswerSource = "given"
    note: str | None = None
    words: tuple[str, ...] = ()
    otherwise: str | None = None


class Goal(NamedTuple):
    """Something to learn: the id of a target, how much it counts, and the part of it that is meant, if only one."""

    target: str
    weight: float = 1.0
    part: str | None = None

    @property
    def id(self) -> str:
        """What `--target` takes: the part where only that is meant, else the target."""
        return self.part or self.target


class Anode(NamedTuple):
    """An anode: its type, the listed material if it is one, the word the user wrote, and traits read from a formula.

    `borrowed` says that the material is only a relative whose traits, warnings and studies are taken for it.
    """

    type: AnodeType
    material: str | None = None
    word: str | None = None
    traits: tuple[str, ...] = ()
    borrowed: bool = False


class Weights(NamedTuple):
    """How much each criterion counts; `profile` names the set of weights it comes from, None for the user's own."""

    values: tuple[tuple[Criterion, float], ...]
    profile: str | None = None


class Said(NamedTuple):
    """What was said besides the answers: the sentence, the words of it that gave none, and what a reader is told.

    `techniques` are those of the eight that were named and not said to be at hand or missing; `outside` are techniques
    beyond the eight that were named, or that are the usual answer to what was asked.
    """

    sentence: str | None = None
    unused: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()


class Question(NamedTuple):
    """A complete question. None stands for an answer left open.

    `facilities` None means no limit; `budget` and `max_preparation` None mean no cap while cost and effort still
    count, and `unlimited` takes the criterion out; `c_rate` is in 1/h, `temperature` in degrees Celsius.
    """

    ion: Answer[Ion | None]
    anode: Answer[Anode | None]
    targets: Answer[tuple[Goal, ...]]
    budget: Answer[str | None]
    max_preparation: Answer[str | None]
    facilities: Answer[tuple[str, ...] | None]
    scale: Answer[Scale | None]
    c_rate: Answer[float | None]
    cell: Answer[tuple[CellWord, ...] | None]
    electrolyte: Answer[ElectrolyteKind | None]
    temperature: Answer[float | None]
    weights: Answer[Weights]
    said: Said = Said()

    @property
    def anode_type(self) -> AnodeType | None:
        """The anode type, or None where it is open."""
        return self.anode.value.type if self.anode.value else None

    @property
    def material(self) -> str | None:
        """The id of the listed material, or None."""
        return self.anode.value.material if self.anode.value else None

    @property
    def target_ids(self) -> tuple[str, ...]:
        """Ids of the targets, in the order given, each once."""
        return tuple(dict.fromkeys(goal.target for goal in self.targets.value))

    def with_answer(self, field: str, value: Any, note: str | None = None) -> Question:
        """The same question with one answer replaced, which counts as given.

        The value is what the field holds, for instance `Anode("alloy")`, a tuple of `Goal` or `Weights`; words are
        for `ask`. Raises QuestionError for an unknown field or a value that the field cannot hold.
        """
        fits = _FITS.get(field)
        if fits is None:
            raise QuestionError(field, field, f"a question has no answer '{field}'; it has {', '.join(_FITS)}")
        if not fits(value):
            said = f"{value!r} is no answer for '{field}'; build the question with ask(), which reads words"
            raise QuestionError(field, str(value), said)
        return self._replace(**{field: Answer(value, "given", note)})  # type: ignore[arg-type]


def is_open(word: str) -> bool:
    """Whether a word says "don't know"."""
    return fold(word.replace("’", "'")) in OPEN_WORDS


def _one_of(*allowed: Any) -> Callable[[Any], bool]:
    return lambda value: value is None or (isinstance(value, str) and value in allowed)


def _number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _words(value: Any) -> bool:
    return value is None or (isinstance(value, tuple) and all(isinstance(word, str) for word in value))


def _goals(value: Any) -> bool:
    return (
        isinstance(value, tuple) and bool(value) and all(isinstance(goal, Goal) and goal.weight > 0 for goal in value)
    )


def _weights(value: Any) -> bool:
    return (
        isinstance(value, Weights)
        and [criterion for criterion, _ in value.values] == list(CRITERIA)
        and all(weight >= 0 for _, weight in value.values)
    )


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "ion": _one_of(*get_args(Ion)),
    "anode": lambda value: value is None or isinstance(value, Anode),
    "targets": _goals,
    "budget": _one_of(*TIERS, UNLIMITED),
    "max_preparation": _one_of(*TIERS, UNLIMITED),
    "facilities": _words,
    "scale": _one_of(*get_args(Scale)),
    "c_rate": _number,
    "cell": _words,
    "electrolyte": _one_of(*get_args(ElectrolyteKind)),
    "temperature": _number,
    "weights": _weights,
}
FIELDS = tuple(_FITS)
