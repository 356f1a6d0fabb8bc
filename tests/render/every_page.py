"""Every page the advisor can make."""

from insitu_advisor import Wanted, ask, certify, compare, plan, recommend, why, why_not
from insitu_advisor.engine.method.advice import Ranked
from insitu_advisor.engine.method.pace import RATES
from insitu_advisor.render.pages import compare as side_by_side
from insitu_advisor.render.pages import difference as differing
from insitu_advisor.render.pages import listing, proposal, report, show, show_entry
from insitu_advisor.render.pages import plan as planning
from insitu_advisor.render.pages import precedents as precedent_list
from insitu_advisor.render.pages import recommend as recommendation
from insitu_advisor.render.pages import timing as timetable
from insitu_advisor.render.pages import why as explaining

FULL = {"ion": "Li", "anode": "silicon", "scale": "particle", "c_rate": "C/10", "budget": "high"}
TIGHT = {"ion": "K", "anode": "graphite", "targets": ("ion-environment", "sei-growth=2"), "facilities": ("bench",)}
NOTHING = {"targets": ("crystalline-phase",), "facilities": ("potentiostat",)}
QUESTIONS = {"plain": {}, "full": FULL, "tight": TIGHT, "nothing": NOTHING}
SEARCHED = {"full", "nothing"}
SHOWN = {
    "techniques": show.technique_page,
    "combinations": show.pairing_page,
    "askable": show_entry.goal_page,
    "materials": show_entry.material_page,
    "facilities": show_entry.instrument_page,
    "presets": show_entry.preset_page,
    "profiles": show_entry.profile_page,
    "studies": show_entry.study_page,
    "rules": show_entry.rule_page,
    "conflicts": show_entry.conflict_page,
    "references": show_entry.source_page,
}
LISTED = {
    "techniques": listing.techniques,
    "goals": listing.goals,
    "materials": listing.materials,
    "instruments": listing.instruments,
    "rules": listing.rules,
    "profiles": listing.profiles,
    "conflicts": listing.conflicts,
    "sources": listing.sources,
}


def _answers(kb, questions, most):
    """Pages that answer a question, by name."""
    pages = {}
    for name in questions:
        advice = recommend(ask(kb, **QUESTIONS[name]), kb)
        certificate = certify(advice, 200)
        cover = report.Cover("A title", "An author", "2026-01-09")
        pages[f"recommendation {name}"] = recommendation.page(advice, certificate)
        pages[f"full recommendation {name}"] = recommendation.full_page(advice, certificate)
        pages[f"report {name}"] = report.page(advice, certificate, cover=cover)
        pages[f"proposal {name}"] = proposal.page(advice, certificate, cover=cover)
        pages[f"plan {name}"] = planning.page(plan(advice, 4), full=True)
        pages[f"compare {name}"] = side_by_side.page(compare(advice, ("xrd", "tem+eis", "nmr")), full=True)
        every = most is None and name in SEARCHED
        for option in list(kb.options) if every else dict.fromkeys([*list(kb.options)[: most or 3], "tem+eis"]):
            beside = why(advice, option) if isinstance(advice.option(option), Ranked) else None
            pages[f"why {option} {name}"] = explaining.page(why_not(advice, option), beside, full=True)
    return pages


def every_page(kb, most=None, questions=tuple(QUESTIONS)):
    """Every page the advisor can make of this knowledge base, by name; `most` limits entries and options."""
    lithium, potassium = (recommend(ask(kb, ion=ion, anode="alloy"), kb) for ion in ("Li", "K"))
    return (
        _answers(kb, questions, most)
        | {f"list {name}": page(kb, True) for name, page in LISTED.items()}
        | {
            f"show {name} {key}": page(kb, key, True)
            for name, page in SHOWN.items()
            for key in list(getattr(kb, name))[:most]
        }
        | {
            "overview": listing.overview(kb),
            "speeds": timetable.page(recommend(ask(kb), kb).system, RATES, tuple(kb.techniques), full=True),
            "studies": precedent_list.page(kb, Wanted(), full=True),
            "studies none": precedent_list.page(kb, Wanted("K", "alloy", ("nmr",), "fracture"), full=True),
            "difference": differing.page(potassium, lithium, "K against Li"),
            "no difference": differing.page(potassium, potassium, "nothing"),
        }
    )
