"""`insitu-advisor show`: what the knowledge base holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from insitu_advisor.cli import completion, output
from insitu_advisor.cli.failure import clean_errors, wrong
from insitu_advisor.cli.options import Force, Format, Full, OutputFile, OwnKnowledge
from insitu_advisor.cli.program import LIMITS

if TYPE_CHECKING:
    from insitu_advisor.knowledge.base import KnowledgeBase
    from insitu_advisor.render.pages.document import Document

# Words of earlier versions, and what else people call a list.
ALSO: Mapping[str, str] = {
    "options": "techniques", "pairings": "techniques", "targets": "goals", "facilities": "instruments",
    "presets": "instruments", "precedents": "studies", "papers": "studies", "timing": "speeds", "rates": "speeds",
    "references": "sources", "weights": "profiles", "anodes": "materials",
}  # fmt: skip

Ion = Annotated[
    str | None,
    typer.Option(
        "-i", "--ion", metavar="ION", help="Studies with Li, Na or K.", autocompletion=completion.ions,
        rich_help_panel=LIMITS,
    ),
]  # fmt: skip
Anode = Annotated[
    str | None,
    typer.Option(
        "-a", "--anode", metavar="ANODE", help="Studies on an anode type, or on a material first.",
        autocompletion=completion.materials, rich_help_panel=LIMITS,
    ),
]  # fmt: skip
Technique = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TECHNIQUE", help="Studies that used it, or its speeds; repeat for studies that used all.",
        autocompletion=completion.options, rich_help_panel=LIMITS,
    ),
]  # fmt: skip
Target = Annotated[
    str | None,
    typer.Option(
        "-t", "--target", metavar="GOAL", help="Studies that asked about it.", autocompletion=completion.targets,
        rich_help_panel=LIMITS,
    ),
]  # fmt: skip
CRates = Annotated[
    list[str] | None,
    typer.Option(
        "-r", "--c-rate", metavar="RATE", help="Speeds at this C-rate, such as C/10; repeat for more.",
        rich_help_panel=LIMITS,
    ),
]  # fmt: skip


class Filters(NamedTuple):
    """The words that narrow a list, as they were typed."""

    ion: str | None
    anode: str | None
    technique: list[str] | None
    target: str | None
    c_rate: list[str] | None


class Shown(NamedTuple):
    """A page, and the data behind it."""

    page: Callable[[], Document]
    data: Callable[[], dict[str, Any]]


# The lists that can be narrowed, and by what.
NARROWED: Mapping[str, frozenset[str]] = {
    "studies": frozenset({"ion", "anode", "technique", "target"}),
    "speeds": frozenset({"technique", "c_rate"}),
}


def show(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHAT",
            help="techniques, goals, materials, instruments, studies, speeds, sources, rules, conflicts, profiles, or "
            "the id or usual word of any entry.",
            autocompletion=completion.entries,
        ),
    ] = None,
    ion: Ion = None,
    anode: Anode = None,
    technique: Technique = None,
    target: Target = None,
    c_rate: CRates = None,
    full: Full = False,
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Show a technique, goal, material, study, or a list of them.

    Example: insitu-advisor show raman
    """
    word = " ".join(what or ())
    named = ALSO.get(word.lower(), word.lower())
    filters = Filters(ion, anode, technique, target, c_rate)
    _check(named, filters)
    with clean_errors(option="--technique"):
        from insitu_advisor.knowledge.loader import load_knowledge_base

        base = load_knowledge_base(*(kb or ()))
        shown = _shown(base, word, named, filters, full)
        output.answer(shown.page, shown.data, base, format, to, force=force, paged=full)


def _check(named: str, filters: Filters) -> None:
    """Refuse an option that the list does not have."""
    for field, given in filters._asdict().items():
        if given and field not in NARROWED.get(named, ()):
            fits = next(word for word, fields in NARROWED.items() if field in fields)
            option = f"--{field.replace('_', '-')}"
            wrong(f"it does not narrow this; it goes with 'insitu-advisor show {fits}'", option)


def _shown(kb: KnowledgeBase, word: str, named: str, filters: Filters, full: bool) -> Shown:
    if named == "studies":
        return _studies(kb, filters, full)
    if named == "speeds":
        return _speeds(kb, filters, full)
    from insitu_advisor.render.formats import json_inquiries
    from insitu_advisor.render.pages import listing
    from insitu_advisor.render.pages.find import find

    if not named:
        found: Document | str = listing.overview(kb)
    elif named in listing.LISTS:
        found = listing.LISTS[named](kb, full)
    else:
        found = find(kb, word, full=full)
    if isinstance(found, str):
        wrong(found, "WHAT")
    page = found
    return Shown(lambda: page, lambda: json_inquiries.document(page, kb))


def _members(kb: KnowledgeBase, words: list[str] | None) -> tuple[str, ...]:
    """The techniques named, a pairing as its members."""
    from insitu_advisor.engine.question.ask import read_option

    return tuple(dict.fromkeys(member for word in words or () for member in kb.options[read_option(kb, word)]))


def _studies(kb: KnowledgeBase, filters: Filters, full: bool) -> Shown:
    from insitu_advisor.engine.inquiry.precedents import Wanted
    from insitu_advisor.engine.question.ask import read_anode, read_ion, read_target
    from insitu_advisor.render.formats import json_inquiries
    from insitu_advisor.render.pages import precedents

    anode = read_anode(kb, filters.anode).value
    wanted = Wanted(
        ion=read_ion(filters.ion).value,
        anode=anode.type if anode else None,
        material=anode.material if anode else None,
        techniques=_members(kb, filters.technique),
        target=read_target(kb, filters.target) if filters.target else None,
    )
    return Shown(lambda: precedents.page(kb, wanted, full=full), lambda: json_inquiries.studies(kb, wanted))


def _speeds(kb: KnowledgeBase, filters: Filters, full: bool) -> Shown:
    from insitu_advisor.engine.method.pace import RATES
    from insitu_advisor.engine.method.ranking import recommend
    from insitu_advisor.engine.question.ask import ask, read_c_rate
    from insitu_advisor.render.formats import json_inquiries
    from insitu_advisor.render.pages import timing

    given = [read_c_rate(word).value for word in filters.c_rate or ()]
    rates = tuple(rate for rate in given if rate is not None) or RATES
    techniques = _members(kb, filters.technique) or tuple(kb.techniques)
    system = recommend(ask(kb), kb).system
    return Shown(
        lambda: timing.page(system, rates, techniques, full=full),
        lambda: json_inquiries.speeds(system, rates, techniques),
    )
