"""What only a report or a proposal says: the steps one by one, the rates, why not the others, and how to read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.inquiry.plan import Plan
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.criteria import ANSWERS, Sighting, seen
from insitu_advisor.engine.method.pace import own_clock, pace
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.engine.question.command import rate_word
from insitu_advisor.engine.words.asked import question_lines
from insitu_advisor.engine.words.certainty import among, moves_of
from insitu_advisor.engine.words.matrix import HELD_BACK, LEGEND, sign
from insitu_advisor.engine.words.reasons import way_name
from insitu_advisor.engine.words.sentences import (
    as_sentence,
    capital,
    counted,
    goal_names,
    listed,
)
from insitu_advisor.knowledge.technique import RATING_WORDS
from insitu_advisor.knowledge.vocabulary import Criterion

HOW_TO_READ = f"{LEGEND}, as the experiment would be carried out."
HALF_STEP = "In cost, a plus is half a step."
USUAL_RATE = 0.1
NOTABLE = 0.05
_WORSE: Mapping[Criterion, str] = {
    "information": "answers less of your goals",
    "track-record": "less often used on such an anode",
    "cost": "more expensive",
    "preparation": "harder to prepare",
}
METHOD = (
    "An option is left out if it needs an instrument you did not name, costs more than your limit, is ruled out by "
    "physics, or sees none of your goals. What would bring it back is said.",
    "The others get a score: how much of your goals they answer, at your scale and rate. Between options that answer "
    "about as much, it counts how often they were used on such an anode, what they cost and how hard they are to do.",
    "A pairing takes for each goal the member that sees it best. It counts as half a step more expensive than the more "
    "expensive one.",
    "The score orders options for this question. It measures nothing.",
)
MARKS = (
    "Marks: [review 2.1] is a section of the review ({review}), [5] a source in the list, [derived] our arithmetic, "
    "[judgement] nobody's printed word but ours. In brackets after a source: what of it we have read, where that is "
    "not the whole."
)
NO_MORE_MOVES = "No others than on the first page."
DRAFT = "Draft. Fill in what is in braces; the numbers lead to the sources."
NO_STUDY = "None of our {count} studies is about this; that does not mean that there is none."
STUDIES_NOTE = "The column before the last says what of the study we have read."
LIVE: Mapping[str, str] = {
    "title": "Try other weights and limits",
    "says": "Move a weight, untick an instrument or set a limit: the list follows at once.",
    "weights": "How much each counts",
    "instruments": "Instruments you can use",
    "all": "all",
    "none": "none",
    "cost": "Highest cost",
    "preparation": "Hardest preparation",
    "no limit": "no limit",
    "back": "Back to the report",
    "out": "Not in the list",
    "physics": "ruled out by physics",
    "sees-none": "sees none of your goals",
    "facility": "needs an instrument you did not tick",
    "over cost": "costs more than your limit",
    "over preparation": "harder to prepare than your limit",
    "nothing": "Nothing is left within these limits.",
    "weightless": "All weights are zero; give at least one a weight.",
    "again": "The same in a terminal:",
}


def marks(advice: Advice) -> str:
    """How to read the marks behind statements."""
    return MARKS.format(review=advice.kb.about.review.citation.rstrip("."))


def asked_line(advice: Advice) -> str:
    """The question in one sentence of names: anode, ion, goals, and what else was given."""
    lines = {line.field: line for line in question_lines(advice)}
    ion = lines["ion"].value
    told = [capital(lines["anode"].value), f"{ion}-ion" if ion != "any" else "any ion"]
    told += [f"goals: {lines['targets'].value}"]
    rest = ("budget", "max_preparation", "scale", "c_rate", "cell", "electrolyte", "temperature")
    told += [f"{_low(lines[f].label)}: {lines[f].value}" for f in rest if f in lines and lines[f].source != "assumed"]
    return f"{'; '.join(told)}."


def assumed_line(advice: Advice) -> str:
    """Which answers were assumed, in one sentence; nothing where all were given."""
    taken = [_low(line.label) for line in question_lines(advice) if line.source == "assumed"]
    return f"Assumed, as you did not say: {listed(taken)}." if taken else ""


def _low(label: str) -> str:
    """A label within a sentence; the C of a C-rate is no word."""
    return label if label.startswith("C-") else label.lower()


def how_to_read(rows: Iterable[tuple[str, ...]]) -> str:
    """How to read a matrix, as far as it needs to be said."""
    cells = [cell for row in rows for cell in row]
    held = any(cell.startswith("(+") for cell in cells)
    half = any(cell.endswith("+") and cell[:1].isalpha() for cell in cells)
    return " ".join([HOW_TO_READ, *([f"{HELD_BACK}."] if held else []), *([HALF_STEP] if half else [])])


def what_would_change(advice: Advice, certificate: Certificate, most: int = 2, besides: str = "") -> str:
    """The smallest moves of one weight that change the first experiment, but for what was said already."""
    moves = [move for move in moves_of(advice, certificate.start) if move not in besides][:most]
    start = among(certificate, certificate.start)
    return " ".join(f"{start}{move}." for move in moves) or "No other weight does, changed by itself."


def still_of_the_report(word: str) -> str:
    """What the word of certainty means beside a list that the reader has moved."""
    return f"How sure, at the report's own weights and limits; this does not change with the list: {word}"


def signs(advice: Advice, route: Route, goals: Iterable[str]) -> tuple[str, ...]:
    """The signs of a route for some goals that were asked."""
    found = {each.goal: each for each in seen(route, advice.problem)}
    return tuple(sign(found[goal]) for goal in goals)


def rate_text(way: Way, c_rate: float | None) -> str:
    """How many data points the rate leaves for a half-cycle."""
    rate = USUAL_RATE if c_rate is None else c_rate
    if own_clock(way):
        return "It runs in a cell of its own and by its own clock: plan by state of charge, not by C-rate."
    example = "" if c_rate is not None else ", for example,"
    start = f"At {rate_word(rate)}{example} a half-cycle lasts {_hours(1 / rate)}"
    done = f" A study of such an anode used it at up to {rate_word(max(way.shown.values()).rate)}." if way.shown else ""
    return _points_text(way, start, rate) + done


def _points_text(way: Way, start: str, rate: float) -> str:
    found = pace(way, rate)
    if found.fewest is not None and found.most is not None and way.figure is not None:
        each = _seconds(way.figure.low, way.figure.high)
        return f"{start}: {_data_points(_range(found.fewest, found.most))} of {each} each."
    if found.order is not None:
        return f"{start}. No time per point is published; we guess about {_data_points(_count(found.order))}."
    return f"{start}. No time per point is published: measure it first."


def afterwards(found: Plan, place: int) -> str:
    """What to decide after an experiment of the plan."""
    best = found.best
    if best is None:
        return ""
    advice, stage = found.advice, found.stages[place]
    open_goals = listed(goal_names(advice.kb, stage.unanswered))
    if place + 1 == len(best.experiments):
        return f"Stop. {capital(open_goals)}: not answered by these experiments." if stage.unanswered else "Stop."
    follower = best.experiments[place + 1]
    gained = listed(goal_names(advice.kb, (each.goal for each in follower.adds)))
    if stage.unanswered:
        wanted = "that" if gained == open_goals else gained
        go_on = f"If you need {wanted}, go on with {way_name(follower.way)}; else stop."
        return f"Not answered yet: {open_goals}. {go_on}"
    return f"All goals have an answer. Go on with {way_name(follower.way)} only to see {gained} better; else stop."


def behind(advice: Advice, option: Ranked) -> str:
    """Why a ranked option is not the first: what it sees less of, else what it costs more."""
    best = advice.best
    if best is None:
        return ""
    lost = weaker(advice, best.route, option.route)
    gap = round(best.score) - round(option.score)
    start = f"{counted(gap, 'point')} behind" if gap else "As many points"
    if lost:
        return f"{start}; {weaker_text(advice, lost, option.route)}"
    parts = zip(best.parts, option.parts, strict=True)
    worse = {ours.criterion for ours, theirs in parts if ours.points - theirs.points > NOTABLE}
    told = [word for criterion, word in _WORSE.items() if criterion in worse]
    return f"{start}; {listed(told)}." if told else f"{start}."


def weaker(advice: Advice, chosen: Route, other: Route) -> tuple[str, ...]:
    """Goals the chosen route answers and the other sees less of."""
    theirs = {each.goal: _value(each) for each in seen(other, advice.problem)}
    return tuple(
        each.goal
        for each in seen(chosen, advice.problem)
        if _value(each) >= ANSWERS and theirs[each.goal] < _value(each)
    )


_LESS = {"blind": "blind to", "hint only": "only hints at", "good": "less good for", "best": "held back for"}


def weaker_text(advice: Advice, goals: tuple[str, ...], other: Route) -> str:
    """Why a simpler option does not do: how little it sees of what the chosen one answers."""
    sights = {each.goal: each for each in seen(other, advice.problem)}
    told: dict[str, list[str]] = {}
    for goal in goals:
        each = sights[goal]
        word = RATING_WORDS[each.rating] if each.value() else RATING_WORDS[0]
        told.setdefault(_LESS[word], []).append(goal)
    parts = [f"{said} {listed(goal_names(advice.kb, found))}" for said, found in told.items()]
    return f"{listed(parts)}."


def need(advice: Advice, system: str, goals: tuple[str, ...], given: bool) -> str:
    """The opening of a request for instrument time."""
    names = listed(goal_names(advice.kb, goals))
    doubt = "" if given else " {these goals were assumed; put your own}"
    return (
        f"We study {system} in {{title of the project}}. We need to follow {names} while the cell runs{doubt}. "
        "{Why this matters, in one sentence.} We ask for {number} of {days or shifts}."
    )


def elsewhere(advice: Advice, goals: tuple[str, ...]) -> str:
    """A reminder to the applicant of goals that belong into another request."""
    names = capital(listed(goal_names(advice.kb, goals)))
    return f"{{{names}: not part of this request; say where you study it, or drop it.}}"


def notes(texts: Iterable[str]) -> str:
    """Several notes as sentences of one paragraph."""
    return " ".join(as_sentence(text) for text in texts if text)


def _value(sighting: Sighting) -> float:
    return float(sighting.value())  # type: ignore[arg-type]


def _hours(hours: float) -> str:
    return f"{hours:.3g} h" if hours >= 1 else f"{hours * 60:.3g} min"


def _seconds(low: float, high: float) -> str:
    """A time or a range of times, in the unit that suits its longer end."""
    unit, size = ("ms", 1e-3) if high < 1 else ("s", 1.0) if high < 600 else ("min", 60.0)
    ends = dict.fromkeys(f"{end / size:.3g}" for end in (low, high))
    return f"{' to '.join(ends)} {unit}"


def _data_points(count: str) -> str:
    return f"{count} data {'point' if count in {'1', 'less than one'} else 'points'}"


def _range(fewest: float, most: float) -> str:
    low, high = _count(fewest), _count(most)
    return low if low == high else f"{low} to {high}"


def _count(points: float) -> str:
    """A number of points to two digits, since a time per point is no more certain."""
    if points < 1:
        return "less than one"
    digits = max(0, len(str(int(points))) - 2)
    return f"{round(points, -digits):,.0f}"
