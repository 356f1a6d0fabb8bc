"""The report: two pages to act on, and an appendix for whoever wants to check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.inquiry.plan import Plan, plan
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.arithmetic import rounded_parts
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import report as words
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.brief import brief
from insitu_advisor.engine.words.certainty import NAMES, sure
from insitu_advisor.engine.words.reasons import Reason, reasons, sighting_reasons, way_name
from insitu_advisor.lab.finding import FoundLab
from insitu_advisor.render.pages import certainty as surety
from insitu_advisor.render.pages import lab as lab_pages
from insitu_advisor.render.pages import pictures, studies
from insitu_advisor.render.pages.document import (
    Block,
    Bullets,
    Cited,
    Document,
    Heading,
    Labelled,
    Paragraph,
    References,
    Table,
)
from insitu_advisor.render.pages.live import live
from insitu_advisor.render.pages.recommend import blind_spot_item, excluded_item, understood, warnings
from insitu_advisor.render.pages.show import conflict_items

MOST_OPTIONS, MOST_GOALS, MOST_PITFALLS, EXPLAINED = 6, 6, 5, 3

ENDINGS = {"markdown": "md", "html": "html", "text": "txt"}


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands above a report that its reader gave: title, author, and a date, each if wanted."""

    title: str | None = None
    author: str | None = None
    date: str | None = None


PLAIN = Cover()


@dataclass(slots=True)
class _Once:
    """Lets each sentence of the document through once."""

    said: set[str] = field(default_factory=set)

    def new(self, items: Iterable[Cited]) -> tuple[Cited, ...]:
        """Those that were not said yet."""
        kept = []
        for item in items:
            if item.text not in self.said:
                self.said.add(item.text)
                kept.append(item)
        return tuple(kept)

    def bullets(self, items: Iterable[Cited], *, boxes: bool = False) -> list[Block]:
        """Those that were not said yet as a list, if there are any."""
        kept = self.new(items)
        return [Bullets(kept, boxes)] if kept else []


def page(
    advice: Advice,
    certificate: Certificate | None,
    lab: FoundLab | None = None,
    cover: Cover = PLAIN,
    *,
    form: str = "markdown",
) -> Document:
    """The full report, with the command that writes it again in this form.

    HTML, which can compute, has the list that follows the reader's weights too.
    """
    once, found = _Once(), plan(advice)
    blocks: list[Block] = [
        *_opening(advice, certificate, cover),
        *_matrix(advice),
        *_steps(found, once),
        *(lab_pages.ladder_blocks(advice, lab) if lab and advice.best else []),
        *_pitfalls(found, once),
        *_checklist(found, once),
        *([Heading("Nearest published studies"), *studies.nearest(advice, found)] if advice.best else []),
        *_others(advice, found),
        *([live(advice, certificate)] if form == "html" and certificate else []),
        *_appendix(advice, certificate, once, f"report.{ENDINGS[form]}"),
    ]
    return Document(tuple(blocks))


def _outside(note: Reason | None) -> list[tuple[str, Cited]]:
    return [("Note", Cited.from_reason(note))] if note else []


def _opening(advice: Advice, certificate: Certificate | None, cover: Cover) -> list[Block]:
    short = brief(advice, certificate)
    by = ". ".join(part for part in (cover.author, cover.date) if part)
    about = " ".join(part for part in (words.asked_line(advice), words.assumed_line(advice)) if part)
    said = [("Do", Cited(short.do)), ("Why", Cited(short.why))]
    if certificate:
        said.append(("How sure", Cited(sure(advice, certificate))))
        if len(advice.ranking) > 1:
            change = words.what_would_change(advice, certificate, besides=sure(advice, certificate))
            said.append(("What would change it", Cited(change)))
    said += [("Not covered", Cited(short.gap)), *_outside(short.note)]
    said += [("Beware", Cited.from_reason(reason)) for reason in cautions.hardly_reacts(advice)]
    return [
        Heading(cover.title or f"In situ techniques for {wording.system_name(advice)}", 1),
        *([Paragraph(Cited(f"{by}."))] if by else []),
        Paragraph(Cited(about)),
        Labelled(tuple((label, item) for label, item in said if item.text)),
    ]


def _matrix(advice: Advice) -> list[Block]:
    if not advice.ranking:
        return []
    goals = advice.goals[:MOST_GOALS]
    rows = tuple(
        (
            wording.option_name(option),
            *words.signs(advice, option.route, goals),
            wording.cost_word(option.route),
            wording.needs(advice.kb, option.route),
        )
        for option in advice.ranking[:MOST_OPTIONS]
    )
    headers = ("", *(advice.kb.goals[goal].short or advice.kb.goals[goal].name for goal in goals), "cost", "you need")
    return [Heading("Your goals and the first options"), Table(headers, rows, note=words.how_to_read(rows))]


def _steps(found: Plan, once: _Once) -> list[Block]:
    """The experiments of the plan: what each adds, its cell, what the rate allows, and what to decide afterwards."""
    best = found.best
    if best is None:
        return []
    advice, blocks = found.advice, [Heading("The experiments, one by one")]
    made: list[Block] = [*blocks]
    for place, experiment in enumerate(best.experiments):
        way = experiment.way
        made.append(Heading(f"{place + 1}. {way_name(way)}", 3))
        adds = [Cited.from_reason(reason) for each in experiment.adds for reason in sighting_reasons(advice, each)]
        made += once.bullets(adds)
        said = [("Rate", Cited(words.rate_text(way, advice.problem.c_rate)))]
        if way.technique.set_up is not None:
            cell = way.technique.set_up.cell
            said.insert(0, ("Cell", Cited(cell.says, cell.basis, cell.sources)))
        said.append(("Then", Cited(words.afterwards(found, place))))
        made.append(Labelled(tuple(said)))
    if best.documented is not None:
        combination = advice.kb.combinations[best.documented]
        both = [Cited(combination.together, "judgement", strong="Both together:")] if combination.together else []
        both += [Cited(case.says, case.basis, case.sources, strong="Not if:") for case in combination.not_worth_it]
        made += once.bullets(both)
    return made


def _pitfalls(found: Plan, once: _Once) -> list[Block]:
    if found.best is None:
        return []
    kept = once.bullets(_traps(found)[:MOST_PITFALLS])
    return [Heading("Pitfalls, and how to check"), *kept] if kept else []


def _traps(found: Plan) -> list[Cited]:
    """What can mislead in the experiments of the plan, what is aimed at this very question first."""
    advice, best = found.advice, found.best
    if best is None or advice.best is None:
        return []
    own = [Cited.from_reason(reason) for reason in cautions.material_cautions(advice, best.route)]
    return [*own, *(blind_spot_item(spot) for spot in cautions.blind_spots(advice, best.route))]


def _checklist(found: Plan, once: _Once) -> list[Block]:
    """What to prepare for the first experiment."""
    if found.best is None:
        return []
    first = found.stages[0].route
    steps = [Cited.from_reason(step) for _, items in cautions.preparations(found.advice, first) for step in items]
    kept = once.bullets(steps, boxes=True)
    return [Heading(f"Before you start with {way_name(first.ways[0])}"), *kept] if kept else []


def _others(advice: Advice, found: Plan) -> list[Block]:
    """Every option that is neither first nor wholly part of the plan, in one line."""
    used = {way.technique_id for way in found.best.route.ways} if found.best else set()
    items = [
        Cited(words.behind(advice, option), strong=f"{wording.option_name(option)}:")
        for option in advice.ranking
        if option is not advice.best and not used.issuperset(advice.kb.options[option.id])
    ]
    items += [excluded_item(advice, excluded) for excluded in advice.excluded]
    return [Heading("Why not the others"), Bullets(tuple(items))] if items else []


def _appendix(advice: Advice, certificate: Certificate | None, once: _Once, file: str) -> list[Block]:
    return [
        *_points(advice, once),
        *_sure(advice, certificate),
        *_drawn(advice, certificate),
        *_conflicts(advice),
        _folded("What was understood and assumed"),
        understood(advice),
        _folded("How the ranking is made"),
        Bullets(tuple(Cited(line) for line in words.METHOD)),
        Paragraph(Cited(words.marks(advice))),
        _folded("References"),
        References(),
        *_reproduced(advice, certificate, file),
    ]


def _sure(advice: Advice, certificate: Certificate | None) -> list[Block]:
    """The certificate in full, but for what the first page says of it."""
    if certificate is None:
        return []
    sentence = sure(advice, certificate)
    said = f"{sentence} {words.what_would_change(advice, certificate, besides=sentence)}"
    blocks: list[Block] = [_folded("How sure")]
    for block in surety.full(advice, certificate)[2:]:
        if isinstance(block, Bullets):
            kept = tuple(item for item in block.items if item.text not in said)
            blocks.append(Bullets(kept) if kept else Paragraph(Cited(words.NO_MORE_MOVES)))
        else:
            blocks.append(block)
    return blocks


def _folded(text: str) -> Heading:
    return Heading(text, folded=True)


def _points(advice: Advice, once: _Once) -> list[Block]:
    """The whole ranking with its points, and what the points of the first places rest on, each reason once."""
    if not advice.ranking:
        return []
    criteria = [NAMES[criterion] for criterion in advice.shares]
    rows = []
    for option in advice.ranking:
        points = rounded_parts([part.points for part in option.parts])
        rank = f"{option.rank}=" if option.tied_with else str(option.rank)
        tiers = (wording.cost_word(option.route), wording.preparation_word(option.route))
        name, score = wording.option_name(option), f"{option.score:.0f}"
        rows.append((rank, name, score, *(f"{each:.1f}" for each in points), *tiers))
    most = ("", "at most", "100", *(f"{100 * share:.1f}" for share in advice.shares.values()), "", "")
    headers = ("", "Option", "Score", *(f"for {name}" for name in criteria), "Cost", "Preparation")
    right = frozenset({0, *range(2, 3 + len(criteria))})
    blocks: list[Block] = [_folded("Ranking and points"), Table(headers, (*rows, most), right)]
    for criterion, _ in advice.problem.shares:
        found = once.bullets(
            Cited.from_reason(reason)
            for option in advice.ranking[:EXPLAINED]
            for reason in reasons(advice, option, criterion)
        )
        title = f"{wording.capital(NAMES[criterion])}: why the first places have their points"
        blocks += [Heading(title, 3), *found] if found else []
    best = advice.best
    more = once.bullets(warnings(advice, best)) if best else []
    return [*blocks, *([Heading("Further cautions", 3), *more] if more else [])]


def _drawn(advice: Advice, certificate: Certificate | None) -> list[Block]:
    blocks: list[Block] = []
    for picture in pictures.all_of(advice, certificate, ("coverage", "resolution")):
        blocks += [_folded(picture.title), picture]
    return blocks


def _conflicts(advice: Advice) -> list[Block]:
    found = cautions.conflicts(advice, advice.ranking[:EXPLAINED])
    blocks: list[Block] = [_folded("Where sources disagree")] if found else []
    for conflict in found:
        blocks += [Heading(conflict.topic, 3), conflict_items(conflict)]
    return blocks


def _reproduced(advice: Advice, certificate: Certificate | None, file: str) -> list[Block]:
    head, *rest = surety.reproduced(advice, certificate, "report", file=file)
    return [_folded(head.text) if isinstance(head, Heading) else head, *rest]
