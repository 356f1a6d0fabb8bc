"""What can be said of the very cell one asks about, and of blends: facts that an electrochemist checked."""

from __future__ import annotations

import pytest

from insitu_advisor import ask, recommend
from insitu_advisor.engine.inquiry.outside import outside
from insitu_advisor.engine.inquiry.plan import confirms, plan
from insitu_advisor.engine.method.criteria import ANSWERS, information
from insitu_advisor.engine.method.system import read_system


def ratings(kb, technique, variant, **asked):
    """The ratings of one way after the rules."""
    found = read_system(kb, ask(kb, **asked)).ways[technique]
    return next(way for way in found if way.variant_id == variant).ratings


@pytest.mark.parametrize("cell", ["pouch", "cylindrical"])
@pytest.mark.parametrize("anode", ["graphite", "silicon", "iron oxide", "lithium metal"])
def test_no_closed_cell_fits_a_holder(kb, cell, anode):
    """Of a pouch or cylindrical cell a microscope gives hints at most."""
    for way in read_system(kb, ask(kb, ion="Li", anode=anode, cell=cell)).ways["tem"]:
        assert set(way.ratings.values()) <= {0, 1}


def test_an_unopened_cell_stays_out_of_the_microscope(kb):
    """A cell that is not opened is no matter for TEM at all."""
    advice = recommend(ask(kb, ion="Li", anode="graphite", targets=("fracture",), cell="unopened"), kb)
    assert not advice.ranks("tem")


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
    assert ("crystalline-phase",) == confirms(advice, best, following)
    at_scale = recommend(ask(kb, **asked, scale="particle"), kb)
    assert () == confirms(at_scale, *plan(at_scale).stages[:2])
