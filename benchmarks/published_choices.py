"""Ask the questions of published studies and see where the techniques their authors chose come in the ranking.

Nothing is fitted: the balanced weights are used as shipped. Run with `python benchmarks/published_choices.py`; with
`--markdown` only the summary is printed, as a Markdown table.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from statistics import NormalDist
from types import MappingProxyType

from pydantic import BaseModel

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.knowledge.loader import load_knowledge_base

FEW = 3
SMALL = 100
CONFIDENCE = 0.95
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
Studies = Mapping[str, Study]
Options = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Query:
    """One published study asked as one question: one of its ions, its anode type, its targets."""

    study: str
    reference: str
    ion: str
    anode: str
    asked: tuple[str, ...]
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One query answered. The orders are best first; `size` is how many options stood in the ranking.

    `popular` counts the other studies of the set, `hindsight` all of them. `sharing` are the options that share our
    first place at the printed digits.
    """

    query: Query
    chosen: tuple[str, ...]
    order: tuple[str, ...]
    popular: tuple[str, ...]
    hindsight: tuple[str, ...]
    sharing: tuple[str, ...]
    size: int

    @property
    def rank(self) -> int | None:
        """Place of the best-placed option the authors chose; None when every one of them is excluded."""
        return best_rank(self.order, self.chosen)

    @property
    def popular_rank(self) -> int | None:
        """The same in the order of popularity among the other studies."""
        return best_rank(self.popular, self.chosen)

    @property
    def hindsight_rank(self) -> int | None:
        """The same in the order of popularity among all studies, this one included."""
        return best_rank(self.hindsight, self.chosen)


@dataclass(frozen=True, slots=True)
class Share:
    """A number of hits (for the random expectation a mean one) out of `n` questions."""

    hits: Fraction
    n: int
    counted: bool = True

    @property
    def value(self) -> float:
        """Hits as a share of the questions; NaN for none."""
        return float(self.hits / self.n) if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval; None for an expectation, which is exact, and for no questions."""
        return wilson(int(self.hits), self.n) if self.counted and self.n else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a summary; `few` is None where the first three places would say nothing."""

    who: str
    first: Share
    few: Share | None


@dataclass(frozen=True, slots=True)
class Section:
    """One set of questions with its summary and the remarks it cannot be read without."""

    title: str
    outcomes: tuple[Outcome, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


def best_rank(order: Sequence[str], chosen: Sequence[str]) -> int | None:
    """Place, from 1, of the best-placed chosen option."""
    return next((place for place, option in enumerate(order, 1) if option in chosen), None)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share."""
    share, z2 = hits / n, Z * Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def chance(chosen: int, size: int, places: int) -> Fraction:
    """Chance that a uniformly random order of `size` options has one of `chosen` options in its first `places`."""
    return 1 - Fraction(math.comb(size - chosen, places), math.comb(size, places))


def asked_type(study: Study) -> str:
    """The anode type a study is asked about: the first that stores the ion, else metal."""
    return next((anode for anode in study.anode if anode != "metal"), "metal")


def left_out_because(study: Study) -> str | None:
    """Why a study cannot be asked, or None when it can."""
    if study.confirmed_by == "review text":
        return "confirmed by nothing but the review"
    return None if study.asked else "without a question in what was read"


def usable(studies: Studies) -> dict[str, Study]:
    """The studies that can be asked."""
    return {key: study for key, study in studies.items() if left_out_because(study) is None}


def queries(studies: Studies) -> Iterator[Query]:
    """One query for each ion of each study, in the order of the file."""
    for key, study in studies.items():
        for ion in study.ions:
            yield Query(key, study.reference, ion, asked_type(study), study.asked, study.techniques)


def used(techniques: Sequence[str], options: Options) -> tuple[str, ...]:
    """The options all of whose members a study used."""
    have = frozenset(techniques)
    return tuple(option for option, members in options.items() if have.issuperset(members))


def by_popularity(studies: Studies, without: str | None, options: Options) -> tuple[str, ...]:
    """Options by how many studies used them, at most one left out; ties keep the order of the knowledge base."""
    others = [used(study.techniques, options) for key, study in studies.items() if key != without]
    return tuple(sorted(options, key=lambda option: -sum(option in one for one in others)))


@cache
def answer(kb: KnowledgeBase, query: Query) -> Advice:
    """The advice for a query; nothing but ion, anode type and targets is given.

    The track record is counted without the study itself, so that no study speaks for its own technique there.
    """
    others = MappingProxyType({key: study for key, study in kb.studies.items() if key != query.study})
    apart = kb.model_copy(update={"studies": others})
    return recommend(ask(apart, ion=query.ion, anode=query.anode, targets=query.asked), apart)


def outcome(advice: Advice, query: Query, studies: Studies, ranked: Options, choosable: Options) -> Outcome:
    """Where the options the authors chose stand among the `ranked` ones; the rest is left out of the ranking."""
    standing = [option for option in advice.ranking if option.id in ranked]
    return Outcome(
        query=query,
        chosen=used(query.techniques, choosable),
        order=tuple(option.id for option in standing),
        popular=by_popularity(studies, query.study, ranked),
        hindsight=by_popularity(studies, None, ranked),
        sharing=tuple(other for other in standing[0].tied_with if other in ranked) if standing else (),
        size=len(ranked),
    )


def hits(outcomes: Sequence[Outcome], rank: Callable[[Outcome], int | None], places: int) -> Share:
    """How many outcomes have a chosen option among the first `places`."""
    found = sum((place := rank(one)) is not None and place <= places for one in outcomes)
    return Share(Fraction(found), len(outcomes))


def random_hits(outcomes: Sequence[Outcome], places: int) -> Share:
    """The exact expectation of `hits` for a uniformly random order of all options."""
    expected = sum((chance(len(one.chosen), one.size, places) for one in outcomes), Fraction(0))
    return Share(expected, len(outcomes), counted=False)


def summary(outcomes: Sequence[Outcome], *, few: bool = True, popularity: bool = True) -> tuple[Line, ...]:
    """The advisor beside its baselines."""

    def line(who: str, share: Callable[[int], Share]) -> Line:
        return Line(who, share(1), share(FEW) if few else None)

    advisor = line("advisor", lambda places: hits(outcomes, lambda one: one.rank, places))
    popular = line("always the most popular", lambda places: hits(outcomes, lambda one: one.popular_rank, places))
    hindsight = line("most popular in hindsight", lambda places: hits(outcomes, lambda one: one.hindsight_rank, places))
    random = line("uniform random (expected)", lambda places: random_hits(outcomes, places))
    return (advisor, popular, hindsight, random) if popularity else (advisor, random)


def once_per_study(outcomes: Sequence[Outcome], places: int) -> float:
    """Share of hits of the advisor when each study counts once, by the mean over its ions."""
    per_study: dict[str, list[bool]] = {}
    for one in outcomes:
        per_study.setdefault(one.query.study, []).append(one.rank is not None and one.rank <= places)
    return sum(sum(found) / len(found) for found in per_study.values()) / len(per_study)


def cited_in_knowledge(kb: KnowledgeBase) -> frozenset[str]:
    """References that some statement on a technique, a pairing or a rule rests on."""
    sections = (kb.techniques, kb.combinations, kb.rules)
    return frozenset(source for section in sections for entry in section.values() for source in _sources(entry))


def backs_its_own_rating(kb: KnowledgeBase, study: Study) -> bool:
    """Whether a rating of a technique the study used, for a target it asked, rests on the study itself."""
    tables = (
        table
        for technique in (kb.techniques[used_technique] for used_technique in study.techniques)
        for table in (technique.information, *(variant.information for variant in technique.variants.values()))
    )
    return any(
        study.reference in table[target].sources for table in tables for target in study.asked if target in table
    )


def _sources(data: object) -> Iterator[str]:
    if isinstance(data, BaseModel):
        yield from getattr(data, "sources", ())
        for _, value in data:
            yield from _sources(value)
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _sources(value)
    elif isinstance(data, tuple):
        for value in data:
            yield from _sources(value)


def single_section(kb: KnowledgeBase, title: str, pool: Studies) -> Section:
    """The studies of a pool asked for single techniques."""
    singles = {option: members for option, members in kb.options.items() if len(members) == 1}
    studies = usable(pool)
    outcomes = tuple(outcome(answer(kb, query), query, studies, singles, singles) for query in queries(studies))
    lines = summary(outcomes)
    return Section(title, outcomes, lines, tuple(_remarks(kb, pool, studies, outcomes, lines)))


def _remarks(
    kb: KnowledgeBase, pool: Studies, studies: Studies, outcomes: Sequence[Outcome], lines: Sequence[Line]
) -> Iterator[str]:
    reasons = [reason for study in pool.values() if (reason := left_out_because(study))]
    left_out = ", ".join(f"{reasons.count(reason)} {reason}" for reason in dict.fromkeys(reasons))
    small = "n is small: " if len(studies) < SMALL else ""
    yield f"{small}{len(studies)} studies, asked as {len(outcomes)} questions (one for each ion)."
    yield f"Of {len(pool)} studies in this pool, left out: {left_out or 'none'}."
    metal = sum(asked_type(study) == "metal" for study in studies.values())
    yield f"{metal} of the studies are on metal anodes alone and are asked as such."
    several = sum(len(study.techniques) > 1 for study in studies.values())
    yield f"{several} studies used several techniques; one counts as a hit if any of them is there."
    if len(outcomes) > len(studies):
        yield (
            "Questions of one study are not independent, so the intervals are a little too narrow; with each study "
            f"counted once the advisor has {_percent(once_per_study(outcomes, 1))} first and "
            f"{_percent(once_per_study(outcomes, FEW))} among the first three."
        )
    shared = sum(bool(one.sharing) for one in outcomes)
    yield f"Our first place is shared at the printed digits in {shared} questions; the exact order is counted."
    yield "The track record of a question is counted without its own study; nothing else of the study is taken away."
    known = cited_in_knowledge(kb)
    cited = sum(study.reference in known for study in studies.values())
    own = sum(backs_its_own_rating(kb, study) for study in studies.values())
    yield (
        f"Not an independent test: {cited} of the {len(studies)} studies are also sources of statements of the "
        f"knowledge base, and for {own} of them "
        "a rating of their own technique for a target they asked is based on them."
    )
    apart = [one for one in outcomes if not backs_its_own_rating(kb, studies[one.query.study])]
    if apart:
        first, few = (_share(hits(apart, lambda one: one.rank, places)) for places in (1, FEW))
        yield f"Without those whose rating is based on themselves: {first} first, {few} among the first three."
    yield (
        "Leaving a study out lowers its own technique, so where techniques are used about equally often the leave-one-"
        "out order misses by construction; 'in hindsight' (the study itself counted) is the fairer, harder baseline."
    )
    yield from _verdict(lines)


def _verdict(lines: Sequence[Line]) -> Iterator[str]:
    """Whether the intervals of the advisor and of popularity in hindsight stand apart."""
    advisor, hindsight = lines[0], lines[2]
    for what, one, other in (
        ("First place", advisor.first, hindsight.first),
        ("The first three", advisor.few, hindsight.few),
    ):
        if one and other and (mine := one.interval) and (theirs := other.interval):
            apart = mine[0] > theirs[1] or theirs[0] > mine[1]
            word = "do not overlap" if apart else "overlap: a set this small does not separate them this way"
            yield f"{what}: the intervals of the advisor and of 'most popular in hindsight' {word}."


def pairing_sections(kb: KnowledgeBase, title: str, pool: Studies) -> tuple[Section, Section]:
    """The studies of a pool that used both members of a pairing: among the pairings, and among all options."""
    pairings = {option: members for option, members in kb.options.items() if len(members) > 1}
    studies = {key: study for key, study in usable(pool).items() if used(study.techniques, pairings)}
    asked = [(query, answer(kb, query)) for query in queries(studies)]
    among = tuple(outcome(advice, query, studies, pairings, pairings) for query, advice in asked)
    overall = tuple(outcome(advice, query, studies, kb.options, pairings) for query, advice in asked)
    circular = sum(_is_own_case(kb, study, pairings) for study in studies.values())
    listed = sum(study.in_review_list for study in studies.values())
    remarks = (
        f"n is {len(studies)} studies ({listed} of the review's list), far too few for any conclusion.",
        f"Circular: {circular} of them are themselves the documented case that raises their pairing in the score.",
    )
    return (
        Section(f"{title}, among the {len(pairings)} pairings", among, summary(among, few=False), remarks),
        Section(f"{title}, among all {len(kb.options)} options", overall, summary(overall, popularity=False), remarks),
    )


def _is_own_case(kb: KnowledgeBase, study: Study, pairings: Options) -> bool:
    return any(
        study.reference in case.sources
        for option in used(study.techniques, pairings)
        for case in kb.combinations[option].cases
    )


def sections(kb: KnowledgeBase) -> tuple[Section, ...]:
    """Every set: the review's list and the whole file for single techniques, and the whole file for pairings."""
    listed = {key: study for key, study in kb.studies.items() if study.in_review_list}
    return (
        single_section(kb, "A. Studies of the review's list, single techniques", listed),
        single_section(kb, "B. All studies of the file (A and literature), single techniques", kb.studies),
        *pairing_sections(kb, "C. Studies of the file that used both members of a pairing", kb.studies),
    )


def text(parts: Sequence[Section]) -> str:
    """Every set study by study, then the summaries."""
    blocks = [
        "Published choices: the questions of published studies, asked with ion, anode type and targets only.\n"
        "Balanced weights as shipped; nothing is fitted. 'rank' is that of the best-placed technique or pairing the\n"
        "authors chose; 'out' means that the advisor excluded every one; 'pop' is its rank by popularity in the other\n"
        "studies of the same set (ties in the order of the knowledge base). '=' marks a first place that is shared."
    ]
    blocks += [f"{part.title}\n{_columns(_study_table(part.outcomes))}" for part in parts]
    blocks.append("SUMMARY (in brackets: 95 % Wilson interval)")
    for part in parts:
        remarks = "\n".join(f"  - {remark}" for remark in part.remarks)
        blocks.append(f"{part.title}\n{_columns(_summary_table(part))}\n{remarks}")
    return "\n\n".join(blocks) + "\n"


def markdown(parts: Sequence[Section]) -> str:
    """The summaries as one Markdown table, with the remarks below."""
    head = ("Set", "Order", "n", "First", "Among the first three")
    rows = [(part.title, line.who, str(line.first.n), *_cells(line)) for part in parts for line in part.lines]
    table = [head, tuple("---" for _ in head), *rows]
    lines = ["| " + " | ".join(row) + " |" for row in table]
    lines += ["", "n counts questions; in brackets the 95 % Wilson interval. No weight is fitted."]
    for part in parts:
        lines += ["", f"{part.title}:", "", *(f"- {remark}" for remark in part.remarks)]
    return "\n".join(lines) + "\n"


def _study_table(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    head = ("reference", "ion", "anode", "asked", "chosen", "rank", "pop", "our first")
    return [
        head,
        *(
            (
                one.query.reference,
                one.query.ion,
                one.query.anode,
                ", ".join(one.query.asked),
                ", ".join(one.chosen),
                str(one.rank or "out"),
                str(one.popular_rank or "out"),
                " = ".join((*one.order[:1], *one.sharing)) or "none",
            )
            for one in outcomes
        ),
    ]


def _summary_table(part: Section) -> list[tuple[str, ...]]:
    head = (f"n = {len(part.outcomes)} questions", "first", "among the first three")
    return [head, *((line.who, *_cells(line)) for line in part.lines)]


def _cells(line: Line) -> tuple[str, str]:
    return _share(line.first), _share(line.few) if line.few else "-"


def _share(share: Share) -> str:
    if not share.n:
        return "-"
    count = f"{int(share.hits)} of {share.n}" if share.counted else f"{float(share.hits):.2f} of {share.n}"
    interval = share.interval
    limits = f" [{interval[0] * 100:.0f}-{interval[1] * 100:.0f} %]" if interval else " [exact]"
    return f"{count} = {_percent(share.value)}{limits}"


def _percent(value: float) -> str:
    return f"{value * 100:.0f} %"


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Where do the techniques of published studies come in the ranking?")
    parser.add_argument("--markdown", action="store_true", help="print the summary as a Markdown table")
    chosen = parser.parse_args(arguments)
    parts = sections(load_knowledge_base())
    print(markdown(parts) if chosen.markdown else text(parts), end="")


if __name__ == "__main__":
    main()
