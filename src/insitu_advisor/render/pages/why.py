"""Why and why not, as documents."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.search import Search
from insitu_advisor.engine.inquiry.why import Gap, Why, WhyNot, gaps
from insitu_advisor.engine.method.advice import Advice, Change, Excluded, Ranked
from insitu_advisor.engine.method.arithmetic import rounded_parts
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import reasons
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.recommend import excluded_item, understood

NOTABLE_POINTS = 0.05


def why_page(why: Why) -> Document:
    """How each point of a ranked option came about, against its neighbours in the ranking."""
    advice, option = why.advice, why.option
    name = advice.kb.name(option.id)
    blocks: list[Block] = [
        Heading(f"Why {name} is number {option.rank} for {wording.system_name(advice)}", 1),
        Paragraph(
            Cited(f"{option.score:.1f} of 100 points, carried out as {wording.route_name(option.route)}."), lead=True
        ),
        points_table(option),
    ]
    for part in option.parts:
        found = tuple(Cited.from_reason(reason) for reason in reasons(advice, option, part.criterion))
        blocks += [Heading(part.criterion.capitalize()), Bullets(found)] if found else []
    blocks += _against(advice, option, why.above, "above") + _against(advice, option, why.below, "below")
    return Document((*blocks, Heading("Question"), understood(advice), Heading("Sources"), References()))


def points_table(option: Ranked) -> Table:
    """Points per criterion, each with its maximum; the rows add up to the total."""
    printed = rounded_parts([part.points for part in option.parts])
    rows: list[tuple[str, ...]] = [
        (
            part.criterion,
            f"{part.value:.2f}" if part.known else "cannot be judged",
            f"{points:.1f}",
            f"{part.max_points:.1f}",
        )
        for part, points in zip(option.parts, printed, strict=True)
    ]
    rows.append(("total", "", f"{option.score:.1f}", "100.0"))
    return Table(("Criterion", "Value (0-1)", "Points", "Of"), tuple(rows), frozenset({1, 2, 3}))


def why_not_page(answer: WhyNot) -> Document:
    """What keeps an option out or down, and the smallest changes that would bring it in or first."""
    advice, outcome = answer.advice, answer.outcome
    name = advice.kb.name(outcome.id)
    blocks: list[Block] = [Heading(f"Why not {name} for {wording.system_name(advice)}?", 1)]
    if isinstance(outcome, Excluded):
        blocks += [Heading("What keeps it out"), Bullets((excluded_item(advice, outcome),))]
    elif outcome.rank == 1:
        blocks.append(Paragraph(Cited(f"{name} is first already; 'why {outcome.id}' says how."), lead=True))
    else:
        blocks += _against(advice, outcome, advice.ranking[0], "first")
    if answer.into is not None:
        blocks += [Heading("The smallest change that brings it in"), _found(answer.into, "in", any_ion=answer.any_ion)]
    if answer.first is not None:
        blocks += [
            Heading("The smallest change that brings it first"),
            _found(answer.first, "first", any_ion=answer.any_ion),
        ]
    blocks += [Heading("Question"), understood(advice), Heading("Sources"), References()]
    return Document(tuple(blocks))


def changes_text(changes: tuple[Change, ...]) -> str:
    """A set of changes as one phrase."""
    return wording.listed(change.text for change in changes)


def gap_text(found: tuple[Gap, ...]) -> str:
    """Differences in points, the largest first, such as `+12.5 for information`."""
    told = [f"{gap.points:+.1f} for {gap.criterion}" for gap in found if abs(gap.points) >= NOTABLE_POINTS]
    return wording.listed(told) if told else "no difference on any criterion"


def _against(advice: Advice, option: Ranked, other: Ranked | None, where: str) -> list[Block]:
    if other is None:
        return []
    name, rival = advice.kb.name(option.id), advice.kb.name(other.id)
    title = {"above": f"Against {rival}, one above", "below": f"Against {rival}, one below"}.get(
        where, f"Against {rival}, the first"
    )
    difference = option.score - other.score
    items = [Cited(f"{difference:+.1f} points in all: {gap_text(gaps(option, other))}.", strong=f"{name} has")]
    for target in advice.question.target_ids:
        mine, theirs = option.route.ratings[target], other.route.ratings[target]
        if mine != theirs:
            better = name if mine > theirs else rival
            items.append(
                Cited(f"{advice.kb.targets[target].name}: {better} sees it better ({mine} against {theirs} of 3).")
            )
    return [Heading(title), Bullets(tuple(items))]


def _found(search: Search, goal: str, *, any_ion: bool) -> Bullets:
    if not search.changes:
        text = (
            f"No one or two changes of answer bring it {goal}: {search.tried:,} changed questions were ranked again, "
            f"and none did. {'Anode' if any_ion else 'Ion, anode'} and material were left as they are."
        )
        return Bullets((Cited(text),))
    return Bullets(
        tuple(Cited(f"{_capital(changes_text(changes))}. Verified by ranking again.") for changes in search.changes)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
