"""What is checked, where and with which versions is said once, and the files that say it agree."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from generated import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def bounds(*extras):
    """The requirements of the package and of these extras."""
    own = [PROJECT["optional-dependencies"][extra] for extra in extras]
    named = [Requirement(line) for line in sum(own, PROJECT["dependencies"])]
    return {canonicalize_name(asked.name): asked.specifier for asked in named if asked.name != PROJECT["name"]}


def pins(name):
    """The versions that a file of requirements names for each package, and how many hashes stand below each."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    found = {}
    for package, version, hashes in re.findall(r"^([\w.-]+)==(\S+)(.*(?:\n .*)*)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(package), []).append((Version(version), hashes.count("--hash=")))
    return found


def versions(name, package):
    """The versions that a file of requirements names for a package."""
    return {version for version, _ in pins(name)[package]}


@pytest.mark.parametrize("name", ["dev.txt", "docs.txt", "lowest.txt"])
def test_every_pin_has_a_hash(name):
    """No file is installed that was not there when the versions were chosen."""
    assert pins(name)
    assert [] == [package for package, found in pins(name).items() if not all(hashes for _, hashes in found)]


def test_pinned_versions_are_allowed():
    """Everything the package, its tests and its linters ask for is pinned, at a version they allow."""
    for package, allowed in bounds("test", "dev").items():
        assert [] == [version for version, _ in pins("dev.txt")[package] if version not in allowed], package


def test_site_is_built_with_what_the_extra_allows():
    """The site has pins of its own, which agree with those of the tests, as both share one environment."""
    for package, allowed in bounds("docs").items():
        assert [] == [version for version, _ in pins("docs.txt")[package] if version not in allowed], package
    shared = set(pins("docs.txt")) & set(pins("dev.txt"))
    assert [] == [name for name in shared if versions("docs.txt", name) - versions("dev.txt", name)]


def test_site_is_built_strictly():
    """A warning or a broken link stops the build, here and in the workflow."""
    assert re.search(r"^NO_MKDOCS_2_WARNING=1 \.venv/\$bin/mkdocs build .*--strict", CI, re.MULTILINE)
    assert yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["strict"]


def test_lowest_versions_are_the_bounds():
    """The lowest versions that are tried are those that `pyproject.toml` promises."""
    for package, allowed in bounds("test").items():
        (bound,) = allowed
        assert [Version(bound.version)] == [version for version, _ in pins("lowest.txt")[package]], package


def test_package_has_lower_bounds_only():
    """Nothing keeps a user from a newer release of what the package runs on."""
    assert {">="} == {bound.operator for allowed in bounds("test").values() for bound in allowed}


def test_workflow_covers_what_is_claimed():
    """The workflow runs `.ci/run` on every Python of the classifiers, and on three systems."""
    claimed = re.findall(r":: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8"))["jobs"]["checks"]
    assert claimed == job["strategy"]["matrix"]["python"]
    assert f">={claimed[0]}" == PROJECT["requires-python"]
    assert ["ubuntu", "macos", "windows"] == [name.split("-")[0] for name in job["strategy"]["matrix"]["system"]]
    assert ".ci/run" in [step.get("run") for step in job["steps"]]


def test_linters_before_a_commit_are_those_of_ci():
    """The hooks run what `.ci/run` runs."""
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    hooks = [hook["entry"].removeprefix("python -m ") for hook in repo["hooks"]]
    assert hooks == re.findall(r"^\.venv/\$bin/((?:ruff|mypy).*)$", CI, re.MULTILINE)


def test_ci_runs_the_commands_of_the_readme():
    """Both set-up commands are read from the README and not written a second time."""
    assert ["run", "test"] == re.findall(r"^readme (\w+)$", CI, re.MULTILINE)
    assert "requirements/dev.txt" not in CI
