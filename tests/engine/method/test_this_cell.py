"""What can be said of the very cell one asks about, and of blends: facts that an electrochemist checked."""

from __future__ import annotations

import pytest

from insitu_advisor import ask, recommend
from insitu_advisor.engine.inquiry.outside import outside
from insitu_advisor.engine.inquiry.plan import confirms, independent, plan
from insitu_advisor.engine.method.criteria import ANSWERS, information
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.engine.words.cautions import stands_in
from insitu_advisor.engine.words.matrix import matrix


def ratings(kb, technique, variant, **asked):
    """The ratings of one way after the rules."""
    found = read_system(kb, ask(kb, **asked)).ways[technique]
    return next(way for way in found if way.variant_id == variant).ratings


@pytest.mark.parametrize("anode", ["graphite", "silicon", "iron oxide", "lithium metal"])
def test_no_closed_cell_fits_a_holder(kb, anode):
    """Of a pouch cell a microscope gives hints at most."""
    for way in read_system(kb, ask(kb, ion="Li", anode=anode, cell="pouch")).ways["tem"]:
        assert set(way.ratings.values()) <= {0, 1}


@pytest.mark.parametrize("cell", ["unopened", "cylindrical"])
@pytest.mark.parametrize("goal", ["fracture", "sei-composition", "metal-plating-onset"])
def test_what_does_not_get_into_a_can_is_out_alone_and_in_a_pairing(kb, cell, goal):
    """Light, radio waves, electrons and a vacuum do not get into a can: one rule for all, and for their pairings."""
    advice = recommend(ask(kb, ion="Li", anode="graphite", targets=(goal,), cell=cell), kb)
    shut = {"tem", "raman", "nmr", "xps"}
    for option, members in kb.options.items():
        assert not (shut & set(members) and advice.ranks(option)), option


@pytest.mark.parametrize("cell", ["pouch", "unopened", "cylindrical"])
def test_swelling_of_a_cell_is_no_matter_of_the_eight(kb, cell):
    """Thickness is what a gauge or a dilatometer reads; none of the eight answers it."""
    advice = recommend(ask(kb, ion="Li", anode="graphite", targets=("morphology-volume",), cell=cell), kb)
    assert all(float(information(option.route, advice.problem)) < ANSWERS for option in advice.ranking)
    assert "dilatometry" in {each.id for each in outside(advice)}


@pytest.mark.parametrize("scale", ["electrode", "cell"])
@pytest.mark.parametrize("anode", ["graphite", "silicon", "hard carbon"])
def test_a_mean_size_is_no_thickness(kb, scale, anode):
    """Small angles answer sizes of particles and pores, never how thick an electrode or a cell becomes."""
    advice = recommend(ask(kb, ion="Li", anode=anode, targets=("morphology-volume",), scale=scale), kb)
    assert float(information(advice.option("sans").route, advice.problem)) < ANSWERS


def test_gas_of_a_sealed_pouch(kb):
    """A sealed pouch is weighed; a cell that is open to a gas line is not asked for it."""
    pouch = recommend(ask(kb, ion="Li", anode="graphite", targets=("gas-evolution",), cell="pouch"), kb)
    assert "gas-volume" == outside(pouch)[0].id
    other = recommend(ask(kb, ion="Li", anode="graphite", targets=("gas-evolution",)), kb)
    assert ["mass-spectrometry"] == [each.id for each in outside(other)]


def test_plating_is_looked_for_in_the_record_of_the_cycler(kb):
    """Relaxation, dV/dQ and a reference electrode are named for the onset of plating on a lithium anode."""
    advice = recommend(ask(kb, ion="Li", anode="graphite", targets=("metal-plating-onset",)), kb)
    assert "voltage-analysis" in {each.id for each in outside(advice)}


def test_a_blend_shows_the_stages_of_its_graphite(kb):
    """Raman and diffraction see the graphite of a blend, and both less than in graphite alone or as much."""
    blend, alone = (
        {"raman": ratings(kb, "raman", "confocal", ion="Li", anode=anode),
         "xrd": ratings(kb, "xrd", "laboratory", ion="Li", anode=anode)}
        for anode in ("silicon-graphite", "graphite")
    )  # fmt: skip
    assert 1 == blend["raman"]["ion-inventory"]
    assert 2 == blend["xrd"]["ion-inventory"]
    for technique in ("raman", "xrd"):
        for goal in ("ion-inventory", "crystalline-phase", "reaction-intermediates"):
            assert 0 < blend[technique][goal] <= alone[technique][goal]


@pytest.mark.parametrize("anode", ["graphite", "silicon", "iron oxide"])
def test_a_chip_hints_at_the_interphase_of_a_host(kb, anode):
    """The layer in a liquid cell was followed on plated metal; for a host it has to be confirmed."""
    assert 1 == ratings(kb, "tem", "liquid-cell", ion="Li", anode=anode)["sei-growth"]
    assert 2 == ratings(kb, "tem", "liquid-cell", ion="Li", anode="lithium metal")["sei-growth"]


def test_one_object_is_confirmed_on_the_electrode(kb):
    """Where one particle answers and a pattern of the electrode answers too, the plan names what the second is for."""
    asked = {"ion": "Na", "anode": "tin", "targets": ("crystalline-phase", "fracture")}
    advice = recommend(ask(kb, **asked), kb)
    best, following = plan(advice).stages[:2]
    assert (("crystalline-phase",), True) == confirms(advice, best, following.experiments[-1].way)
    at_scale = recommend(ask(kb, **asked, scale="particle"), kb)
    best, following = plan(at_scale).stages[:2]
    assert not confirms(at_scale, best, following.experiments[-1].way).wider


def test_amorphous_phosphides_are_seen_twice(kb):
    """NMR and total scattering each see what is amorphous best, and both are usual: the second is no waste."""
    asked = {"ion": "Na", "anode": "red P", "facilities": ("nmr", "synchrotron")}
    for goals in (("amorphous-order",), ("crystalline-phase", "amorphous-order")):
        found = plan(recommend(ask(kb, **asked, targets=goals), kb))
        way, again = independent(found, found.best)
        assert {"nmr", "xrd"} == {way.technique_id, found.best.experiments[0].way.technique_id}
        assert (goals, False) == again


def test_a_stand_in_is_named_in_the_table(kb):
    """What runs in a cell of its own is called so below the table; what takes the cell asked for is not."""
    asked = {"ion": "Li", "anode": "graphite", "targets": ("crystalline-phase",)}
    legend = matrix(recommend(ask(kb, **asked, cell="pouch"), kb)).legend
    assert "In a cell of its own, not in your pouch cell: Raman and TEM" in legend
    assert "of its own" not in matrix(recommend(ask(kb, **asked), kb)).legend
    fibre = recommend(ask(kb, ion="Li", anode="graphite", targets=("sei-composition",), cell="cylindrical"), kb)
    assert "ftir" == fibre.best.id
    assert not stands_in(fibre, fibre.best.route.ways[0])
