"""`insitu-advisor replay`: ask an old answer's question again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import BAD_FILE, NOTHING_PASSES, clean_errors, say, stop
from insitu_advisor.cli.options import Force, Lab, OutputFile, OwnKnowledge

if TYPE_CHECKING:
    from insitu_advisor.engine.method.advice import Advice

MOST_DRAWS = 1_000_000
LARGEST_ANSWER = 16 * 1024 * 1024


def replay(
    answer: Annotated[Path, typer.Argument(help="JSON that 'recommend --format json' wrote.")],
    kb: OwnKnowledge = None,
    lab: Lab = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Ask an old answer's question again, and say what changed.

    With the same knowledge the answer is the same to the byte; else it says what changed and which places moved.

    Example: insitu-advisor replay answer.json
    """
    with clean_errors():
        from insitu_advisor.engine.certainty.certificate import certify
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.engine.question.command import DRAWS
        from insitu_advisor.engine.question.replay import question_from
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.lab.applying import adapt
        from insitu_advisor.lab.finding import find
        from insitu_advisor.render.formats import json_answer
        from insitu_advisor.render.formats.json_parts import dump

        old = _read(answer)
        base = load_knowledge_base(*(kb or old.get("knowledge_base", {}).get("overlays", ())))
        found = find(base, lab or old.get("knowledge_base", {}).get("lab") or "none")
        base = adapt(base, found) if found else base
        try:
            question = question_from(old.get("question", {}), base)
        except ValueError as error:
            stop(f"{answer}: {error}", BAD_FILE)
        advice = recommend(question, base)
        draws = old.get("robustness", {}).get("draws")
        told = isinstance(draws, int) and 1 <= draws <= MOST_DRAWS
        new = json_answer.answer(advice, certify(advice, draws if told else DRAWS))
        output.write(dump(new), to, force=force)
        for line in changes(old, new, advice):
            say(line)
    if advice.best is None:
        raise typer.Exit(NOTHING_PASSES)


def changes(old: dict[str, Any], new: dict[str, Any], advice: Advice) -> list[str]:
    """What differs between an old and a new answer, in sentences."""
    if old == new:
        return ["The same answer, byte for byte."]
    lines = []
    before, after = old.get("knowledge_base", {}), new["knowledge_base"]
    if before.get("sha256") != after["sha256"]:
        lines.append(f"The knowledge base changed from {before.get('version')} to {after['version']}:")
        lines.append(f"  {before.get('sha256')} before, {after['sha256']} now.")
    was, now = _places(old), _places(new)
    moved = [option for option in now if was.get(option) != now[option]]
    for option in moved:
        name = advice.kb.name(option)
        lines.append(f"{name}: {_place(was.get(option))} before, {_place(now[option])} now.")
    return lines if moved else [*lines, "No place moved; wording, reasons or sources differ."]


def _places(answer: dict[str, Any]) -> dict[str, int | None]:
    ranked = {option["id"]: option["rank"] for option in answer.get("ranking", [])}
    return ranked | {option["id"]: None for option in answer.get("excluded", [])}


def _place(rank: int | None) -> str:
    return "excluded" if rank is None else f"rank {rank}"


def _whole(data: dict[str, Any]) -> bool:
    """Whether the parts of an answer that are read besides the question have the shape every answer gives them."""
    base, sure = data.get("knowledge_base", {}), data.get("robustness", {})
    places = [data.get("ranking", []), data.get("excluded", [])]
    return (
        isinstance(base, dict)
        and isinstance(base.get("overlays", []), list)
        and all(isinstance(name, str) for name in base.get("overlays", []))
        and isinstance(base.get("lab"), str | None)
        and isinstance(sure, dict)
        and all(isinstance(options, list) for options in places)
        and all(isinstance(option, dict) and isinstance(option.get("id"), str) for option in places[0] + places[1])
        and all(isinstance(option.get("rank"), int) for option in places[0])
    )


def _read(path: Path) -> dict[str, Any]:
    import json

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_ANSWER + 1)
        if len(content) > LARGEST_ANSWER:
            stop(f"{path} is larger than {LARGEST_ANSWER // 2**20} MiB and is no answer", BAD_FILE)
        data = json.loads(content)
    except OSError as error:
        stop(f"cannot read {path}: {error.strerror or error}", BAD_FILE)
    except (ValueError, RecursionError) as error:
        stop(f"{path} is not JSON: {error}", BAD_FILE)
    if not isinstance(data, dict) or not isinstance(data.get("question"), dict) or not _whole(data):
        stop(f"{path} holds no answer; write one with 'recommend ... --format json -o FILE'", BAD_FILE)
    _check_version(path, data)
    return data


def _check_version(path: Path, data: dict[str, Any]) -> None:
    """Refuse an answer of another form, whose question would be read wrongly."""
    from insitu_advisor.render.formats.json_parts import SCHEMA_VERSION

    written = str(data.get("schema_version", SCHEMA_VERSION))
    if written.partition(".")[0] == SCHEMA_VERSION.partition(".")[0]:
        return
    again = data.get("reproduce")
    stop(
        f"{path} was written by another version of this program (schema {written}, not {SCHEMA_VERSION})",
        BAD_FILE,
        *([f"Ask anew with its own command: {again}"] if isinstance(again, str) else []),
    )
