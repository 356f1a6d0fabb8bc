"""What is missing from the shipped files is found, at the place it belongs to."""

import pytest

from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.errors import KnowledgeError
from insitu_advisor.knowledge.loader import FILES, Page, build
from knowledge.own_files import line_after, shipped_pages, without

CUTS = {
    "rated-cell": (
        "techniques",
        ("xrd:", "information:", "lattice-strain:"),
        ("xrd:", "information:"),
        "says nothing on target 'lattice-strain'; rate it under 'information', or give the reason under 'blind_to'",
    ),
    "blind-cell": (
        "techniques",
        ("sans:", "blind_to:", "gas-evolution:"),
        ("sans:", "information:"),
        "says nothing on target 'gas-evolution'; rate it under 'information', or give the reason under 'blind_to'",
    ),
    "ion": ("techniques", ("nmr:", "ions:", "K:"), ("nmr:", "ions:"), "has no entry for K"),
    "anode": ("techniques", ("eis:", "roles:", "alloy:"), ("eis:", "roles:"), "has no entry for 'alloy'"),
    "assumed-targets": ("targets", ("assumed_targets:", "unknown:"), ("assumed_targets:",), "has no entry for"),
    "reference": (
        "references",
        ("abellan2014:",),
        (),
        "there is no reference 'abellan2014'",
    ),
}


@pytest.mark.parametrize("cut", CUTS)
def test_gap_in_the_shipped_files_is_found(tmp_path, cut):
    """An entry cut out of a shipped file is missed, at the place it belongs to."""
    name, entry, parent, words = CUTS[cut]
    pages = list(shipped_pages())
    index = FILES.index(name)
    text = without(pages[index].text, *entry)
    path = tmp_path / f"{name}.yaml"
    pages[index] = Page(path, text, yaml_file.parse(text, path))
    with pytest.raises(KnowledgeError) as caught:
        build(pages)
    assert all(words in problem.what for problem in caught.value.problems)
    if parent:
        (problem,) = caught.value.problems
        assert (str(path), line_after(text, *parent)) == (problem.file, problem.line)


def test_a_technique_without_its_file_of_ways_is_missed():
    """A technique nobody says how to do is a fault, at the place where the technique is described."""
    pages = [page for page in shipped_pages() if page.path.parent.name != "ways" or page.path.stem != "ftir"]
    with pytest.raises(KnowledgeError) as caught:
        build(pages)
    (problem,) = caught.value.problems
    assert "'variants' is missing; add it" == problem.what
    assert "techniques > ftir > variants" == problem.where


def test_uncut_files_build():
    """The shipped files hold together as they are, so that a cut alone explains a complaint."""
    assert build(shipped_pages()).techniques
