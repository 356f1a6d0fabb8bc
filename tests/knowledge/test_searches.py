"""Where fewer than two studies are known, the base says what was looked for."""

from insitu_advisor.engine.inquiry.precedents import Wanted
from insitu_advisor.engine.method.record import counts
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.loader import load_knowledge_base
from insitu_advisor.render.formats.markdown import render
from insitu_advisor.render.pages.precedents import page

KB = load_knowledge_base()
IONS: tuple[Ion, ...] = ("Li", "Na", "K")
ANODES: tuple[AnodeType, ...] = ("intercalation", "alloy", "conversion", "metal")


def test_every_thin_cell_names_its_searches_or_why_there_is_none() -> None:
    told = {(search.technique, search.ion, search.anode) for search in KB.searches.values()}
    found = counts(KB)
    thin = {(t, ion, anode) for t in KB.techniques for ion in IONS for anode in ANODES if found[t, ion, anode] < 2}
    assert thin
    assert thin <= told, thin - told


def test_a_search_names_queries_or_the_reason_but_not_both() -> None:
    assert all(bool(search.queries) != bool(search.instead) for search in KB.searches.values())


def test_the_list_of_studies_tells_what_was_looked_for() -> None:
    search = next(entry for entry in KB.searches.values() if entry.queries)
    wanted = Wanted(search.ion, search.anode, (search.technique,))
    text = render(page(KB, wanted), KB)
    assert "We looked for more with these words" in text
