"""Depths that follow from a formula are recomputed from the inputs their claims state."""

import re
from math import log, pi, sqrt

import pytest

from .test_invariants import figure

MU_0 = 4e-7 * pi
ELECTRON_REST_ENERGY = 510998.95
C_1S = 285.0


def skin_depth(resistivity: float, frequency: float) -> float:
    """Depth in nm at which a radio field in metal has fallen to 1/e."""
    return 1e9 * sqrt(resistivity / (pi * frequency * MU_0))


def mean_free_path(energy: float, electrons: float, mass: float, density: float, gap: float) -> float:
    """Inelastic mean free path in nm by the TPP-2M formula, with its relativistic factor."""
    slowed = (1 + energy / (2 * ELECTRON_REST_ENERGY)) / (1 + energy / ELECTRON_REST_ENERGY) ** 2
    share = electrons * density / mass
    plasmon = 28.8 * sqrt(share)
    beta = -0.10 + 0.944 / sqrt(plasmon**2 + gap**2) + 0.069 * density**0.1
    gamma = 0.191 * density**-0.5
    loss = beta * log(gamma * slowed * energy) - (1.97 - 0.91 * share) / energy + (53.4 - 20.8 * share) / energy**2
    return slowed * energy / (plasmon**2 * loss) / 10


def stated(pattern: str, words: str) -> float:
    """The number that a claim states as its input."""
    found = re.search(pattern, words)
    assert found is not None
    return float(found[1])


@pytest.mark.parametrize("metal", ["lithium", "sodium"])
def test_skin_depth(kb, metal):
    """The skin of a metal at 300 and 70 MHz follows from its stated resistivity."""
    found = figure(kb, "nmr", "static", "depth", f"skin of {metal} metal")
    resistivity = stated(r"rho = (\S+) ohm m", found.means)
    assert "derived" == found.basis
    expected = [skin_depth(resistivity, frequency) for frequency in (300e6, 70e6)]
    assert [found.low, found.high] == pytest.approx(expected, rel=0.01)


def test_skin_depth_in_the_blind_spot(kb):
    """The warning gives the same depths in µm, and those of copper (1.68e-8 ohm m)."""
    (spot,) = (spot for spot in kb.techniques["nmr"].blind_spots if "skin depth" in spot.says)
    depths = {"lithium": 9.28e-8, "sodium": 4.77e-8, "copper": 1.68e-8}
    for metal, resistivity in depths.items():
        deep, shallow = (round(skin_depth(resistivity, frequency) / 1000) for frequency in (70e6, 300e6))
        assert re.search(rf"{deep} to {shallow}( µm)? in {metal}", spot.says)


@pytest.mark.parametrize(
    ("variant", "of", "photons"),
    [("laboratory", "95 % of the signal, C 1s in Li2CO3", (1486.6,)), ("haxpes", None, (5410.0, 7900.0))],
)
def test_information_depth_of_photoelectrons(kb, variant, of, photons):
    """Three mean free paths of C 1s electrons in lithium carbonate, from the inputs printed beside the figure."""
    found = figure(kb, "xps", variant, "depth", of)
    inputs = {
        "electrons": stated(r"(\d+) valence electrons", found.means),
        "mass": stated(r"([\d.]+) g/mol", found.means),
        "density": stated(r"([\d.]+) g/cm³", found.means),
        "gap": stated(r"gap of (\d+) eV", found.means),
    }
    expected = [round(3 * mean_free_path(photon - C_1S, **inputs)) for photon in photons]
    assert [found.low, found.high] == [expected[0], expected[-1]]
    assert "derived" == found.basis
