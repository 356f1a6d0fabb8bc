"""Each check can fail: one fault at a time, named with file, line and what to do."""

import re
import subprocess
import sys
import textwrap
from functools import cache
from pathlib import Path

import pytest

from insitu_advisor.knowledge import loader, yaml_file
from insitu_advisor.knowledge.errors import KnowledgeError, Problem
from insitu_advisor.knowledge.loader import FILES, Page, build, data_folder, load_knowledge_base

MARK = "# fault"


@cache
def shipped_pages() -> tuple[Page, ...]:
    """The shipped files, as the loader reads them."""
    return tuple(page_of(data_folder() / f"{name}.yaml") for name in FILES)


def page_of(path: Path) -> Page:
    """One file, read and parsed as a user's own."""
    text = yaml_file.read_text(path)
    return Page(path, text, yaml_file.parse(text, path))


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What laying this file over the shipped base complains about."""
    with pytest.raises(KnowledgeError) as caught:
        build([*shipped_pages(), page_of(path)])
    return caught.value.problems


def problem_with(tmp_path: Path, text: str) -> tuple[Problem, int]:
    """The only complaint about an overlay, and the line that bears the mark."""
    path = tmp_path / "own.yaml"
    text = textwrap.dedent(text).lstrip("\n")
    path.write_text(text, encoding="utf-8")
    (problem,) = problems_of(path)
    assert str(path) == problem.file
    (marked,) = (number for number, line in enumerate(text.splitlines(), 1) if line.rstrip().endswith(MARK))
    return problem, marked


def line_after(text: str, *starts: str) -> int:
    """Number of the line reached by looking for lines that start with each word in turn."""
    lines = iter(enumerate(text.splitlines(), 1))
    for start in starts:
        number = next(number for number, line in lines if line.strip().startswith(start))
    return number


def without(text: str, *starts: str) -> str:
    """A shipped text with one entry, found as by `line_after`, cut out."""
    lines = text.splitlines(keepends=True)
    first = line_after(text, *starts) - 1
    indent = len(lines[first]) - len(lines[first].lstrip())
    last = first + 1
    while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > indent):
        last += 1
    return "".join(lines[:first] + lines[last:])


OVERLAYS = {
    "unknown-source": (
        """
        techniques:
          xrd:
            information:
              lattice-strain:
                rating: 3
                sees: Spacing.
                basis: literature
                sources: [finegan2021]  # fault
        """,
        "there is no reference 'finegan2021'; did you mean 'finegan2020'?",
    ),
    "unknown-source-in-a-list": (
        """
        techniques:
          xrd:
            checklist:
              - do: Measure the empty cell.
              - do: Seal the window.
                basis: literature
                sources: [lblcell2004]  # fault
        """,
        "there is no reference 'lblcell2004'; did you mean 'lblcell2003'?",
    ),
    "rated-target": (
        """
        techniques:
          xrd:
            information:
              strain: {rating: 3, sees: Spacing.}  # fault
        """,
        "there is no target 'strain'; did you mean 'lattice-strain'?",
    ),
    "blind-target": (
        """
        techniques:
          xrd:
            blind_to:
              colour: Not seen.  # fault
        """,
        "there is no target 'colour'; known are amorphous-order, bond-disorder",
    ),
    "target-in-both-lists": (
        """
        techniques:
          xrd:
            information:
              fracture: {rating: 1, sees: Broadening.}
            blind_to:
              fracture: Not seen.  # fault
        """,
        "target 'fracture' stands under 'information' as well; keep one",
    ),
    "facility-of-a-variant": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                facilities: [lab-xrf]  # fault
        """,
        "there is no facility 'lab-xrf'; did you mean 'lab-xrd'?",
    ),
    "rated-target-of-a-variant": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                information:
                  fractures: {rating: 1, sees: Broadening.}  # fault
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "blind-target-of-a-variant": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                blind_to:
                  fractures: Not seen.  # fault
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "variant-with-a-target-in-both-lists": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                information:
                  sei-growth: {rating: 1, sees: A little.}
                blind_to:
                  sei-growth: Not seen.  # fault
        """,
        "target 'sei-growth' is rated here as well; keep one of the two",
    ),
    "blind-spot-material": (
        """
        techniques:
          xrd:
            blind_spots:
              - says: It misleads.
                check: Look twice.
                when: {material: [silicone]}  # fault
        """,
        "there is no material 'silicone'; did you mean 'silicon'?",
    ),
    "blind-spot-variant": (
        """
        techniques:
          xrd:
            blind_spots:
              - says: It misleads.
                check: Look twice.
              - says: It misleads again.
                check: Look thrice.
                when: {variant: [liquid-cell]}  # fault
        """,
        "there is no variant 'liquid-cell'; known are laboratory, synchrotron, total-scattering",
    ),
    "blind-spot-target": (
        """
        techniques:
          xrd:
            blind_spots:
              - says: It misleads.
                check: Look twice.
                when: {target: [sei]}  # fault
        """,
        "there is no target 'sei'",
    ),
    "pairing-with-unknown-member": (
        """
        combinations:
          xrd+saxs:
            name: XRD + SAXS
            members: [xrd, saxs]  # fault
            idea: Layers and pores.
            adds: {xrd: Layers., saxs: Pores.}
        """,
        "there is no technique 'saxs'; did you mean 'sans'?",
    ),
    "pairing-with-other-members": (
        """
        combinations:
          xrd+nmr:
            name: XRD + NMR
            members: [nmr, xrd]  # fault
            idea: Long and short range.
            adds: {xrd: Long range., nmr: Short range.}
        """,
        "must be the two techniques of 'xrd+nmr', in that order",
    ),
    "pairing-that-adds-a-stranger": (
        """
        combinations:
          xrd+nmr:
            name: XRD + NMR
            members: [xrd, nmr]
            idea: Long and short range.
            adds: {xrd: Long range., eis: Resistance.}  # fault
        """,
        "there is no member 'eis'; known are nmr, xrd",
    ),
    "pairing-in-the-other-order": (
        """
        combinations:
          tem+xrd:  # fault
            name: TEM + XRD
            members: [tem, xrd]
            idea: The same pairing again.
            adds: {tem: Particle., xrd: Electrode.}
        """,
        "pairs the same techniques as 'xrd+tem'; keep one of the two",
    ),
    "pairing-of-one-technique": (
        """
        combinations:
          xrd+xrd:
            name: XRD twice
            members: [xrd, xrd]  # fault
            idea: Twice the same.
            adds: {xrd: Nothing.}
        """,
        "must be two different techniques",
    ),
    "rule-technique": (
        "rules: {own: {kind: caution, technique: xdr, sentence: Mind the gap.}}  # fault",
        "there is no technique 'xdr'; did you mean 'xrd'?",
    ),
    "rule-target": (
        """
        rules:
          own:
            kind: cap
            technique: xrd
            targets: [lattice-stain]  # fault
            rating: 1
            sentence: Mind the gap.
        """,
        "there is no target 'lattice-stain'; did you mean 'lattice-strain'?",
    ),
    "rule-condition-target": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            when:
              targets: [dendrites]  # fault
            sentence: Mind the gap.
        """,
        "there is no target 'dendrites'; known are amorphous-order",
    ),
    "rule-condition-material": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            when:
              materials: [graphit]  # fault
            sentence: Mind the gap.
        """,
        "there is no material 'graphit'; did you mean 'graphite'?",
    ),
    "rule-condition-trait": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            when:
              traits: [metalic]  # fault
            sentence: Mind the gap.
        """,
        "there is no trait 'metalic'; did you mean 'metallic'?",
    ),
    "rule-variant": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            variants: [open-cell]  # fault
            sentence: Mind the gap.
        """,
        "there is no variant 'open-cell'; known are laboratory, synchrotron, total-scattering",
    ),
    "assumed-target": (
        """
        assumed_targets:
          alloy:
            targets: [fractures]  # fault
            because: It breaks.
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "preset-facility": (
        """
        presets:
          ours:
            name: ours
            means: What we have.
            facilities: [ramen]  # fault
        """,
        "there is no facility 'ramen'; did you mean 'raman'?",
    ),
    "preset-named-like-a-facility": (
        """
        presets:
          raman:  # fault
            name: ours
            means: What we have.
            facilities: [raman]
        """,
        "goes by the word of the preset 'raman'; choose another name",
    ),
    "facility-named-like-a-preset": (
        """
        facilities:
          our-hall:  # fault
            name: Bench
            access: Ours.
        """,
        "goes by the word of the preset 'bench'; choose another name",
    ),
    "facility-with-the-alias-of-a-preset": (
        """
        facilities:
          our-hall:  # fault
            name: hall
            aliases: [BENCH]
            access: Ours.
        """,
        "goes by the word of the preset 'bench'; choose another name",
    ),
    "material-trait": (
        """
        materials:
          tellurium:
            name: tellurium
            type: alloy
            because: It alloys.
            traits: [semimetall]  # fault
        """,
        "there is no trait 'semimetall'; did you mean 'semimetal'?",
    ),
    "material-trait-with-one-ion": (
        """
        materials:
          tellurium:
            name: tellurium
            type: alloy
            because: It alloys.
            traits_with:
              Na: [amorphous]  # fault
        """,
        "there is no trait 'amorphous'; did you mean 'amorphous-product'?",
    ),
    "ambiguous-material": (
        """
        materials:
          silicon-wafer:  # fault
            name: silicon wafer
            aliases: [SI]
            type: alloy
            because: It alloys.
        """,
        "shares the word 'si' with 'silicon'; one word can mean one thing only",
    ),
    "ambiguous-facility": (
        """
        facilities:
          second-magnet:  # fault
            name: second magnet
            aliases: [NMR  Spectrometer]
            access: Upstairs.
        """,
        "shares the word 'nmr spectrometer' with 'nmr'; one word can mean one thing only",
    ),
    "ambiguous-target": (
        """
        targets:
          fracture:
            name: fracture
            definition: Cracks.
          solvation:  # fault
            name: solvation
            definition: Shell of the ion.
            aliases: [Lattice_Parameter]
        """,
        "shares the word 'lattice parameter' with 'lattice-strain'; one word can mean one thing only",
    ),
    "ambiguous-technique": (
        """
        techniques:
          sans:  # fault
            short: Xrd
        """,
        "shares the word 'xrd' with 'xrd'; one word can mean one thing only",
    ),
    "technique-named-like-a-later-one": (
        """
        techniques:
          xrd:  # fault
            short: TEM
        """,
        "shares the word 'tem' with",
    ),
    "material-named-like-an-anode-type": (
        """
        materials:
          brass:  # fault
            name: alloy
            type: alloy
            because: It is one.
        """,
        "goes by the word 'alloy', which means an anode type",
    ),
    "material-with-the-alias-of-an-anode-type": (
        """
        materials:
          brass:  # fault
            name: brass
            aliases: [Conversion]
            type: alloy
            because: It is one.
        """,
        "goes by the word 'Conversion', which means an anode type",
    ),
    "study-reference": (
        """
        studies:
          own:
            reference: us2026  # fault
            ions: [Li]
            anode: [alloy]
            material: silicon
            techniques: [xrd]
            in_review_list: false
            confirmed_by: title
        """,
        "there is no reference 'us2026'",
    ),
    "study-technique": (
        """
        studies:
          own:
            reference: finegan2020
            ions: [Li]
            anode: [alloy]
            material: silicon
            techniques: [xdr]  # fault
            in_review_list: false
            confirmed_by: title
        """,
        "there is no technique 'xdr'; did you mean 'xrd'?",
    ),
    "study-question": (
        """
        studies:
          own:
            reference: finegan2020
            ions: [Li]
            anode: [alloy]
            material: silicon
            techniques: [xrd]
            in_review_list: false
            confirmed_by: title
            asked: [fractures]  # fault
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "conflict-technique": (
        """
        conflicts:
          own:
            topic: Who is right
            one_side: {says: We are.}
            other_side: {says: They are.}
            advice: Ask again.
            techniques: [xdr]  # fault
        """,
        "there is no technique 'xdr'; did you mean 'xrd'?",
    ),
    "conflict-material": (
        """
        conflicts:
          own:
            topic: Who is right
            one_side: {says: We are.}
            other_side: {says: They are.}
            advice: Ask again.
            materials: [graphit]  # fault
        """,
        "there is no material 'graphit'; did you mean 'graphite'?",
    ),
    "conflict-target": (
        """
        conflicts:
          own:
            topic: Who is right
            one_side: {says: We are.}
            other_side: {says: They are.}
            advice: Ask again.
            targets: [fractures]  # fault
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "conflict-source": (
        """
        conflicts:
          own:
            topic: Who is right
            one_side: {says: We are.}
            other_side:
              says: They are.
              sources: [them2020]  # fault
            advice: Ask again.
        """,
        "there is no reference 'them2020'",
    ),
    "reference-technique": (
        """
        references:
          us2026:
            kind: article
            title: Our paper
            in_situ: [xdr]  # fault
        """,
        "there is no technique 'xdr'; did you mean 'xrd'?",
    ),
    "reference-without-title": (
        """
        references:
          us2026:  # fault
            kind: article
            authors: Us
        """,
        "needs a 'title', or 'about' in our own words for a title not seen",
    ),
    "duplicate-key": (
        """
        traits:
          magnetic: Attracted by a magnet.
          magnetic: Repelled by a magnet.  # fault
        """,
        "the key 'magnetic' stands here a second time; merge the two entries",
    ),
    "unknown-section": (
        """
        traits: {}
        rule: {}  # fault
        """,
        "there is no section 'rule'; did you mean 'rules'?",
    ),
    "unknown-field": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            sentense: Mind the gap.  # fault
            sentence: Mind the gap.
        """,
        "there is no field 'sentense' here; check the spelling against a shipped entry",
    ),
    "missing-field": (
        """
        rules:
          own:  # fault
            kind: caution
            technique: xrd
        """,
        "'sentence' is missing; add it",
    ),
    "rating-too-high": (
        """
        techniques:
          xrd:
            information:
              fracture:
                rating: 4  # fault
                sees: Broadening.
        """,
        "4 is no rating; write 1, 2 or 3, and give a zero with its reason under 'blind_to'",
    ),
    "rating-zero": (
        """
        techniques:
          xrd:
            information:
              fracture:
                rating: 0  # fault
                sees: Broadening.
        """,
        "0 is no rating; write 1, 2 or 3, and give a zero with its reason under 'blind_to'",
    ),
    "rating-of-a-rule": (
        """
        rules:
          own:
            kind: cap
            technique: xrd
            targets: [fracture]
            rating: 4  # fault
            sentence: Mind the gap.
        """,
        "should be less than or equal to 3",
    ),
    "tier-of-the-technique": (
        """
        techniques:
          xrd:
            cost:
              tier: cheap  # fault
              says: It costs little.
        """,
        "'cheap' is no tier; write low, moderate, high or very-high, with + for half a step more",
    ),
    "tier-above-the-last": (
        """
        techniques:
          tem:
            cost:
              tier: very-high+  # fault
              says: Ours is dear.
        """,
        "'very-high+' is no tier; write low, moderate, high or very-high",
    ),
    "tier-of-a-variant": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                preparation:
                  tier: moderate++  # fault
                  says: It takes a while.
        """,
        "'moderate++' is no tier; write low, moderate, high or very-high, with + for half a step more",
    ),
    "ion": (
        """
        techniques:
          xrd:
            ions:
              Mg: {standing: 1, why: Rare.}  # fault
        """,
        "'Mg' is not allowed; choose from 'Li', 'Na' or 'K'",
    ),
    "basis": (
        """
        techniques:
          xrd:
            cost:
              tier: low
              says: It costs little.
              basis: hearsay  # fault
        """,
        "'hearsay' is no basis; write review N.N, literature, facility, derived or judgement",
    ),
    "literature-without-source": (
        """
        techniques:
          xrd:
            cost:  # fault
              tier: low
              says: It costs little.
              basis: literature
        """,
        "basis 'literature' needs at least one key in 'sources'",
    ),
    "facility-page-without-source": (
        """
        techniques:
          xrd:
            cost:  # fault
              tier: low
              says: It costs little.
              basis: facility
        """,
        "basis 'facility' needs at least one key in 'sources'",
    ),
    "escape-sequence-in-text": (
        """
        traits:
          magnetic: "\\e[31mred"  # fault
        """,
        "holds a control character (U+001B); write plain text",
    ),
    "text-direction-override": (
        """
        traits:
          magnetic: ab\u202ecd  # fault
        """,
        "holds a control character (U+202E); write plain text",
    ),
    "line-break-in-text": (
        """
        traits:
          magnetic: |  # fault
            Attracted
            by a magnet.
        """,
        "holds a line break; write '>-' instead of '|' to fold the lines into one",
    ),
    "empty-text": (
        """
        traits:
          magnetic: ""  # fault
        """,
        "at least 1 character",
    ),
    "time-in-minutes": (
        """
        techniques:
          xrd:
            variants:
              laboratory:  # fault
                resolution:
                  - {quantity: time-per-point, value: 5, unit: min, means: Our setting.}
        """,
        "time-per-point must be given in s",
    ),
    "tempo-beside-a-printed-time": (
        """
        techniques:
          xrd:
            variants:
              laboratory:  # fault
                tempo: {class: minutes, because: We think so.}
        """,
        "a printed time-per-point leaves no room for a tempo class",
    ),
    "tempo-class": (
        """
        techniques:
          xrd:
            variants:
              total-scattering:
                tempo:
                  class: days  # fault
                  because: We think so.
        """,
        "'days' is not allowed; choose from 'seconds', 'minutes', 'tens-of-minutes' or 'hours'",
    ),
    "cap-without-rating": (
        """
        rules:
          own:  # fault
            kind: cap
            technique: xrd
            targets: [fracture]
            sentence: Mind the gap.
        """,
        "'cap' rules need 'targets' and a 'rating'",
    ),
    "raise-without-targets": (
        """
        rules:
          own:  # fault
            kind: raise
            technique: xrd
            rating: 2
            sentence: Mind the gap.
        """,
        "'raise' rules need 'targets' and a 'rating'",
    ),
    "caution-with-rating": (
        """
        rules:
          own:  # fault
            kind: caution
            technique: xrd
            rating: 2
            sentence: Mind the gap.
        """,
        "'caution' rules take neither 'targets' nor 'rating' (put targets under 'when')",
    ),
    "cap-that-depends-on-targets": (
        """
        rules:
          own:  # fault
            kind: cap
            technique: xrd
            when: {targets: [fracture]}
            targets: [fracture]
            rating: 1
            sentence: Mind the gap.
        """,
        "'cap' rules may depend on ions, anodes, materials and traits only",
    ),
    "exclude-that-depends-on-the-rate": (
        """
        rules:
          own:  # fault
            kind: exclude
            technique: xrd
            when: {c_rate_above: 2}
            sentence: Mind the gap.
        """,
        "'exclude' rules may depend on ions, anodes, materials and traits only",
    ),
    "rule-kind": (
        """
        rules:
          own:
            kind: warn  # fault
            technique: xrd
            sentence: Mind the gap.
        """,
        "'warn' is not allowed; choose from 'cap', 'raise', 'exclude', 'caution' or 'prepare'",
    ),
    "doi": (
        """
        references:
          us2026:
            kind: article
            title: Our paper
            doi: https://doi.org/10.1000/182  # fault
        """,
        "'https://doi.org/10.1000/182' does not fit the pattern",
    ),
    "link-that-is-no-link": (
        """
        references:
          us2026:
            kind: maker
            title: Our page
            url: javascript:alert(1)  # fault
        """,
        "'javascript:alert(1)' does not fit the pattern ^https?://",
    ),
    "section-left-empty": (
        """
        techniques:  # fault
        """,
        "must be a mapping: indented lines of 'key: value'",
    ),
    "text-for-a-mapping": (
        """
        rules:
          own: Mind the gap.  # fault
        """,
        "must be a mapping: indented lines of 'key: value'",
    ),
    "text-for-a-list": (
        """
        materials:
          tellurium:
            name: tellurium
            aliases: Te  # fault
            type: alloy
            because: It alloys.
        """,
        "must be a list, such as [one, two]",
    ),
}


@pytest.mark.parametrize("fault", OVERLAYS)
def test_fault_is_named_with_its_line(tmp_path, fault):
    """One fault in a user's file gives one complaint, at the faulty line, that says what to do."""
    text, words = OVERLAYS[fault]
    problem, marked = problem_with(tmp_path, text)
    assert words in problem.what
    assert marked == problem.line


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
    "all-variants": ("techniques", ("ftir:", "variants:"), ("ftir:",), "'variants' is missing; add it"),
    "assumed-targets": ("targets", ("assumed_targets:", "unknown:"), ("assumed_targets:",), "has no entry for"),
    "reference": (
        "references",
        ("abellan2014:",),
        (),
        "there is no reference 'abellan2014'",
    ),
}


@pytest.mark.parametrize("word", ["unknown", "any", "alloying", "oxide"])
def test_material_named_like_another_word_for_an_anode(tmp_path, word):
    """A material cannot go by a word that a question takes for an anode type or for an open one."""
    path = tmp_path / "own.yaml"
    path.write_text(f"materials:\n  own: {{name: {word}, type: alloy, because: It is one.}}\n")
    assert 2 == problems_of(path)[0].line


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


def test_uncut_files_build():
    """The shipped files hold together as they are, so that a cut alone explains a complaint."""
    assert build(shipped_pages()).techniques


NEW_TARGET = "targets:\n  colour: {name: colour, definition: Colour of the electrode.}\n"


class TestMessage:
    def test_reads_as_file_line_entry_and_remedy(self, tmp_path):
        """A complaint reads `file:line: path of the entry: what is wrong; what to do`."""
        path = tmp_path / "own.yaml"
        path.write_text("rules:\n  own:\n    kind: caution\n    technique: xdr\n    sentence: Mind the gap.\n")
        (problem,) = problems_of(path)
        expected = f"{path}:4: rules > own > technique: there is no technique 'xdr'; did you mean 'xrd'?"
        assert expected == str(problem)

    def test_every_fault_is_listed(self, tmp_path):
        """Two faults in one file are named together, in one go."""
        path = tmp_path / "own.yaml"
        path.write_text(
            "rules:\n"
            "  one: {kind: caution, technique: xdr, sentence: Mind the gap.}\n"
            "  two: {kind: caution, technique: nmmr, sentence: Mind the gap.}\n"
        )
        assert [2, 3] == [problem.line for problem in problems_of(path)]

    def test_names_the_file_that_speaks_last(self, tmp_path):
        """With several files the complaint names the one that holds the fault."""
        good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
        good.write_text("traits:\n  magnetic: Attracted by a magnet.\n")
        bad.write_text("rules:\n  own: {kind: caution, technique: xdr, sentence: Mind the gap.}\n")
        with pytest.raises(KnowledgeError) as caught:
            load_knowledge_base(bad, good)
        assert [(str(bad), 2)] == [(problem.file, problem.line) for problem in caught.value.problems]

    def test_items_of_a_list_count_from_one(self, tmp_path):
        """A reader counts the first blind spot as number 1."""
        problem, _ = problem_with(tmp_path, OVERLAYS["blind-spot-variant"][0])
        assert "techniques > xrd > blind_spots > 2 > when" == problem.where

    def test_new_target_points_at_the_users_file(self, tmp_path):
        """A target added by a user, on which the techniques say nothing, is a fault of the user's file."""
        path = tmp_path / "own.yaml"
        path.write_text(NEW_TARGET)
        assert [(str(path), 2)] * 8 == [(problem.file, problem.line) for problem in problems_of(path)]

    def test_new_target_names_the_silent_techniques(self, kb, tmp_path):
        """The user learns which techniques say nothing on a new target."""
        path = tmp_path / "own.yaml"
        path.write_text(NEW_TARGET)
        said = [re.findall(r"[\w-]+", f"{problem.where} {problem.what}") for problem in problems_of(path)]
        assert all(technique in words for technique, words in zip(kb.techniques, said, strict=True))

    def test_new_target_in_the_first_of_two_files(self, tmp_path):
        """The file that adds the target is named, even with another of the user's laid over it."""
        first, last = tmp_path / "first.yaml", tmp_path / "last.yaml"
        first.write_text(NEW_TARGET)
        last.write_text("traits: {magnetic: Attracted by a magnet.}\n")
        with pytest.raises(KnowledgeError) as caught:
            load_knowledge_base(first, last)
        assert {str(first)} == {problem.file for problem in caught.value.problems}

    def test_order_of_the_file(self, tmp_path):
        """Complaints about one list come in the order of its lines."""
        path = tmp_path / "own.yaml"
        cells = "".join(f"      word{number}: {{rating: 1, sees: A little.}}\n" for number in range(20))
        path.write_text(f"techniques:\n  xrd:\n    information:\n{cells}")
        assert list(range(4, 24)) == [problem.line for problem in problems_of(path)]

    def test_rating_of_a_rule_may_be_zero(self, tmp_path):
        """A rule is not told to move a zero to a list that rules do not have."""
        problem, _ = problem_with(tmp_path, OVERLAYS["rating-of-a-rule"][0])
        assert "blind_to" not in problem.what

    def test_missing_shipped_files(self, tmp_path, monkeypatch):
        """A broken installation is named as such."""
        monkeypatch.setattr(loader, "PACKAGE", tmp_path / "src" / "package")
        with pytest.raises(KnowledgeError, match="the shipped knowledge base is missing; reinstall insitu-advisor"):
            data_folder()


class TestWrittenWordsStay:
    @pytest.mark.parametrize(
        "word",
        [
            "NO",
            "no",
            "Yes",
            "on",
            "8:1:1",
            "1:1",
            "010",
            "-007",
            "0x1F",
            "1_000",
            "2026-11-22",
        ],
    )
    def test_as_text(self, word):
        """What YAML 1.1 would turn into a truth value, a number or a date stays text."""
        assert {"a": word, word: "a"} == yaml_file.parse(f"a: {word}\n{word}: a\n", Path("own.yaml"))

    @pytest.mark.parametrize(
        ("word", "value"), [("1e-9", 1e-9), ("1E3", 1000.0), ("-2", -2), (".5", 0.5), ("0", 0), ("true", True)]
    )
    def test_as_number(self, word, value):
        """What a chemist means as a number is one, with or without a decimal point."""
        found = yaml_file.parse(f"a: {word}\n", Path("own.yaml"))["a"]
        assert (value, type(value)) == (found, type(found))

    def test_in_the_knowledge_base(self, tmp_path):
        """An alias that YAML 1.1 would read as a truth value or a clock time is found as it was written."""
        path = tmp_path / "own.yaml"
        path.write_text("materials:\n  blend: {name: blend, aliases: [NO, 8:1:1], type: alloy, because: It alloys.}\n")
        assert ("NO", "8:1:1") == load_knowledge_base(path).materials["blend"].aliases

    def test_page_number_with_a_leading_zero(self, tmp_path):
        """A page or article number keeps its leading zero."""
        path = tmp_path / "own.yaml"
        path.write_text("references:\n  us2026: {kind: article, title: Ours, pages: 010}\n")
        assert "010" == load_knowledge_base(path).references["us2026"].pages

    def test_small_number_in_the_knowledge_base(self, tmp_path):
        """1e-9 is a number, not a word."""
        path = tmp_path / "own.yaml"
        path.write_text(
            "techniques:\n  xrd:\n    variants:\n      laboratory:\n        resolution:\n"
            "          - {quantity: lateral, value: 1e-9, unit: nm, means: A tiny step.}\n"
        )
        (figure,) = load_knowledge_base(path).techniques["xrd"].variants["laboratory"].resolution
        assert 1e-9 == figure.value


UNREADABLE = {
    "alias": (b"traits:\n  a: &x Soft.\n  b: *x\n", 3, "uses a YAML alias (*name); write the value out instead"),
    "nesting": (b"traits:\n  a: " + b"[" * 30 + b"]" * 30 + b"\n", 2, "is nested more than 24 levels deep"),
    "deep-nesting": (b"traits: " + b"[" * 9999 + b"]" * 9999, 1, "is nested more than 24 levels deep"),
    "not-utf-8": (b"traits:\n  a: \xc4hnlich\n", None, "is not UTF-8 text (byte 13); save it as UTF-8"),
    "empty": (b"", 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'"),
    "comment-only": (b"# to do\n", 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'"),
    "list-at-top": (b"- traits\n- rules\n", 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'"),
    "text-at-top": (b"traits\n", 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'"),
    "key-twice-deep": (
        b"rules:\n  own:\n    kind: cap\n    kind: raise\n",
        4,
        "the key 'kind' stands here a second time",
    ),
    "key-is-a-number": (b"traits:\n  7: Lucky.\n", 2, "the key 7 is not text; put it in quotes"),
    "two-documents": (b"traits: {}\n---\nrules: {}\n", 2, "is not valid YAML"),
    "tab": (b"traits:\n\ta: Soft.\n", 2, "is not valid YAML"),
    "open-bracket": (b"traits: {a: Soft.\n", 2, "is not valid YAML"),
    "python-object": (
        b"traits: !!python/object/apply:os.getcwd []\n",
        1,
        "uses a YAML tag (tag:yaml.org,2002:python/object/apply:os.getcwd); write the plain value instead",
    ),
    "tag-of-a-bool": (b"traits:\n  a: !!bool maybe\n", 2, "uses a YAML tag (tag:yaml.org,2002:bool)"),
    "tag-of-a-number": (b'traits:\n  a: !!int ""\n', 2, "uses a YAML tag (tag:yaml.org,2002:int)"),
    "tag-of-a-date": (b"traits:\n  a: !!timestamp soon\n", 2, "uses a YAML tag (tag:yaml.org,2002:timestamp)"),
    "tag-of-a-set": (b"traits:\n  a: !!set [1]\n", 2, "uses a YAML tag (tag:yaml.org,2002:set)"),
    "tag-that-fits": (b"traits:\n  a: !!str Soft.\n", 2, "uses a YAML tag (tag:yaml.org,2002:str)"),
    "tag-of-ones-own": (b"traits:\n  a: !own Soft.\n", 2, "uses a YAML tag (!own); write the plain value instead"),
    "control-character": (b"traits:\n  a: \x1b[31mred\n", 2, "holds a control character; write plain text"),
    "endless-number": (b"traits:\n  a: " + b"9" * 5000 + b"\n", None, "cannot be read as YAML"),
}


@pytest.mark.parametrize("file", UNREADABLE)
def test_unreadable_file_is_refused(tmp_path, file):
    """A file that cannot be read as knowledge is refused with file, line where there is one, and the reason."""
    content, line, words = UNREADABLE[file]
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert (str(path), line) == (problem.file, problem.line)
    assert words in problem.what


class TestRefusedPaths:
    def test_missing_file(self, tmp_path):
        """A path that leads nowhere is named."""
        (problem,) = problems_of(tmp_path / "gone.yaml")
        expected = f"{tmp_path / 'gone.yaml'}: there is no such file; check the path"
        assert expected == str(problem)

    def test_folder(self, tmp_path):
        """A folder is no file of knowledge."""
        (problem,) = problems_of(tmp_path)
        assert "is not a regular file; give the path of a YAML file" == problem.what

    def test_locked_file(self, tmp_path, monkeypatch):
        """A file that may not be read is named with the system's reason."""
        path = tmp_path / "own.yaml"
        path.write_text("traits: {}\n")

        def refuse(*_: object, **__: object) -> str:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_text", refuse)
        with pytest.raises(KnowledgeError) as caught:
            yaml_file.read_text(path)
        assert f"{path}: cannot be read: Permission denied" == str(caught.value)

    def test_raw_control_character(self, tmp_path):
        """The complaint about a raw control character does not carry it to the terminal."""
        path = tmp_path / "own.yaml"
        path.write_bytes(b"traits:\n  magnetic: \x1b[31mred\n")
        (problem,) = problems_of(path)
        assert f"{path}:2: holds a control character; write plain text" == str(problem)

    def test_control_character_after_wide_ones(self, tmp_path):
        """The line of a control character is right after text beyond ASCII, such as Å or µ."""
        path = tmp_path / "own.yaml"
        path.write_bytes("traits:\n  a: µµµµµ Å\n  b: red\x07\n  c: Soft.\n".encode())
        assert 3 == problems_of(path)[0].line

    def test_too_large(self, tmp_path):
        """A file above 8 MiB is refused before it is read."""
        path = tmp_path / "own.yaml"
        with path.open("wb") as file:
            file.truncate(8 * 2**20 + 1)
        (problem,) = problems_of(path)
        assert "is larger than 8 MiB; split it" == problem.what

    def test_largest(self, tmp_path):
        """A file of exactly 8 MiB passes."""
        path = tmp_path / "own.yaml"
        text = b"traits: {magnetic: Attracted by a magnet.}\n"
        path.write_bytes(text + b"#" * (8 * 2**20 - len(text)))
        assert "Attracted by a magnet." == load_knowledge_base(path).traits["magnetic"]

    def test_nesting_of_24(self):
        """24 levels pass, 25 do not."""
        text = "a: " + "[" * 23 + "]" * 23
        assert ["a"] == list(yaml_file.parse(text, Path("own.yaml")))
        with pytest.raises(KnowledgeError, match="nested more than 24 levels"):
            yaml_file.parse("a: " + "[" * 24 + "]" * 24, Path("own.yaml"))

    def test_byte_order_mark(self, tmp_path):
        """A file saved by a Windows editor is read."""
        path = tmp_path / "own.yaml"
        path.write_bytes(b"\xef\xbb\xbftraits:\r\n  magnetic: Attracted by a magnet.\r\n")
        assert "Attracted by a magnet." == load_knowledge_base(path).traits["magnetic"]


@pytest.mark.parametrize("module", ["insitu_advisor"])
def test_nothing_is_read_at_import(module):
    """Importing the package loads neither a YAML reader nor pydantic, and opens no data file."""
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        f"import {module}\n"
        "print([name for name in ('yaml', 'pydantic') if name in sys.modules])\n"
        "print([name for name in opened if name.endswith('.yaml')])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]\n[]\n" == done.stdout


STRICT = {
    "rating": "techniques: {{xrd: {{information: {{fracture: {{rating: {}, sees: A little.}}}}}}}}",
    "rating-of-a-rule": (
        "rules: {{own: {{kind: cap, technique: xrd, targets: [fracture], rating: {}, sentence: Mind the gap.}}}}"
    ),
    "standing-of-an-ion": "techniques: {{xrd: {{ions: {{K: {{standing: {}, why: Rare.}}}}}}}}",
    "standing-of-a-role": "techniques: {{xrd: {{roles: {{alloy: {{standing: {}, role: Rare.}}}}}}}}",
}
FIGURES = {
    "one": "{}",
    "range": "[1, {}]",
}
LAX = {
    "weight": "profiles: {{own: {{name: own, means: Ours., weights: {{information: {}}}}}}}",
    "c-rate": (
        "rules: {{own: {{kind: caution, technique: xrd, when: {{c_rate_above: {}}}, sentence: Mind the gap.}}}}"
    ),
    "review-number": "references: {{us2026: {{kind: article, title: Ours, review_number: {}}}}}",
}


def with_figure(value: str) -> str:
    """An overlay with one figure of this value."""
    figure = f"{{quantity: lateral, value: {value}, unit: nm, means: A step.}}"
    return f"techniques: {{xrd: {{variants: {{laboratory: {{resolution: [{figure}]}}}}}}}}\n"


class TestNumbers:
    @pytest.mark.parametrize("value", ["true", "'2'", "1.5", "good"])
    @pytest.mark.parametrize("field", STRICT)
    def test_whole_number(self, tmp_path, field, value):
        """A rating or a standing is a whole number, no truth value, text or fraction."""
        problem, marked = problem_with(tmp_path, f"{STRICT[field].format(value)}  {MARK}\n")
        assert "valid integer" in problem.what
        assert marked == problem.line

    @pytest.mark.parametrize("value", ["true", "'2'", "0", "-1", "some"])
    @pytest.mark.parametrize("shape", FIGURES)
    def test_figure(self, tmp_path, shape, value):
        """A figure is one number above zero or two of them, no truth value or text."""
        path = tmp_path / "own.yaml"
        path.write_text(with_figure(FIGURES[shape].format(value)))
        assert {(str(path), 1)} == {(problem.file, problem.line) for problem in problems_of(path)}

    @pytest.mark.parametrize(("value", "expected"), [("5", 5), ("0.5", 0.5), ("[1, 2.5]", (1, 2.5))])
    def test_figure_that_passes(self, tmp_path, value, expected):
        """Whole and decimal numbers and ranges of them are figures."""
        path = tmp_path / "own.yaml"
        path.write_text(with_figure(value))
        (figure,) = load_knowledge_base(path).techniques["xrd"].variants["laboratory"].resolution
        assert expected == figure.value

    @pytest.mark.xfail(strict=True, reason="pydantic reports both branches of a union, with its names in the path")
    def test_figure_has_one_complaint(self, tmp_path):
        """A figure in quotes gives one complaint, at a path that stands in the file."""
        path = tmp_path / "own.yaml"
        path.write_text(with_figure("'2'"))
        expected = ["techniques > xrd > variants > laboratory > resolution > 1 > value"]
        assert expected == [problem.where for problem in problems_of(path)]

    @pytest.mark.parametrize("value", ["true", "'2'"])
    @pytest.mark.parametrize("field", LAX)
    def test_other_number(self, tmp_path, field, value):
        """A weight, a rate or a number in the review's list is no truth value or text either."""
        path = tmp_path / "own.yaml"
        path.write_text(LAX[field].format(value))
        assert problems_of(path)
