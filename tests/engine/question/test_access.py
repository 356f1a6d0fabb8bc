"""What a sentence says of instruments: those at hand, those missing, and those that are only mentioned."""

import pytest

from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.sentence import read_sentence
from insitu_advisor.knowledge.loader import load_knowledge_base

KB = load_knowledge_base()
LEXICON = lexicon_of(KB)
THERE = {
    "no TEM, XRD available": {"lab-xrd"},
    "only what is in our department: lab XRD, Raman, no TEM": {"lab-xrd", "raman"},
    "only the department (XRD and Raman)": {"lab-xrd", "raman"},
    "have XRD and Raman": {"lab-xrd", "raman"},
    "we have an XRD and a Raman in the department": {"lab-xrd", "raman"},
    "I can book SANS one day per month": {"neutron-source"},
    "with our Raman microscope": {"raman"},
    "no synchrotron, diffractometer with Mo tube": {"lab-xrd"},
    "we have Raman, no synchrotron, diffractometer in the next building": {"raman", "lab-xrd"},
    "we got TEM time but only the vacuum holder, no liquid cell": {"tem-holder"},
    "TEM with an open-cell holder but no liquid cell": {"tem-holder"},
    "lab XRD with Be window is what we have": {"lab-xrd"},
    "an FTIR is all we have": {"ftir"},
    "we have XRD, does TEM add anything": {"lab-xrd"},
    "we have XRD and Raman, would NMR be worth it": {"lab-xrd", "raman"},
    "have lab XRD w/ Mo source, raman 532nm": {"lab-xrd", "raman"},
    "we are having FTIR (ATR), Raman with SERS": {"ftir", "raman", "raman-enhanced"},
    "equipment: XRD, Raman": {"lab-xrd", "raman"},
    "XRD and Raman are in our lab": {"lab-xrd", "raman"},
    "XRD at home lab, no synchrotron": {"lab-xrd"},
    "impedance + diffraction, both are sitting in our lab": {"potentiostat", "lab-xrd"},
    "we possess a galvanostat and can go to the synchrotron": {"potentiostat", "synchrotron"},
    "the department has a Raman and a powder diffractometer": {"raman", "lab-xrd"},
    "we have FTIR and Raman, no access to big facilities": {"ftir", "raman"},
    "tem holder availible": {"tem-holder"},
    "no NMR, but XPS": {"xps"},
    "no NMR and XPS is next door": {"xps"},
    "no XPS, FTIR and Raman are available": {"ftir", "raman"},
    "no TEM, no NMR, XRD, Raman and FTIR are available": {"lab-xrd", "raman", "ftir"},
    "no TEM but a Raman": {"raman"},
    "no synchrotron, lab XRD is fine": {"lab-xrd"},
    "no TEM and no synchrotron but a good XRD": {"lab-xrd"},
    "no TEM but we have Raman": {"raman"},
    "we have XRD and TEM but no synchrotron": {"lab-xrd", "tem-holder"},
    "only XRD": {"lab-xrd"},
    "XRD is available, TEM is not": {"lab-xrd"},
    "just FTIR": {"ftir"},
    "nothing but a potentiostat": {"potentiostat"},
    "available: XRD, Raman and FTIR": {"lab-xrd", "raman", "ftir"},
    "XRD and Raman are available, TEM only at a partner institute": {"lab-xrd", "raman"},
    "glovebox and FTIR in house": {"ftir"},
    "in-house Raman": {"raman"},
    "there is a Raman in our lab": {"raman"},
    "beamtime is possible, money is no problem": {"synchrotron"},
    "neutron time already granted": {"neutron-source"},
    "we don't have XPS but our university is a member of a synchrotron": {"synchrotron"},
    "no money for neutrons, no access to NMR, XPS next door": {"xps"},
    "lab xrd raman potentiostat": {"lab-xrd", "raman", "potentiostat"},
    "equipment: XRD, Raman microscope, potentiostat": {"lab-xrd", "raman", "potentiostat"},
    "we got beamtime at ESRF": {"synchrotron"},
    "all we have is a potentiostat": {"potentiostat"},
    "apart from EIS we have nothing": {"potentiostat"},
    "XPS is ok, TEM no": {"xps"},
    "XRD yes, TEM no, Raman no": {"lab-xrd"},
    "w/ XRD & Raman only": {"lab-xrd", "raman"},
    "I can borrow an FTIR, Raman is always booked": {"ftir"},
    "we could borrow a Raman from the chemistry department": {"raman"},
}
MISSING = {
    "please don't suggest XPS": ["xps"],
    "no glovebox transfer for the XPS, so please dont suggest that": ["xps"],
    "we don't have access to TEM": {"tem"},
    "we dont have access to TEM": {"tem"},
    "we do not have access to NMR": {"nmr"},
    "without access to Raman": {"raman"},
    "I don't own a Raman": {"raman"},
    "we haven't got an XPS": {"xps"},
    "we lost access to NMR": {"nmr"},
    "no access to neutrons or XPS": {"sans", "xps"},
    "no TEM or NMR available": {"tem", "nmr"},
    "neither TEM nor NMR": {"tem", "nmr"},
    "we can't do TEM because our samples are too thick": {"tem"},
    "we cannot use TEM": {"tem"},
    "we are not allowed to use TEM": {"tem"},
    "TEM cannot be used": {"tem"},
    "TEM is not an option": {"tem"},
    "TEM isn't available": {"tem"},
    "TEM and XPS are out of reach": {"tem", "xps"},
    "our TEM is broken": {"tem"},
    "we have a TEM but it is broken": {"tem"},
    "TEM would be too expensive": {"tem"},
    "anything but TEM": {"tem"},
    "without going to TEM": {"tem"},
    "I'd rather avoid TEM": {"tem"},
    "not available: TEM, neutrons": {"tem", "sans"},
    "not XPS": {"xps"},
    "my supervisor wants NMR but we can't afford it": {"nmr"},
    "there is a TEM but nobody can run it": {"tem"},
    "TEM is always booked": {"tem"},
    "we'd rather not use TEM": {"tem"},
}
MENTIONED = [
    "our impedance goes up every cycle",
    "our XRD shows nothing",
    "my EIS shows two arcs",
    "XRD shows nothing, everything amorphous",
    "studies have shown with XRD",
    "does anybody have Raman data?",
    "which instruments show more, XRD or Raman?",
    "do we have to use TEM?",
    "is TEM possible in a coin cell?",
    "is a Raman microscope enough, or do we need to pay for XRD?",
    "I have no idea which of XRD or TEM is better",
    "we can't see the film by XRD",
    "why not XRD?",
    "we have already measured XRD and it shows nothing",
    "XRD and Raman or TEM?",
    "FTIR or Raman?",
]


def at_hand(words):
    """The instruments read from what is said after a goal and an anode; None where nothing limits them."""
    read = read_sentence(LEXICON, f"SEI on graphite. {words[0].upper()}{words[1:]}")
    return None if read.facilities is None else set(read.facilities.value)


@pytest.mark.parametrize("words", THERE)
def test_there(words):
    """Only what is said to be there counts, whatever is said to be missing beside it."""
    assert THERE[words] == at_hand(words)


def own(technique):
    """Instruments that serve no other technique: with TEM away, a synchrotron stays."""
    others = set().union(*(LEXICON.used_by(other) for other in KB.techniques if other != technique))
    return LEXICON.used_by(technique) - others


@pytest.mark.parametrize("words", MISSING)
def test_missing(words):
    """What is denied in any of the usual ways is left out with its technique; everything else stays."""
    assert set(KB.facilities) - at_hand(words) == set().union(*map(own, MISSING[words]))


@pytest.mark.parametrize("words", MENTIONED)
def test_mentioned(words):
    """A technique that is asked about, or was used before, limits nothing."""
    assert at_hand(words) is None


def test_all_but_one_of_a_preset():
    """`Everything at our core facility except NMR` is the core facility without its magnets."""
    magnets = {"nmr", "nmr-mas", "nmr-imaging"}
    found = at_hand("we have everything at our core facility except NMR")
    assert set(KB.presets["core-facility"].facilities) - magnets == found


@pytest.mark.parametrize("words", ["no large-scale facilities", "large facilities are out of reach"])
def test_what_only_the_denied_preset_holds(words):
    """Without big facilities, what the department and the core facility hold is still there."""
    small = set(KB.presets["core-facility"].facilities)
    assert small <= at_hand(words)
    assert {"synchrotron", "neutron-source"}.isdisjoint(at_hand(words))


def test_the_same_behind_the_option():
    """`--facility` reads the same words in the same way."""
    words = "no TEM and no synchrotron but a good XRD"
    assert ("lab-xrd",) == ask(KB, anode="graphite", ion="Li", facilities=[words]).facilities.value


def test_what_decides_nothing_is_said():
    """A cycler or a glovebox that is at hand limits no technique, and the reader is told."""
    read = read_sentence(LEXICON, "SEI on graphite, we only have a battery cycler")
    assert read.facilities is None
    assert ("'battery cycler' limits no technique here",) == read.notes
    assert () == read_sentence(LEXICON, "SEI on graphite. Is a glovebox needed?").notes


@pytest.mark.parametrize(("between", "heard"), [(0, True), (13, True), (14, False), (20, False)])
def test_having_reaches_only_so_far(between, heard):
    """A word of having speaks of an instrument up to fourteen words on, and not of one at the end of a long clause."""
    assert heard == (at_hand(f"we have {'gadget ' * between}TEM") is not None)


def test_the_order_is_that_of_the_knowledge_base():
    """Instruments are listed in one order, whatever the order in which they were named."""
    one, other = (
        read_sentence(LEXICON, f"SEI on graphite, we have {words}").facilities.value
        for words in ("a TEM, Raman and XRD", "XRD, Raman and a TEM")
    )
    assert one == other == tuple(key for key in KB.facilities if key in one)


@pytest.mark.parametrize(
    ("words", "techniques"),
    [
        ("is Raman or XRD better for staging of graphite", ("raman", "xrd")),
        ("operando NMR vs operando EIS for plating on graphite", ("nmr", "eis")),
        ("SEI on graphite, we have FTIR, would XPS show more", ("xps",)),
        ("SEI on graphite, no XPS", ()),
        ("impedance of graphite", ()),
        ("SEI on graphite from cars", ()),
        ("potential drift of graphite, and a mid-frequency arc", ()),
    ],
)
def test_only_named(words, techniques):
    """A technique that is named, and not said to be there or missing, is one the reader wants to hear about."""
    assert techniques == ask(KB, sentence=words).said.techniques
