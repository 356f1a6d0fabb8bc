"""What a material is, with one ion and with another."""

from insitu_advisor.knowledge.vocabulary import Material, MaterialCaution


def test_traits_with_an_ion_come_on_top():
    """A trait that always holds still holds with an ion it is named for once more."""
    traits = {"Na": ("soft", "slow"), "K": ("slow",)}
    material = Material(name="x", type="alloy", because="It is.", traits=("soft",), traits_with=traits)
    assert [{"soft"}, {"soft", "slow"}, {"soft", "slow"}, {"soft"}] == [
        material.traits_for(ion) for ion in ("Li", "Na", "K", None)
    ]


def test_a_warning_says_nothing_of_the_reaction_unless_it_says_so():
    """A warning is for all ions, and is not that the material hardly reacts."""
    warning = MaterialCaution(says="Mind it.", basis="judgement")
    assert (("Li", "Na", "K"), False) == (warning.ions, warning.hardly_reacts)
