"""JSON-LD: triples any linked-data tool reads without a network, with the right terms of the public ontologies."""

import json
import socket
from itertools import product

import pytest
from pyld import jsonld as reference_processor
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from insitu_advisor import ask, recommend
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.render.formats import jsonld

SYSTEMS = list(product(("Li", "Na", "K"), ("intercalation", "alloy", "conversion")))
ADVISOR = Namespace("urn:insitu-advisor:")
CHAMEO = Namespace("https://w3id.org/emmo/domain/characterisation-methodology/chameo#")
CHMO = Namespace("http://purl.obolibrary.org/obo/CHMO_")
PANET = Namespace("http://purl.org/pan-science/PaNET/PaNET")
SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
BATTERY = "https://w3id.org/emmo/domain/battery#battery_"
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)


@pytest.fixture(autouse=True)
def _offline(monkeypatch):
    """A parser that reaches for the network fails."""

    def refuse(*_):
        raise AssertionError("JSON-LD reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def _graph(kb, **words):
    advice = recommend(ask(kb, **words), kb)
    return advice, Graph().parse(data=jsonld.render(advice), format="json-ld")


@pytest.fixture(scope="module")
def lithium(kb):
    """The triples of an answer in which every technique is ranked."""
    advice, graph = _graph(kb, ion="Li", anode="alloy")
    assert set(kb.options) == {option.id for option in advice.ranking}
    return graph


def _items(graph):
    """The list of an answer."""
    root = graph.value(predicate=RDF.type, object=SCHEMA.ItemList)
    return list(Collection(graph, graph.value(root, SCHEMA.itemListElement)))


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
def test_list_is_the_ranking(kb, ion, anode):
    """For every system the parsed list holds the ranked options in order, with rank and score."""
    advice, graph = _graph(kb, ion=ion, anode=anode)
    items = _items(graph)
    assert [ADVISOR[option.id] for option in advice.ranking] == [graph.value(item, SCHEMA.item) for item in items]
    assert [option.rank for option in advice.ranking] == [int(graph.value(i, SCHEMA.position)) for i in items]
    scores = [float(graph.value(item, ADVISOR.score)) for item in items]
    assert [option.score for option in advice.ranking] == pytest.approx(scores, abs=1e-6)


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
def test_every_key_is_defined(kb, ion, anode):
    """No key falls out of the document when a strict processor expands it, and every IRI is whole."""
    data = json.loads(jsonld.render(recommend(ask(kb, ion=ion, anode=anode), kb)))
    keys = {key for node in _nodes({k: v for k, v in data.items() if k != "@context"}) for key in node}
    assert {key for key in keys if not key.startswith("@")} <= set(data["@context"])
    expanded = reference_processor.expand(data)
    known = ("https://schema.org/", str(SKOS), str(ADVISOR))
    assert all(key.startswith(("@", *known)) for node in _nodes(expanded) for key in node)


def _nodes(data):
    if isinstance(data, list):
        return [node for item in data for node in _nodes(item)]
    if isinstance(data, dict):
        return [data, *(node for value in data.values() for node in _nodes(value))]
    return []


def test_diffraction_is_matched_exactly(lithium):
    """XRD is CHAMEO's XrayDiffraction, CHMO 0000156 and PaNET 01216."""
    expected = {CHAMEO.XrayDiffraction, CHMO["0000156"], PANET["01216"]}
    assert expected == set(lithium.objects(ADVISOR.xrd, SKOS.exactMatch))


def test_neutron_scattering_has_only_a_broader_class(lithium):
    """CHAMEO has no class for SANS: its family is a broad match, while CHMO and PaNET name it."""
    assert [CHAMEO.ScatteringAndDiffraction] == list(lithium.objects(ADVISOR.sans, SKOS.broadMatch))
    assert {CHMO["0000184"], PANET["01189"]} == set(lithium.objects(ADVISOR.sans, SKOS.exactMatch))


def test_photoemission_is_a_close_match(lithium):
    """CHAMEO's XPS class has an odd label, so the match is close and not exact."""
    assert [CHAMEO.XpsVariableKinetic] == list(lithium.objects(ADVISOR.xps, SKOS.closeMatch))
    assert CHAMEO.XpsVariableKinetic not in set(lithium.objects(ADVISOR.xps, SKOS.exactMatch))


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
def test_impedance_is_never_energy_loss(kb, ion, anode):
    """CHMO 0000366 is electron energy loss spectroscopy, though it lists "EIS": it matches nothing here."""
    graph = _graph(kb, ion=ion, anode=anode)[1]
    assert CHMO["0000366"] not in set(graph.objects())
    assert CHMO["0000423"] in set(graph.objects(ADVISOR.eis, SKOS.exactMatch))


@pytest.mark.parametrize(
    ("ion", "battery"),
    [
        ("Li", "96addc62_ea04_449a_8237_4cd541dd8e5f"),
        ("Na", "42329a95_03fe_4ec1_83cb_b7e8ed52f68a"),
        ("K", "22cd1325_5cbb_4fb3_b6a6_ae7aab5554a5"),
    ],
)
def test_answer_is_about_a_battery_of_the_ion(kb, ion, battery):
    """Each ion leads to BattINFO's class for it, as a whole IRI, in two processors."""
    advice, graph = _graph(kb, ion=ion)
    root = graph.value(predicate=RDF.type, object=SCHEMA.ItemList)
    assert URIRef(BATTERY + battery) == graph.value(root, SCHEMA.about)
    expanded = reference_processor.expand(json.loads(jsonld.render(advice)))
    assert [{"@id": BATTERY + battery}] == expanded[0]["https://schema.org/about"]


def test_open_ion_is_about_nothing(kb):
    """Without an ion no battery is named."""
    assert [] == list(_graph(kb, anode="alloy")[1].subject_objects(SCHEMA.about))


def test_pairing_has_its_members_as_parts(kb, lithium):
    """A pairing carries no term of its own; its two members do."""
    for pairing, combination in kb.combinations.items():
        assert {ADVISOR[member] for member in combination.members} == set(
            lithium.objects(ADVISOR[pairing], SCHEMA.hasPart)
        )
        assert [] == [o for match in MATCHES for o in lithium.objects(ADVISOR[pairing], match)]


def test_every_technique_is_in_situ_by_our_own_flag(kb, lithium):
    """None of the public terms says in situ, so each technique carries our flag."""
    for technique in kb.techniques:
        assert Literal(True) == lithium.value(ADVISOR[technique], ADVISOR.inSitu)


def test_excluded_options_carry_their_reason(kb):
    """Every excluded option is in the triples once, with the reason the answer gives and its terms, and unranked."""
    advice, graph = _graph(kb, ion="K", anode="graphite", facilities=["department"], budget="high")
    root = graph.value(predicate=RDF.type, object=SCHEMA.ItemList)
    found = {
        str(graph.value(node, SCHEMA.item)): str(graph.value(node, SCHEMA.description))
        for node in graph.objects(root, ADVISOR.excluded)
    }
    expected = {str(ADVISOR[out.id]): wording.exclusion_reason(advice, out).text for out in advice.excluded}
    assert len(expected) > 1
    assert expected == found
    assert not set(found) & {str(graph.value(item, SCHEMA.item)) for item in _items(graph)}
    assert CHAMEO.ScatteringAndDiffraction in set(graph.objects(ADVISOR.sans))


def test_nothing_excluded_leaves_no_trace(lithium):
    """Where every option is ranked the set of excluded ones is empty."""
    assert [] == list(lithium.subject_objects(ADVISOR.excluded))


def test_nothing_passing_gives_an_empty_list(kb):
    """Where nothing passes the constraints the list is empty and the name says so."""
    advice, graph = _graph(kb, targets=["crystalline-phase"], facilities=["potentiostat"])
    assert [] == _items(graph)
    root = graph.value(predicate=RDF.type, object=SCHEMA.ItemList)
    assert "Nothing within your limits" in graph.value(root, SCHEMA.name)
    assert () == advice.ranking
