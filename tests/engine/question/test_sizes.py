"""What the name of an anode tells of the size of its particles, and what follows for who can tell one from the next."""

import pytest

from engine.checks import advise
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.engine.question.ask import ask


def _traits(kb, anode):
    return frozenset(ask(kb, anode=anode).anode.value.traits)


@pytest.mark.parametrize(
    "anode",
    [
        "Si nanoparticles", "nano-silicon", "nanosized tin", "SnO2 quantum dots", "crystalline silicon nanoparticles",
        "anatase TiO2 nanocrystals", "Sb nanocrystals", "nano-Si/C", "Cu6Sn5 NPs",
    ],
)  # fmt: skip
def test_nanoparticles(kb, anode):
    """However they are called, listed or read from a formula."""
    assert "nanoparticles" in _traits(kb, anode)


@pytest.mark.parametrize(
    "anode", ["silicon", "Si", "alloy", "Ge nanowires", "TiO2 nanotubes", "MoS2 nanosheets", "nanocrystalline tin film"]
)
def test_no_nanoparticles(kb, anode):
    """Wires and sheets are long, and a film of fine grains is no powder of them."""
    assert "nanoparticles" not in _traits(kb, anode)


def _resolved(kb, anode, scale):
    ways = read_system(kb, ask(kb, anode=anode, ion="Li")).ways
    return {
        f"{way.technique_id} {way.variant_id}"
        for found in ways.values()
        for way in found
        if scale in way.scales and way.scales[scale].reach != "none"
    }


def test_no_focused_beam_parts_nanoparticles(kb):
    """A laser or X-ray spot holds many; electrons and a sharp tip tell one from the next."""
    lost = _resolved(kb, "Sn", "particle") - _resolved(kb, "Sn nanoparticles", "particle")
    assert {"raman confocal", "raman enhanced", "xrd mapping", "xps micro"} == lost
    for scale in ("atomic", "electrode", "cell"):
        assert _resolved(kb, "Sn", scale) == _resolved(kb, "Sn nanoparticles", scale)


def test_what_is_not_resolved_is_no_first_choice(kb):
    """Strain in one nanoparticle is not asked of a spot of light."""
    words = {"ion": "Li", "scale": "particle", "targets": ["lattice-strain", "ion-diffusion"]}
    assert ["raman", "tem"] == [
        next(option.id for option in advise(kb, anode=anode, **words).ranking if "+" not in option.id)
        for anode in ("silicon", "silicon nanoparticles")
    ]


@pytest.mark.parametrize(
    ("sentence", "scale"),
    [
        ("how much does a single carbon fibre swell with K", "particle"),
        ("strain in one Ge nanowire with Li", "particle"),
        ("do dendrites bridge the separator with lithium metal", "cell"),
        ("growth of dendrites between two lithium electrodes", "cell"),
        ("SEI growth on graphite with Li, 1 V between the electrodes", None),
    ],
)
def test_scale_of_a_sentence(kb, sentence, scale):
    """One object is looked at on its own scale; what grows from one electrode to the other, on that of the cell."""
    assert scale == ask(kb, sentence=sentence).scale.value


@pytest.mark.parametrize("metal", ["zinc", "nickel", "copper", "manganese", "iron"])
def test_cyanides_of_two_metals(kb, metal):
    """However the metal is called, they are Prussian-blue analogues, which insert the ion."""
    assert "intercalation" == ask(kb, anode=f"{metal} hexacyanoferrate", ion="Na").anode_type
