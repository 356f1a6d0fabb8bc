"""Knowledge described to an editor, and counted by what it rests on."""

import json

import jsonschema
import pytest

from cli.running import invoke
from curation.overlays import LOW_COST
from insitu_advisor.curation.stats import counts
from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.check import claims
from insitu_advisor.knowledge.claim import BASES
from insitu_advisor.knowledge.loader import data_folder

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture(scope="module")
def schema():
    """The JSON Schema as it is printed."""
    return json.loads(invoke("kb", "schema").stdout)


@pytest.fixture(scope="module")
def validator(schema):
    """A validator of the schema."""
    return jsonschema.Draft202012Validator(schema)


def as_json(text, tmp_path):
    """YAML as an editor sees it."""
    return json.loads(json.dumps(yaml_file.parse(text, tmp_path / "own.yaml")))


class TestSchema:
    def test_valid_schema(self, schema):
        """What is printed is a JSON Schema of the draft it names."""
        jsonschema.Draft202012Validator.check_schema(schema)
        assert jsonschema.Draft202012Validator.META_SCHEMA["$id"] == schema["$schema"]

    @pytest.mark.parametrize("name", sorted(path.name for path in data_folder().glob("*.yaml")))
    def test_shipped_file(self, validator, tmp_path, name):
        """Every shipped file passes."""
        text = (data_folder() / name).read_text(encoding="utf-8")
        assert [] == [error.message for error in validator.iter_errors(as_json(text, tmp_path))]

    @pytest.mark.parametrize(
        "text",
        [
            "technics: {}",
            "facilities: {raman: {name: Raman}}",
            "facilities: {raman: {name: Raman, access: Ours, price: 5}}",
            "targets: {magic: {name: 5, definition: What nobody sees.}}",
            "references: {nobody2020: {kind: rumour, title: Heard}}",
            "profiles: {mine: {name: mine, means: Ours., weights: {beauty: 1.0}}}",
            "rules: {mine: {kind: maybe, technique: nmr, sentence: Perhaps.}}",
        ],
        ids=["section", "missing", "extra", "number", "kind", "criterion", "rule"],
    )
    def test_broken_file(self, validator, tmp_path, text):
        """A file with a wrong section, field, word or type is refused."""
        assert [error.message for error in validator.iter_errors(as_json(text, tmp_path))]

    def test_partial_overlay(self, validator, tmp_path):
        """An overlay that changes one field of a technique is valid for the program and for the schema."""
        errors = [error.message for error in validator.iter_errors(as_json(LOW_COST, tmp_path))]
        assert [] == errors

    def test_written_to_a_file(self, folder, schema):
        """The schema can be written to a file for an editor."""
        assert 0 == invoke("kb", "schema", "-o", "knowledge.schema.json").exit_code
        assert schema == json.loads((folder / "knowledge.schema.json").read_text())


class TestStats:
    def test_adds_up(self, kb):
        """The last row is the sum of the others, and every claim is in it once."""
        found = counts(kb)
        total = found.pop("all")
        assert total == {basis: sum(row[basis] for row in found.values()) for basis in BASES}
        assert sum(1 for _ in claims(kb)) == sum(total.values())

    def test_one_more(self, kb, lay):
        """A claim whose basis an overlay changes moves from one column to the other."""
        old, new = counts(kb)["techniques > nmr"], counts(lay(LOW_COST))["techniques > nmr"]
        basis = kb.techniques["nmr"].cost.basis_kind
        assert basis != "judgement"
        assert (old[basis] - 1, old["judgement"] + 1) == (new[basis], new["judgement"])

    def test_printed(self, kb, folder):
        """The page has a row per section, the total last."""
        lines = invoke("kb", "stats").stdout.splitlines()
        total = counts(kb)["all"]
        assert ["all", *map(str, total.values()), str(sum(total.values()))] == lines[-1].split()
        assert {f"techniques > {key}" for key in kb.techniques} <= {line.split("  ")[0] for line in lines}
