"""Why an option has its place, and the smallest change that would give it a better one."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.gaps import nothing_answers
from insitu_advisor.engine.inquiry.search import Search
from insitu_advisor.engine.inquiry.why import Gap, Why, WhyNot, gaps
from insitu_advisor.engine.method.advice import Advice, Change, Excluded, Ranked
from insitu_advisor.engine.method.arithmetic import rounded_parts
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.certainty import NAMES
from insitu_advisor.engine.words.reasons import reasons
from insitu_advisor.engine.words.steps import nobody
from insitu_advisor.render.pages.asked import asked
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.recommend import understood

NOTABLE_POINTS = 0.5


def page(answer: WhyNot, beside: Why | None, *, full: bool = False) -> Document:
    """One option: for a ranked one how each point came about and what stands beside it, and what would change it."""
    advice, outcome = answer.advice, answer.outcome
    blocks: list[Block] = [Heading(_title(advice, outcome), 1), asked(advice)]
    if isinstance(outcome, Excluded):
        blocks += [Paragraph(Cited.from_reason(wording.exclusion_reason(advice, outcome)))]
    else:
        if nothing_answers(advice):
            blocks.append(Paragraph(Cited(f"{nobody(advice)} answers this; the places are those of hints.")))
        blocks += _ranked(advice, outcome)
        blocks += _neighbours(advice, outcome, beside)
    blocks += _changes(answer)
    if full:
        blocks += [Heading("Question"), understood(advice)]
    return Document((*blocks, Heading("Sources"), References()))


def beside_page(why: Why) -> Document:
    """A ranked option beside its neighbours, without a search for what would change its place."""
    return page(WhyNot(why.advice, why.option, None, None, any_ion=False), why)


def _title(advice: Advice, outcome: Ranked | Excluded) -> str:
    name, system = advice.kb.name(outcome.id), wording.system_name(advice)
    if isinstance(outcome, Excluded):
        return f"Why {name} is out for {system}"
    return f"Why {name} is number {outcome.rank}{_among(advice, outcome)} for {system}"


def _among(advice: Advice, option: Ranked) -> str:
    """The place among the single techniques too, where pairings stand before it."""
    single = [one for one in advice.ranking if one.kind == "technique"]
    place = 1 + sum(one.rank < option.rank for one in single)
    return f" (number {place} of the single techniques)" if option in single and place != option.rank else ""


def _ranked(advice: Advice, option: Ranked) -> list[Block]:
    done = wording.route_name(option.route)
    blocks: list[Block] = [
        Paragraph(
            Cited(f"{done}: {option.score:.0f} of 100. {wording.capital(wording.sees(advice, option.route))}."),
            lead=True,
        ),
        points_table(option),
    ]
    for part in option.parts:
        found = tuple(Cited.from_reason(reason) for reason in reasons(advice, option, part.criterion))
        blocks += [Heading(wording.capital(NAMES[part.criterion])), Bullets(found)] if found else []
    return blocks


def points_table(option: Ranked) -> Table:
    """Points per criterion, each with its maximum; the rows add up to the total."""
    points = rounded_parts([part.points for part in option.parts], 0)
    most = rounded_parts([part.max_points for part in option.parts], 0)
    rows: list[tuple[str, ...]] = [
        (NAMES[part.criterion], f"{got:.0f}", f"{of:.0f}")
        for part, got, of in zip(option.parts, points, most, strict=True)
    ]
    rows.append(("total", f"{option.score:.0f}", "100"))
    return Table(("criterion", "points", "of"), tuple(rows), frozenset({1, 2}))


def changes_text(changes: tuple[Change, ...]) -> str:
    """A set of changes as one phrase."""
    return wording.listed(change.text for change in changes)


def gap_text(found: tuple[Gap, ...]) -> str:
    """Differences in points, the largest first, such as `+12 for what it sees`."""
    told = [f"{gap.points:+.0f} for {NAMES[gap.criterion]}" for gap in found if abs(gap.points) >= NOTABLE_POINTS]
    return wording.listed(told) if told else "no difference of a point on any criterion"


def _neighbours(advice: Advice, option: Ranked, beside: Why | None) -> list[Block]:
    first = advice.ranking[0]
    above, below = (beside.above, beside.below) if beside else (None, None)
    items = _against(advice, option, first, "first") if first not in (option, above) else []
    items += _against(advice, option, above, "one above") if above else []
    items += _against(advice, option, below, "one below") if below else []
    return [Heading("Beside the others"), Bullets(tuple(items))] if items else []


def _against(advice: Advice, option: Ranked, other: Ranked, where: str) -> list[Cited]:
    name, rival = wording.option_name(option), wording.option_name(other)
    difference = round(option.score) - round(other.score)
    amount = (
        f"{abs(difference)} ahead of it" if difference > 0 else f"{-difference} behind it" if difference else "level"
    )
    told = [f"{name} is {amount}: {gap_text(gaps(option, other))}."]
    mine = {each.goal: each for each in seen(option.route, advice.problem)}
    for each in seen(other.route, advice.problem):
        words = wording.sight_words(advice, mine[each.goal]), wording.sight_words(advice, each)
        if words[0] != words[1]:
            told.append(f"{wording.capital(advice.kb.goals[each.goal].name)}: {words[0]}; against {words[1]}.")
    return [Cited(" ".join(told), strong=f"{rival}, {where}:")]


def _changes(answer: WhyNot) -> list[Block]:
    blocks: list[Block] = []
    if answer.into is not None:
        blocks += [Heading("The smallest change that includes it"), _found(answer, answer.into, "includes it")]
        blocks += _by_rule(answer)
    if answer.first is not None:
        blocks += [Heading("The smallest change that puts it first"), _found(answer, answer.first, "puts it first")]
    return blocks


def _kept(answer: WhyNot) -> str:
    """The answers that the search leaves as they are: what is in the cell, as far as it was given."""
    question = answer.advice.question
    given = [word for word in ("cell", "electrolyte", "temperature") if getattr(question, word).source != "assumed"]
    return wording.listed([*([] if answer.any_ion else ["ion"]), "anode", *given])


def _by_rule(answer: WhyNot) -> list[Block]:
    """What the rule that excludes an option would have you do instead."""
    out = answer.outcome
    if isinstance(out, Ranked) or out.remedy or (answer.into and answer.into.changes):
        return []
    return [Paragraph(Cited(wording.remedy_text(answer.advice.kb, out)))]


def _found(answer: WhyNot, search: Search, does: str) -> Bullets:
    if not search.changes:
        text = f"No change of one or two answers {does} ({search.tried:,} tried; {_kept(answer)} kept as given)."
        return Bullets((Cited(text),))
    return Bullets(tuple(Cited(f"{wording.capital(changes_text(changes))}.") for changes in search.changes))
