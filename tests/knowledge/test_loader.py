"""Each check can fail: one fault at a time, named with file, line and what to do."""

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
        "stands under 'information' as well; keep one of the two",
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
        "has the id of a facility; choose another",
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
        "needs a 'title', or 'about' in our own words where the title was not seen",
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
        "less than or equal to 3",
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
        "greater than or equal to 1",
    ),
    "tier-of-the-technique": (
        """
        techniques:
          xrd:
            cost:
              tier: cheap  # fault
              says: It costs little.
        """,
        "'cheap' does not fit the pattern ^(low|moderate|high|very-high)",
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
        "'moderate++' does not fit the pattern ^(low|moderate|high|very-high)",
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
        "'hearsay' does not fit the pattern ^(review",
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
        "a 'cap' rule needs 'targets' and a 'rating'",
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
        "a 'raise' rule needs 'targets' and a 'rating'",
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
        "a 'caution' rule takes neither 'targets' nor 'rating' (put targets under 'when')",
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
        "a 'cap' rule may depend on ions, anodes, materials and traits only",
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
        "a 'exclude' rule may depend on ions, anodes, materials and traits only",
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
        "valid dictionary",
    ),
}


LINE_OF_THE_PARENT = {"rated-target", "blind-target", "rated-target-of-a-variant", "blind-target-of-a-variant"}
PARENT_ONLY = pytest.mark.xfail(strict=True, reason="the path of the finding ends at the list, not at the unknown word")


@pytest.mark.parametrize(
    "fault", [pytest.param(key, marks=PARENT_ONLY if key in LINE_OF_THE_PARENT else ()) for key in OVERLAYS]
)
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


@pytest.mark.parametrize("fault", sorted(LINE_OF_THE_PARENT))
def test_unknown_target_is_named(tmp_path, fault):
    """A misspelt target is named with the nearest target, if not yet with its own line."""
    text, words = OVERLAYS[fault]
    problem, marked = problem_with(tmp_path, text)
    assert words in problem.what
    assert problem.line in {marked - 1, marked}


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

    def test_missing_shipped_files(self, tmp_path, monkeypatch):
        """A broken installation is named as such."""
        monkeypatch.setattr(loader, "PACKAGE", tmp_path / "src" / "package")
        with pytest.raises(KnowledgeError, match="the shipped knowledge base is missing; reinstall insitu-advisor"):
            data_folder()


ZERO_FIRST = pytest.mark.xfail(strict=True, reason="the pattern for decimal numbers takes 010 for 10.0")


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
            pytest.param("010", marks=ZERO_FIRST),
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

    @ZERO_FIRST
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
    "python-object": (b"traits: !!python/object/apply:os.getcwd []\n", 1, "is not valid YAML: could not determine"),
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
        """A raw control character is refused before it can reach a terminal."""
        path = tmp_path / "own.yaml"
        path.write_bytes(b"traits:\n  magnetic: \x1b[31mred\n")
        (problem,) = problems_of(path)
        assert str(path) == problem.file
        assert "is not valid YAML: unacceptable character #x001b" in problem.what
        assert "\x1b" not in str(problem)

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


class TestKnownHoles:
    """Faults that get past the checks today; each mark goes when the check comes."""

    @pytest.mark.parametrize("value", ["!!bool maybe", '!!int ""', "!!timestamp soon", "!!set [1]"])
    @pytest.mark.xfail(
        strict=True, reason="yaml_file.parse lets KeyError, IndexError, ... of PyYAML's own tags through"
    )
    def test_explicit_tag(self, tmp_path, value):
        """A value that does not fit its explicit tag is a fault of the file."""
        path = tmp_path / "own.yaml"
        path.write_text(f"traits:\n  magnetic: {value}\n")
        assert str(path) == problems_of(path)[0].file

    @pytest.mark.xfail(strict=True, reason="the position in yaml.reader.ReaderError is dropped")
    def test_line_of_a_raw_control_character(self, tmp_path):
        """A raw control character is named with its line."""
        path = tmp_path / "own.yaml"
        path.write_bytes(b"traits:\n  magnetic: \x1b[31mred\n")
        assert 2 == problems_of(path)[0].line

    HOLES = (
        pytest.param(
            """
            techniques:
              xrd:
                variants:
                  laboratory:
                    information:
                      sei-growth: {rating: 1, sees: A little.}
                    blind_to:
                      sei-growth: Not seen.
            """,
            id="variant-with-a-target-in-both-lists",
            marks=pytest.mark.xfail(
                strict=True, reason="check._technique compares the two lists of the technique only"
            ),
        ),
        pytest.param(
            """
            combinations:
              tem+xrd:
                name: TEM + XRD
                members: [tem, xrd]
                idea: The same pairing again.
                adds: {tem: Particle., xrd: Electrode.}
            """,
            id="pairing-in-the-other-order",
            marks=pytest.mark.xfail(
                strict=True, reason="a mirrored pairing stands beside the shipped one as an option"
            ),
        ),
        pytest.param(
            """
            combinations:
              xrd+xrd:
                name: XRD twice
                members: [xrd, xrd]
                idea: Twice the same.
                adds: {xrd: Nothing.}
            """,
            id="pairing-of-one-technique",
            marks=pytest.mark.xfail(strict=True, reason="a technique paired with itself is accepted"),
        ),
        pytest.param(
            """
            techniques:
              xrd:
                short: TEM
            """,
            id="technique-named-like-another",
            marks=pytest.mark.xfail(strict=True, reason="names of techniques are not checked for ambiguity"),
        ),
        pytest.param(
            """
            facilities:
              our-hall:
                name: Bench
                access: Ours.
            """,
            id="facility-named-like-a-preset",
            marks=pytest.mark.xfail(strict=True, reason="only the id of a facility is compared with the presets"),
        ),
        pytest.param(
            """
            materials:
              brass:
                name: alloy
                type: alloy
                because: It is one.
            """,
            id="material-named-like-an-anode-type",
            marks=pytest.mark.xfail(strict=True, reason="read_anode takes the type first, so the name is never found"),
        ),
        pytest.param(
            """
            techniques:
              xrd:
                information:
                  fracture:
                    rating: true
                    sees: Broadening.
            """,
            id="rating-true",
            marks=pytest.mark.xfail(strict=True, reason="pydantic's lax mode takes true for 1"),
        ),
        pytest.param(
            """
            techniques:
              xrd:
                information:
                  fracture:
                    rating: "2"
                    sees: Broadening.
            """,
            id="rating-in-quotes",
            marks=pytest.mark.xfail(strict=True, reason="pydantic's lax mode takes text for a number"),
        ),
    )

    @pytest.mark.parametrize("text", HOLES)
    def test_hole(self, tmp_path, text):
        """A fault that would mislead is refused."""
        path = tmp_path / "own.yaml"
        path.write_text(textwrap.dedent(text))
        assert problems_of(path)

    @pytest.mark.xfail(strict=True, reason="the missing cells are reported in the shipped file, which did not change")
    def test_new_target_points_at_the_users_file(self, tmp_path):
        """A target added by a user, on which the techniques say nothing, is a fault of the user's file."""
        path = tmp_path / "own.yaml"
        path.write_text("targets:\n  colour: {name: colour, definition: Colour of the electrode.}\n")
        assert {str(path)} == {problem.file for problem in problems_of(path)}

    @pytest.mark.xfail(strict=True, reason="the cache is keyed by path alone, so an edited file is not read again")
    def test_edited_file_is_read_again(self, tmp_path):
        """In a notebook, a file mended after an answer counts for the next one."""
        path = tmp_path / "own.yaml"
        path.write_text("traits: {magnetic: One.}\n")
        load_knowledge_base(path)
        path.write_text("traits: {magnetic: Two or more.}\n")
        assert "Two or more." == load_knowledge_base(path).traits["magnetic"]
