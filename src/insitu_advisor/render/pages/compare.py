"""A comparison as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from insitu_advisor.engine.inquiry.compare import Comparison, Side
from insitu_advisor.engine.method.advice import Ranked
from insitu_advisor.engine.method.arithmetic import rounded_parts
from insitu_advisor.engine.method.criteria import best_sighting
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.certainty import NAMES
from insitu_advisor.engine.words.inquiries import decision, when_to_take
from insitu_advisor.engine.words.reasons import record_reasons, way_name
from insitu_advisor.knowledge.technique import RATING_WORDS
from insitu_advisor.render.pages.asked import asked
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.figure import figure_item
from insitu_advisor.render.pages.recommend import excluded_item, understood

# More options than these do not fit a screen of eighty columns side by side.
MOST_BESIDE = 3


def page(comparison: Comparison, *, full: bool = False) -> Document:
    """Options side by side: when to take which, what each sees of the goals asked, cost, access and score.

    In full also the other goals, documented use, resolution with its meaning, and the question.
    """
    advice = comparison.advice
    names = wording.listed(advice.kb.name(side.id) for side in comparison.sides)
    blocks: list[Block] = [
        Heading(f"{names} side by side", 1),
        asked(advice),
        Paragraph(Cited(decision(comparison)), lead=True),
        Bullets(tuple(Cited(when_to_take(comparison, side)) for side in comparison.sides)),
        *_side_by_side(comparison),
        *_excluded(comparison),
    ]
    return Document((*blocks, *_behind(comparison)) if full else tuple(blocks), short=not full)


def _row(label: str, comparison: Comparison, cell: Callable[[Side], str]) -> tuple[str, ...]:
    return (label, *(cell(side) for side in comparison.sides))


def _headers(comparison: Comparison, first: str = "") -> tuple[str, ...]:
    """Each option by the ways it would be carried out."""
    return (first, *(wording.route_name(side.outcome.route) for side in comparison.sides))


def _side_by_side(comparison: Comparison) -> Iterator[Block]:
    """A few options side by side; more of them one below the other, and their points left to `why`."""
    advice, sides = comparison.advice, comparison.sides
    few = len(sides) <= MOST_BESIDE
    rows = [
        _row(advice.kb.goals[goal].name, comparison, lambda side, goal=goal: _sight(comparison, side, goal))  # type: ignore[misc]
        for goal in advice.goals
    ]
    rows += [
        _row("cost", comparison, lambda side: wording.cost_word(side.outcome.route)),
        _row("preparation", comparison, lambda side: wording.preparation_word(side.outcome.route)),
    ]
    needs = _row("you need", comparison, lambda side: wording.needs(advice.kb, side.outcome.route))
    rows += [needs] if few else []
    rows.append(
        _row("rank", comparison, lambda side: str(side.outcome.rank) if isinstance(side.outcome, Ranked) else "out")
    )
    if comparison.best:
        for index, criterion in enumerate(advice.shares if few else ()):
            rows.append(_row(f"points: {NAMES[criterion]}", comparison, lambda side, at=index: _points(side, at)))  # type: ignore[misc]
        rows.append(_row("score of 100" if few else "score", comparison, _score))
    if few:
        yield Table(_headers(comparison), tuple(rows))
    else:
        headers, *below = zip(_headers(comparison), *rows, strict=True)
        yield Table(headers, tuple(below), frozenset(range(len(headers) - 2, len(headers))))
        names, told = _headers(comparison)[1:], needs[1:]
        yield Bullets(tuple(Cited(f"{need}.", strong=f"{name} needs:") for name, need in zip(names, told, strict=True)))


def _sight(comparison: Comparison, side: Side, goal: str) -> str:
    advice = comparison.advice
    return wording.sight_words(advice, best_sighting(side.outcome.route, goal, advice.problem))


def _points(side: Side, index: int) -> str:
    if not isinstance(side.outcome, Ranked):
        return "-"
    return f"{rounded_parts([part.points for part in side.outcome.parts], 0)[index]:.0f}"


def _score(side: Side) -> str:
    return f"{side.outcome.score:.0f}" if isinstance(side.outcome, Ranked) else "-"


def _excluded(comparison: Comparison) -> list[Block]:
    items = tuple(
        excluded_item(comparison.advice, side.outcome)
        for side in comparison.sides
        if not isinstance(side.outcome, Ranked)
    )
    return [Bullets(items)] if items else []


def _behind(comparison: Comparison) -> Iterator[Block]:
    advice = comparison.advice
    if rows := list(_other_goals(comparison)):
        yield Heading("What each sees besides")
        yield Table(_headers(comparison, "not asked"), tuple(rows))
    if items := tuple(_use(comparison)):
        yield Heading("Documented use")
        yield Bullets(items)
    yield Heading("Resolution, each figure with its meaning")
    yield Paragraph(
        Cited("Figures of different techniques mean different things; hold each against your question, not the other.")
    )
    yield from _resolution(comparison)
    yield Heading("Question")
    yield understood(advice)
    yield Heading("Sources")
    yield References()


def _other_goals(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    advice = comparison.advice
    # The problem knows the goals asked only; here the others are looked at, at the same scale and rate.
    rest = tuple((goal, 1.0) for goal in advice.kb.goals if goal not in advice.goals)
    others = advice.problem._replace(goals=rest, looked={})
    for goal in others.goal_ids:
        item = advice.kb.goals[goal]
        sightings = (best_sighting(side.outcome.route, goal, others) for side in comparison.sides)
        cells = [wording.sight_words(advice, sighting) for sighting in sightings]
        if any(cell != RATING_WORDS[0] for cell in cells):
            yield (item.name, *cells)


def _use(comparison: Comparison) -> Iterator[Cited]:
    for way in dict.fromkeys(way for side in comparison.sides for way in side.outcome.route.ways):
        if way.record is not None:
            yield from map(Cited.from_reason, record_reasons(comparison.advice, way, way.record))


def _resolution(comparison: Comparison) -> Iterator[Block]:
    for way in dict.fromkeys(way for side in comparison.sides for way in side.outcome.route.ways):
        items = [figure_item(figure) for figure in way.variant.resolution]
        items += [Cited(gap, strong="Not known:") for gap in way.variant.unknown]
        if items:
            yield Heading(way_name(way), 3)
            yield Bullets(tuple(items))
