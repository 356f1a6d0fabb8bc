"""`insitu-advisor precedents`: published studies."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import completion, output
from insitu_advisor.cli.failure import clean_errors
from insitu_advisor.cli.options import Force, Format, OutputFile
from insitu_advisor.cli.show import OwnKnowledge


def precedents(
    ion: Annotated[str | None, typer.Option(metavar="ION", help="Li, Na or K.", autocompletion=completion.ions)] = None,
    anode: Annotated[
        str | None,
        typer.Option(
            metavar="ANODE",
            help="Anode type, or material, whose own studies come first.",
            autocompletion=completion.materials,
        ),
    ] = None,
    technique: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OPTION", help="A technique or pairing; repeat to ask for all.", autocompletion=completion.options
        ),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(metavar="TARGET", help="What the study asked about.", autocompletion=completion.targets),
    ] = None,
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """List published studies that really used a technique there, what they asked and saw.

    Example: insitu-advisor precedents --ion K --anode intercalation --technique xrd
    """
    with clean_errors(option="'--technique'"):
        from insitu_advisor.engine.inquiry.precedents import Wanted
        from insitu_advisor.engine.question.ask import read_anode, read_ion, read_option, read_target
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.render.formats import json_precedents
        from insitu_advisor.render.pages import precedents as precedent_list

        base = load_knowledge_base(*(kb or ()))
        options = [read_option(base, word) for word in technique or ()]
        anode_type, material = read_anode(base, anode)
        wanted = Wanted(
            ion=read_ion(ion).value,
            anode=anode_type.value,
            material=material.value,
            techniques=tuple(dict.fromkeys(member for option in options for member in base.options[option])),
            target=read_target(base, target) if target else None,
        )
        page = precedent_list.page(base, wanted)
        output.answer(page, lambda: json_precedents.data(base, wanted), base, format, to, force=force)
