"""What a user's own file changes in the knowledge base, and what it leaves alone."""

import textwrap
from collections.abc import Callable, Iterable
from dataclasses import FrozenInstanceError
from itertools import count
from pathlib import Path

import pytest
from pydantic import ValidationError

from insitu_advisor.knowledge import cache
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Entry
from insitu_advisor.knowledge.loader import digest, load_knowledge_base
from insitu_advisor.knowledge.overlay import merge

Lay = Callable[..., KnowledgeBase]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Lay texts over the shipped base, in the order given."""
    number = count()

    def load(*texts: str) -> KnowledgeBase:
        paths = [tmp_path / f"own{next(number)}.yaml" for _ in texts]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        return load_knowledge_base(*paths)

    return load


class TestReplacing:
    def test_rating_forgets_basis_and_source(self, kb, lay):
        """A rating given anew is a judgement without sources unless it says otherwise."""
        old = kb.techniques["xrd"].information["lattice-strain"]
        assert old.basis != "judgement"
        assert old.sources
        own = lay("""
            techniques:
              xrd:
                information:
                  lattice-strain: {rating: 1, sees: Little on our instrument.}
            """)
        sight = own.techniques["xrd"].information["lattice-strain"]
        assert (1, "Little on our instrument.", "judgement", ()) == (
            sight.rating,
            sight.sees,
            sight.basis,
            sight.sources,
        )

    @pytest.mark.parametrize("field", ["cost", "preparation"])
    def test_tier_forgets_basis(self, lay, field):
        """A tier given anew does not pass for the review's."""
        own = lay(f"techniques: {{nmr: {{{field}: {{tier: low, says: We own one.}}}}}}\n")
        assert ("low", "judgement", ()) == (
            getattr(own.techniques["nmr"], field).tier,
            getattr(own.techniques["nmr"], field).basis,
            getattr(own.techniques["nmr"], field).sources,
        )

    @pytest.mark.parametrize(
        ("field", "key", "entry"),
        [("roles", "alloy", "{standing: 1, role: Rare here.}"), ("ions", "K", "{standing: 0, why: Never tried here.}")],
    )
    def test_standing_forgets_basis_and_source(self, kb, lay, field, key, entry):
        """A standing given anew does not keep the ground of the old one; its neighbours stay."""
        own = lay(f"techniques: {{xrd: {{{field}: {{{key}: {entry}}}}}}}\n")
        standings = getattr(own.techniques["xrd"], field)
        assert ("judgement", ()) == (standings[key].basis, standings[key].sources)
        assert len(kb.techniques["xrd"].roles if field == "roles" else kb.techniques["xrd"].ions) == len(standings)

    def test_set_up_line_forgets_basis_and_source(self, kb, lay):
        """One line of the set-up is replaced whole, the other four stay."""
        own = lay("techniques: {xrd: {set_up: {window: {says: Kapton only.}}}}\n").techniques["xrd"].set_up
        old = kb.techniques["xrd"].set_up
        assert ("Kapton only.", "judgement", ()) == (own.window.says, own.window.basis, own.window.sources)
        assert (old.cell, old.sample, old.electrolyte) == (own.cell, own.sample, own.electrolyte)

    def test_figure_list_is_replaced_whole(self, lay):
        """The figures of a variant given anew are the only ones, with their own basis."""
        own = lay("""
            techniques:
              xrd:
                variants:
                  laboratory:
                    resolution:
                      - {quantity: time-per-point, value: 600, unit: s, means: Our own setting.}
            """)
        (figure,) = own.techniques["xrd"].variants["laboratory"].resolution
        assert (600, "judgement", ()) == (figure.value, figure.basis, figure.sources)

    def test_variant_keeps_what_is_not_named(self, kb, lay):
        """A variant merges by field; the other variants stay as they are."""
        own = (
            lay("techniques: {xrd: {variants: {laboratory: {name: our diffractometer}}}}\n").techniques["xrd"].variants
        )
        old = kb.techniques["xrd"].variants
        assert "our diffractometer" == own["laboratory"].name
        assert old["laboratory"].facilities == own["laboratory"].facilities
        assert list(old) == list(own)

    @pytest.mark.parametrize(
        ("section", "key", "entry"),
        [
            ("rules", "nmr-potassium-nucleus", "{kind: caution, technique: nmr, sentence: We do see it.}"),
            ("materials", "silicon", "{name: silicon, type: alloy, because: It alloys.}"),
            ("facilities", "nmr", "{name: our magnet, access: Next door.}"),
        ],
    )
    def test_other_sections_replace_whole_entries(self, kb, lay, section, key, entry):
        """Outside techniques an entry given anew inherits nothing, and its neighbours stay."""
        own = getattr(lay(f"{section}: {{{key}: {entry}}}\n"), section)
        assert {"name", "type", "because", "kind", "technique", "sentence", "access"} >= own[key].model_fields_set
        assert list(getattr(kb, section)) == list(own)

    def test_later_file_wins(self, lay):
        """Files lie over each other in the order given."""
        first = "techniques: {eis: {cost: {tier: high, says: First.}}}\n"
        second = "techniques: {eis: {cost: {tier: moderate, says: Second.}}}\n"
        assert "moderate" == lay(first, second).techniques["eis"].cost.tier
        assert "high" == lay(second, first).techniques["eis"].cost.tier

    def test_merge_changes_neither_side(self):
        """Laying one mapping over another leaves both as they were."""
        base = {"techniques": {"a": {"information": {"x": 1}, "blind_to": {"y": 2}}}}
        over = {"techniques": {"a": {"information": {"y": 3}}}}
        merged = merge(base, over)
        assert {"techniques": {"a": {"information": {"x": 1, "y": 3}, "blind_to": {}}}} == merged
        assert {"techniques": {"a": {"information": {"x": 1}, "blind_to": {"y": 2}}}} == base
        assert {"techniques": {"a": {"information": {"y": 3}}}} == over


class TestMovingTarget:
    def test_from_blind_to_rated(self, lay):
        """A target rated anew is no longer among the blind ones."""
        own = lay("techniques: {xrd: {information: {heterogeneity: {rating: 2, sees: Maps by stage scan.}}}}\n")
        assert 2 == own.techniques["xrd"].information["heterogeneity"].rating
        assert "heterogeneity" not in own.techniques["xrd"].blind_to

    def test_from_rated_to_blind(self, lay):
        """A target given a reason for zero loses its rating."""
        own = lay("techniques: {xrd: {blind_to: {solvation: Not with our background.}}}\n").techniques["xrd"]
        assert "Not with our background." == own.blind_to["solvation"]
        assert "solvation" not in own.information

    def test_within_a_variant(self, kb, lay):
        """The same holds for what one variant says."""
        assert "sei-growth" in kb.techniques["tem"].variants["liquid-cell"].information
        own = lay("techniques: {tem: {variants: {liquid-cell: {blind_to: {sei-growth: Too thin for us.}}}}}\n")
        variant = own.techniques["tem"].variants["liquid-cell"]
        assert ("Too thin for us.", False) == (variant.blind_to["sei-growth"], "sei-growth" in variant.information)


def saxs(kb: KnowledgeBase) -> str:
    """A ninth technique and its pairing with XRD, as a user would write them."""
    blind = "".join(f"      {target}: It does not see this.\n" for target in kb.targets if target != "pore-filling")
    return f"""\
techniques:
  saxs:
    name: Small-angle X-ray scattering
    short: SAXS
    what: Scattering of X-rays at small angles.
    information:
      pore-filling: {{rating: 3, sees: Electron density inside the pores.}}
    blind_to:
{blind}\
    variants:
      laboratory: {{name: laboratory camera, facilities: [saxs-camera]}}
    roles:
      intercalation: {{standing: 1, role: Pores of hard carbon.}}
      alloy: {{standing: 0, role: None found.}}
      conversion: {{standing: 0, role: None found.}}
    ions:
      Li: {{standing: 1, why: Seen through the host.}}
      Na: {{standing: 1, why: Seen through the host.}}
      K: {{standing: 1, why: Seen through the host.}}
    cost: {{tier: moderate+, says: Our camera.}}
    preparation: {{tier: moderate, says: A thin cell.}}
facilities:
  saxs-camera: {{name: SAXS camera, access: Ours.}}
combinations:
  xrd+saxs:
    name: XRD + SAXS
    members: [xrd, saxs]
    idea: Layers and pores.
    adds: {{xrd: Layer spacing., saxs: Pores.}}
"""


class TestAdding:
    def test_new_technique_and_pairing_are_options(self, kb, lay):
        """What a user adds stands beside the shipped options: techniques first, then pairings."""
        options = lay(saxs(kb)).options
        assert 13 == len(options)
        assert (("saxs",), ("xrd", "saxs")) == (options["saxs"], options["xrd+saxs"])
        assert [*kb.techniques, "saxs", *kb.combinations, "xrd+saxs"] == list(options)

    def test_new_option_has_a_name(self, kb, lay):
        """A reader sees the short name of a technique and the name of a pairing."""
        own = lay(saxs(kb))
        assert ("SAXS", "XRD + SAXS") == (own.name("saxs"), own.name("xrd+saxs"))

    def test_shipped_base_is_untouched(self, kb, lay):
        """Loading with an overlay changes nothing for those who load without."""
        lay(saxs(kb))
        assert 11 == len(load_knowledge_base().options)
        assert kb.sha256 == load_knowledge_base().sha256

    def test_overlay_is_named(self, tmp_path, monkeypatch):
        """The base says which files of the user's it was built with, by the paths the user gave."""
        monkeypatch.chdir(tmp_path)
        absolute = tmp_path / "two.yaml"
        Path("one.yaml").write_text("traits: {a: One.}\n")
        absolute.write_text("traits: {b: Two.}\n")
        assert ("one.yaml", str(absolute)) == load_knowledge_base("one.yaml", absolute).overlays


class TestHash:
    TEXT = "traits:\n  magnetic: It is attracted by a magnet.\n"

    def test_overlay_changes_the_hash(self, kb, lay):
        """An answer from a changed base can be told from one of the shipped base."""
        assert kb.sha256 != lay(self.TEXT).sha256

    @pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
    def test_line_ends_do_not_matter(self, tmp_path, ends):
        """A checkout with Windows line ends has the same hash."""
        for folder, end in (("unix", b"\n"), ("other", ends)):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "own.yaml").write_bytes(self.TEXT.encode().replace(b"\n", end))
        unix, other = (load_knowledge_base(tmp_path / folder / "own.yaml") for folder in ("unix", "other"))
        assert unix.sha256 == other.sha256
        assert unix.traits["magnetic"] == other.traits["magnetic"]

    def test_line_ends_inside_a_page_do_not_matter(self):
        """The hash itself takes CRLF for LF, however the text was read."""
        unix, windows = (("own.yaml", text) for text in (self.TEXT, self.TEXT.replace("\n", "\r\n")))
        assert digest([unix]) == digest([windows])

    def test_a_changed_letter_changes_the_hash(self):
        """The hash covers every character."""
        one, two = (("own.yaml", text) for text in (self.TEXT, self.TEXT.replace("magnet.", "magnet!")))
        assert digest([one]) != digest([two])

    def test_order_of_files_changes_the_hash(self, lay):
        """Two overlays in the other order are another base."""
        one, two = "traits: {a: One.}\n", "traits: {b: Two.}\n"
        assert lay(one, two).sha256 != lay(two, one).sha256


def left_out(entries: Iterable[Entry], field: str) -> object:
    """The value of a field in the first entry whose YAML does not name it."""
    return next(getattr(entry, field) for entry in entries if field not in entry.model_fields_set)


class TestReadOnly:
    @pytest.mark.parametrize(
        ("find", "field"),
        [
            (lambda kb: kb, "about"),
            (lambda kb: kb.about, "version"),
            (lambda kb: kb.techniques["xrd"], "short"),
            (lambda kb: kb.techniques["xrd"].information["lattice-strain"], "rating"),
            (lambda kb: kb.rules["nmr-potassium-nucleus"].when, "ions"),
            (lambda kb: kb.references["finegan2020"], "title"),
        ],
        ids=["base", "about", "technique", "rating", "condition", "reference"],
    )
    def test_no_field_can_be_assigned(self, kb, find, field):
        """Assigning to a loaded entry raises, even what it holds already."""
        entry = find(kb)
        with pytest.raises((ValidationError, FrozenInstanceError)):
            setattr(entry, field, getattr(entry, field))

    @pytest.mark.parametrize(
        "find",
        [
            lambda kb: kb.techniques,
            lambda kb: kb.references,
            lambda kb: kb.options,
            lambda kb: kb.techniques["xrd"].information,
            lambda kb: kb.techniques["xrd"].blind_to,
            lambda kb: kb.techniques["xrd"].variants["laboratory"].scales,
            lambda kb: kb.profiles["balanced"].weights,
            lambda kb: kb.combinations["xrd+tem"].adds,
            lambda kb: left_out(kb.techniques["xrd"].variants.values(), "information"),
            lambda kb: left_out(kb.materials.values(), "traits_with"),
        ],
        ids=[
            "techniques",
            "references",
            "options",
            "information",
            "blind_to",
            "scales",
            "weights",
            "adds",
            "variant-information-left-out",
            "traits-with-left-out",
        ],
    )
    def test_no_mapping_takes_an_item(self, kb, find):
        """Item assignment to a loaded mapping is refused."""
        mapping = find(kb)
        before = dict(mapping)
        with pytest.raises(TypeError):
            mapping["new"] = None
        assert before == mapping

    def test_lists_are_tuples(self, kb):
        """A list of the YAML cannot be appended to once it is loaded."""
        technique = kb.techniques["xrd"]
        lists = (technique.blind_spots, technique.checklist, technique.information["lattice-strain"].sources)
        assert {tuple} == {type(item) for item in lists}


class TestSharing:
    def test_loaded_once(self):
        """The same files give the same object, so that it can be shared."""
        assert load_knowledge_base() is load_knowledge_base()

    def test_unchanged_overlay_is_loaded_once(self, tmp_path):
        """The same holds with a file of the user's."""
        path = tmp_path / "own.yaml"
        path.write_text("traits: {magnetic: One.}\n")
        assert load_knowledge_base(path) is load_knowledge_base(str(path))

    def test_edited_file_is_read_again(self, tmp_path):
        """In a notebook, a file mended after an answer counts for the next one."""
        path = tmp_path / "own.yaml"
        path.write_text("traits: {magnetic: One.}\n")
        load_knowledge_base(path)
        path.write_text("traits: {magnetic: Two.}\n")
        assert "Two." == load_knowledge_base(path).traits["magnetic"]


def test_kept_copy_leaves_other_files_alone(tmp_path, monkeypatch):
    """A folder given for the kept copy may hold JSON files of the user's."""
    other = tmp_path / "measured.json"
    other.write_text("{}")
    monkeypatch.setenv(cache.SWITCH, str(tmp_path))
    cache.write("0" * 64, {})
    assert other.exists()
