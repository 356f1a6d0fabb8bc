"""What must hold in the shipped knowledge base, a line per entry."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest

from insitu_advisor.engine.question.ask import ask, read_anode, read_facilities
from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import claims
from insitu_advisor.knowledge.errors import KnowledgeError
from insitu_advisor.knowledge.loader import FILES, data_folder, load_knowledge_base
from insitu_advisor.knowledge.technique import Figure, Sight


def _loaded() -> KnowledgeBase:
    """The shipped base; a fault in its files is shown as one message and not as a traceback."""
    try:
        return load_knowledge_base()
    except KnowledgeError as error:
        fault = str(error)
    pytest.fail(fault, pytrace=False)


KB = _loaded()
RAW = {
    name: yaml_file.parse(yaml_file.read_text(path), path)
    for name in FILES
    for path in [data_folder() / f"{name}.yaml"]
}
WAYS = {name: RAW[f"ways/{name}"]["techniques"][name]["variants"] for name in RAW["techniques"]["techniques"]}

TECHNIQUES = {"xrd", "tem", "eis", "ftir", "raman", "nmr", "xps", "sans"}
PAIRINGS = {"xrd+tem", "xrd+raman", "tem+eis"}
TARGETS = {
    "crystalline-phase",
    "lattice-strain",
    "amorphous-order",
    "morphology-volume",
    "fracture",
    "sei-composition",
    "sei-growth",
    "charge-transfer",
    "ion-diffusion",
    "ion-environment",
    "ion-inventory",
    "oxidation-state",
    "electrolyte-decomposition",
    "bond-disorder",
    "reaction-intermediates",
    "pore-filling",
    "metal-plating",
    "gas-evolution",
    "heterogeneity",
    "solvation",
}
SECTIONS_WITH_CLAIMS = (
    "assumed_targets", "materials", "techniques", "combinations", "rules", "conflicts", "outside", "element_groups",
    "anode_rules", "trait_rules", "perspectives",
)  # fmt: skip
ENTRIES = [(section, key) for section in SECTIONS_WITH_CLAIMS for key in getattr(KB, section)]
MIRRORS = (
    "bohrium", "scribd", "zendy", "datapdf", "coek", "cricutcom", "sci-hub", "researchgate", "66557",
    "github.com/mkmiyagi",
)  # fmt: skip
# Numbers of the review's list that it prints beside statements those papers cannot support.
MISPRINTED = (23, 24, 86, 104, 109, 117, 118, 120, 121, 124, 134, 135, 136)


def _cells() -> Iterator[tuple[str, Sight, dict[str, object]]]:
    for technique_id, technique in KB.techniques.items():
        raw = RAW["techniques"]["techniques"][technique_id]
        for target, sight in technique.information.items():
            yield f"{technique_id}-{target}", sight, raw["information"][target]
        for variant_id, variant in technique.variants.items():
            for target, sight in variant.information.items():
                written = WAYS[technique_id][variant_id]["information"][target]
                yield f"{technique_id}-{variant_id}-{target}", sight, written


CELLS = {name: (sight, written) for name, sight, written in _cells()}


def _scalars(data: object, loc: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _scalars(value, (*loc, key))
    elif isinstance(data, list) and data:
        for index, value in enumerate(data):
            yield from _scalars(value, (*loc, str(index)))
    else:
        yield loc, data


def figure(kb: KnowledgeBase, technique: str, variant: str, quantity: str, of: str | None = None) -> Figure:
    """The one figure of a variant with this quantity and object."""
    figures = kb.techniques[technique].variants[variant].resolution
    (only,) = (item for item in figures if (item.quantity, item.of) == (quantity, of))
    return only


class TestContractIds:
    def test_techniques(self, kb):
        """The techniques are the eight of the review."""
        assert TECHNIQUES == set(kb.techniques)

    def test_pairings(self, kb):
        """The pairings are the three of the review."""
        assert PAIRINGS == set(kb.combinations)

    def test_options(self, kb):
        """All eleven stand among the options, each with its member techniques."""
        expected = {technique: (technique,) for technique in TECHNIQUES}
        expected |= {pairing: tuple(pairing.split("+")) for pairing in PAIRINGS}
        assert expected == dict(kb.options)

    def test_targets(self, kb):
        """There are twenty targets with ids that questions rely on."""
        assert 20 == len(TARGETS)
        assert TARGETS == set(kb.targets)

    def test_version(self, kb):
        """The version of the data is year, month and a count."""
        assert re.fullmatch(r"\d{4}\.([1-9]|1[0-2])\.[1-9]\d*", kb.about.version)

    def test_hash(self, kb):
        """The shipped base carries a content hash and no overlay."""
        assert re.fullmatch(r"[0-9a-f]{64}", kb.sha256)
        assert () == kb.overlays


@pytest.mark.parametrize("technique", KB.techniques)
def test_technique_speaks_of_every_target_once(kb, technique):
    """Each target, or in its stead each of its parts, is either rated or given a reason for the zero.

    Of what is narrower it may speak.
    """
    entry = kb.techniques[technique]
    narrower = {goal for target in kb.targets.values() for goal in target.narrower}
    spoken = Counter([*entry.information, *entry.blind_to])
    assert all(times == 1 for times in spoken.values())
    assert {*kb.goals} - narrower == spoken.keys() - narrower


@pytest.mark.parametrize("variant", [(t, v) for t in KB.techniques for v in KB.techniques[t].variants], ids="-".join)
def test_variant_speaks_of_no_target_twice(kb, variant):
    """A variant rates a target or is blind to it, never both."""
    entry = kb.techniques[variant[0]].variants[variant[1]]
    assert set() == set(entry.information) & set(entry.blind_to)


@pytest.mark.parametrize("cell", CELLS)
def test_rated_cell_has_a_written_basis(cell):
    """A rating says what it stands on; printed grounds name their source."""
    sight, written = CELLS[cell]
    assert "basis" in written
    assert sight.basis_kind not in {"literature", "facility"} or sight.sources


@pytest.mark.parametrize("entry", ENTRIES, ids="-".join)
def test_every_source_resolves(kb, entry):
    """Each source key of each claim below the entry is a reference."""
    section, key = entry
    used = {source for _, claim in claims(getattr(kb, section)[key]) for source in claim.sources}
    assert set() == used - set(kb.references)


@pytest.mark.parametrize("section", sorted(set(KnowledgeBase.model_fields) - set(SECTIONS_WITH_CLAIMS)))
def test_no_other_section_holds_claims(kb, section):
    """The sections checked above are all that hold claims."""
    assert [] == list(claims(getattr(kb, section)))


class TestReferences:
    CITED = frozenset(source for _, claim in claims(KB) for source in claim.sources)
    STUDIED = frozenset(study.reference for study in KB.studies.values())

    @pytest.mark.parametrize("key", KB.references)
    def test_reachable(self, kb, key):
        """A reference is used by a claim or a study, or stands in the review's own list."""
        assert key in self.CITED | self.STUDIED or kb.references[key].review_number is not None

    def test_review_numbers(self, kb):
        """The review's list is complete: 1 to 136, each once."""
        numbers = [item.review_number for item in kb.references.values() if item.review_number is not None]
        assert list(range(1, 137)) == sorted(numbers)

    def test_dois_are_unique(self, kb):
        """No two references share a DOI, whatever its case."""
        count = Counter(item.doi.lower() for item in kb.references.values() if item.doi)
        assert [] == [doi for doi, times in count.items() if times > 1]

    @pytest.mark.parametrize("key", [key for key, item in KB.references.items() if item.doi])
    def test_doi_is_no_placeholder(self, kb, key):
        """A DOI has a registrant and a suffix with a digit, and no filler."""
        registrant, suffix = kb.references[key].doi.split("/", 1)
        assert registrant not in {"10.0000", "10.1234", "10.12345", "10.5555", "10.9999"}
        assert re.search(r"[1-9]", suffix)
        assert not re.search(r"x{3,}|\?|\.\.|todo|tbd|example|placeholder|unknown|[.,;)]$", suffix, re.IGNORECASE)

    @pytest.mark.parametrize("key", [key for key, item in KB.references.items() if item.url])
    def test_url_is_no_mirror(self, kb, key):
        """A link leads to the publisher, an archive, a maker or a facility, never to a copy."""
        url = kb.references[key].url
        assert urlparse(url).hostname
        assert [] == [mirror for mirror in MIRRORS if mirror in url.lower()]

    @pytest.mark.parametrize("number", MISPRINTED)
    def test_misprinted_number_is_not_passed_on(self, kb, number):
        """A paper the review cites by mistake is the source of no claim."""
        (key,) = (key for key, item in kb.references.items() if item.review_number == number)
        assert [] == [loc for loc, claim in claims(kb) if key in claim.sources]


@pytest.mark.parametrize(
    ("technique", "cost", "preparation"),
    [
        ("xrd", "low", "moderate"),
        ("tem", "high", "high"),
        ("eis", "low", "low"),
        ("ftir", "moderate", "moderate+"),
        ("raman", "low", "moderate"),
        ("nmr", "very-high", "high"),
        ("xps", "high", "high"),
        ("sans", "very-high", "moderate"),
    ],
)
def test_tiers_of_the_review(kb, technique, cost, preparation):
    """Cost and preparation are those of section 2.9 of the review, half-steps included."""
    entry = kb.techniques[technique]
    assert (cost, "review 2.9") == (entry.cost.tier, entry.cost.basis)
    assert (preparation, "review 2.9") == (entry.preparation.tier, entry.preparation.basis)


class TestOntology:
    @pytest.mark.parametrize(
        ("technique", "chameo", "match", "chmo", "panet"),
        [
            ("xrd", "XrayDiffraction", "exact", "0000156", "01216"),
            ("tem", "TransmissionElectronMicroscopy", "exact", "0000080", None),
            ("eis", "ElectrochemicalImpedanceSpectroscopy", "exact", "0000423", None),
            ("ftir", "FourierTransformInfraredSpectroscopy", "exact", "0000636", "01320"),
            ("raman", "RamanSpectroscopy", "exact", "0000656", "01195"),
            ("nmr", "NuclearMagneticResonance", "exact", "0000591", None),
            ("xps", "XpsVariableKinetic", "close", "0000404", "01204"),
            ("sans", "ScatteringAndDiffraction", "broad", "0000184", "01189"),
        ],
    )
    def test_terms(self, kb, technique, chameo, match, chmo, panet):
        """Each technique carries the terms that were looked up in CHAMEO, CHMO and PaNET."""
        terms = kb.techniques[technique].ontology
        assert (chameo, match, chmo, panet) == (terms.chameo, terms.match, terms.chmo, terms.panet)

    @pytest.mark.parametrize("technique", KB.techniques)
    def test_misleading_terms_stay_out(self, kb, technique):
        """Kossel diffraction, a neighbour of XRD and energy-loss spectroscopy are not what is meant."""
        assert kb.techniques[technique].ontology.chmo not in {"0001137", "0000157", "0000366"}


class TestWords:
    def test_enough_materials(self, kb):
        """Most anodes a user may name are known."""
        assert 40 <= len(kb.materials)

    @pytest.mark.parametrize("material", KB.materials)
    def test_material_answers_to_all_its_names(self, kb, material):
        """A material is found by id, name and every alias, with its type."""
        entry = kb.materials[material]
        for word in (material, entry.name, *entry.aliases):
            anode = read_anode(kb, word).value
            assert (word, entry.type, material) == (word, anode.type, anode.material)

    @pytest.mark.parametrize("target", KB.targets)
    def test_target_answers_to_all_its_names(self, kb, target):
        """A target is found by id, name and every alias; a word that could mean another says how to ask for this."""
        entry = kb.targets[target]
        for word in (target, entry.name, *entry.aliases):
            answer = ask(kb, targets=[word]).targets
            assert target in {goal.target for goal in answer.value} or f"--target {target} " in answer.otherwise

    @pytest.mark.parametrize("facility", KB.facilities)
    def test_facility_answers_to_all_its_names(self, kb, facility):
        """An instrument is found by id, name and every alias."""
        entry = kb.facilities[facility]
        for word in (facility, entry.name, *entry.aliases):
            assert (word, (facility,)) == (word, read_facilities(kb, [word]).value)


class TestDocumentedCases:
    CASES = (
        ("xrd+tem", "Na", "conversion", "hu2024a", "confirmed"),
        ("xrd+raman", "K", "intercalation", "liu2019b", "unconfirmed"),
        ("xrd+raman", "K", "intercalation", "meyer2025", "confirmed"),
        ("tem+eis", "Li", "conversion", "chen2024a", "unconfirmed"),
    )

    @pytest.mark.parametrize(("pairing", "ion", "anode", "source", "confirmed"), CASES)
    def test_case(self, kb, pairing, ion, anode, source, confirmed):
        """A pairing is documented for the ion and anode its study is about, and says what each member saw."""
        (case,) = (case for case in kb.combinations[pairing].cases if source in case.sources)
        assert (ion, anode, confirmed) == (case.ion, case.anode, case.confirmed)
        assert set(kb.combinations[pairing].members) == set(case.saw)
        assert kb.combinations[pairing].documented_for(ion, anode) is not None

    def test_no_other_case(self, kb):
        """No case stands in the base beside the ones above."""
        assert len(self.CASES) == sum(len(item.cases) for item in kb.combinations.values())

    def test_unconfirmed_case_says_so(self, kb):
        """A case that nothing read bears out carries a caution."""
        open_cases = [case for c in kb.combinations.values() for case in c.cases if case.confirmed == "unconfirmed"]
        assert open_cases
        assert all(case.caution for case in open_cases)


class TestKeyNumbers:
    def test_receptivity_of_potassium(self, kb):
        """39K gives about 570 times less signal than 7Li, from the table of nuclei in DNPLab."""
        rule = kb.rules["nmr-potassium-nucleus"]
        assert "570 times" in rule.sentence
        assert "dnplab" in rule.sources
        assert ("cap", "nmr", ("K",), 0) == (rule.kind, rule.technique, rule.when.ions, rule.rating)

    @pytest.mark.parametrize(
        ("technique", "variant", "quantity", "of", "value", "unit", "basis"),
        [
            ("tem", "open-cell", "range", "critical dose of Li2CO3", 750, "e/Å²", "literature"),
            ("xrd", "synchrotron", "time-per-point", None, (0.01, 56), "s", "literature"),
            ("ftir", "atr", "depth", None, (664, 2005), "nm", "derived"),
            ("xps", "laboratory", "time-per-point", None, 300, "s", "review 2.7"),
            ("sans", "pinhole", "range", "feature size", (0.5, 1000), "nm", "facility"),
        ],
    )
    def test_figure(self, kb, technique, variant, quantity, of, value, unit, basis):
        """A number users check first has the printed value, unit and basis."""
        found = figure(kb, technique, variant, quantity, of)
        assert (value, unit, basis) == (found.value, found.unit, found.basis)

    def test_synchrotron_is_fastest_at_ten_milliseconds(self, kb):
        """100 Hz on graphite at 6C (finegan2020) is the short end of the range."""
        found = figure(kb, "xrd", "synchrotron", "time-per-point")
        assert 0.01 == found.low
        assert "finegan2020" in found.sources

    def test_germanium_is_the_shallow_crystal(self, kb):
        """664 nm belongs to Ge at 1000 cm⁻¹ and 45°."""
        found = figure(kb, "ftir", "atr", "depth")
        assert 664 == found.low
        assert re.search(r"\bGe\b.*1000 cm⁻¹.*45°", found.means)

    def test_sans_size_is_a_correlation_length(self, kb):
        """0.5 to 1000 nm is the span of a correlation length and no image resolution."""
        assert "correlation" in figure(kb, "sans", "pinhole", "range", "feature size").means

    def test_neutrons_come_from_a_neutron_source(self, kb):
        """SANS asks for a neutron source; what a synchrotron does is its X-ray sibling, and is called that."""
        ways = kb.techniques["sans"].variants
        elsewhere = {name for name, way in ways.items() if way.facilities != ("neutron-source",)}
        assert {"saxs"} == elsewhere
        assert ("synchrotron",) == ways["saxs"].facilities
        assert "X-ray" in ways["saxs"].name


@pytest.mark.parametrize("technique", KB.techniques)
def test_lengths_are_in_nanometres(kb, technique):
    """Lateral and depth figures share one unit, so that they can be read side by side."""
    figures = [item for variant in kb.techniques[technique].variants.values() for item in variant.resolution]
    assert {"nm"} >= {item.unit for item in figures if item.quantity in {"lateral", "depth"}}


class TestUnknownIsAbsent:
    @pytest.mark.parametrize(
        "variant", [(t, v) for t in KB.techniques for v in KB.techniques[t].variants], ids="-".join
    )
    def test_unknown_is_said_in_words(self, kb, variant):
        """What was not found is a sentence, not a number or a blank."""
        for line in kb.techniques[variant[0]].variants[variant[1]].unknown:
            assert re.search(r"[A-Za-z]{3,}.*\s.*\.$", line)

    @pytest.mark.parametrize("name", FILES)
    def test_no_blank_stands_for_unknown(self, name):
        """No value of a file is null or empty."""
        assert [] == [loc for loc, value in _scalars(RAW[name]) if value is None or value == ""]

    @pytest.mark.parametrize("name", FILES)
    def test_zero_is_a_rating_or_a_standing(self, name):
        """A zero means 'none' or a temperature, never 'not known'."""
        zeros = {loc[-1] for loc, value in _scalars(RAW[name]) if type(value) in (int, float) and value == 0}
        assert set() == zeros - {"rating", "standing", "temperature_below", "temperature_above"}
