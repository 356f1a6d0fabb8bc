"""What a user installs: the sdist builds, the wheel runs on its own, and the data come along."""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from insitu_advisor import __version__
from insitu_advisor.knowledge.loader import FILES, RELEASED

ROOT = Path(__file__).resolve().parent.parent
JUNK = (
    ".git/config", ".venv/lib/site.py", "src/insitu_advisor/__pycache__/main.cpython-311.pyc", "dist/old.whl",
    "build/lib/old.py", "data/.DS_Store", ".pytest_cache/README.md", ".hypothesis/x", "tests/__pycache__/x.pyc",
    ".mypy_cache/x.json",
)  # fmt: skip
NO_JUNK = (
    ".git", ".venv", "__pycache__", "dist", "build", ".pytest_cache", ".hypothesis", ".mypy_cache", ".ruff_cache",
)  # fmt: skip
QUESTION = ("recommend", "--anode", "alloy", "--ion", "K", "--format", "json")

pytestmark = pytest.mark.slow


def execute(*command, cwd=None, path=None):
    """Output of a command that must succeed; `path` is all that Python is told about where packages are."""
    kept = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "SOURCE_DATE_EPOCH"}}
    env = kept | {"INSITU_ADVISOR_CACHE": "off", "INSITU_ADVISOR_LAB": "none"}
    if path is not None:
        env["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=env, check=False
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the checkout, with rubbish lying about in it."""
    copy = tmp_path_factory.mktemp("checkout") / "insitu-advisor"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NO_JUNK))
    for name in JUNK:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("junk")
    return copy


@pytest.fixture(scope="module")
def dist(checkout, tmp_path_factory):
    """The folder with sdist and wheel, the wheel built from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    execute(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, checkout, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def sdist(dist):
    """Names of the files in the sdist, below its only folder."""
    with tarfile.open(dist / f"insitu_advisor-{__version__}.tar.gz") as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def wheel(dist):
    """Names of the files in the wheel."""
    (path,) = dist.glob("*.whl")
    assert f"insitu_advisor-{__version__}-py3-none-any.whl" == path.name
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory):
    """A folder with nothing but the installed wheel."""
    folder = tmp_path_factory.mktemp("installed")
    (path,) = dist.glob("*.whl")
    options = ("--quiet", "--no-deps", "--no-index", "--target", folder)
    execute(sys.executable, "-m", "pip", "install", *options, path, cwd=folder)
    return folder


class TestSdist:
    def test_no_junk(self, sdist):
        """Caches, environments and old builds stay at home."""
        assert set() == {name for name in sdist if set(NO_JUNK) & set(Path(name).parts)}
        assert set() == {name for name in sdist if name.endswith((".pyc", ".DS_Store"))}

    def test_has_what_tests_and_readers_need(self, sdist):
        """Source, data, tests, licence and readme are in it."""
        wanted = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "tests/conftest.py", "data/README.md"}
        wanted |= {"requirements/dev.txt", "requirements/lowest.txt", f"data/{RELEASED}"}
        assert set() == wanted - sdist
        assert set() == {f"data/{name}.yaml" for name in FILES} - sdist


class TestWheel:
    def test_every_data_file(self, wheel, checkout):
        """Each knowledge file is inside, once, as it is in the checkout."""
        inside = {name for name in wheel if name.endswith(".yaml")}
        files = (path.relative_to(checkout).as_posix() for path in (checkout / "data").rglob("*.yaml"))
        shipped = {f"insitu_advisor/{name}" for name in files}
        assert {f"insitu_advisor/data/{name}.yaml" for name in FILES} == inside
        assert shipped == inside
        assert f"insitu_advisor/data/{RELEASED}" in wheel

    def test_every_module(self, wheel, checkout):
        """Each module and each file beside the modules is inside."""
        source = checkout / "src"
        files = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
        wanted = {name for name in files if "__pycache__" not in name}
        assert set() == wanted - wheel
        assert "insitu_advisor/py.typed" in wheel

    def test_nothing_else(self, wheel):
        """Tests, benchmarks and junk are not installed."""
        tops = {name.split("/")[0] for name in wheel}
        assert {"insitu_advisor", f"insitu_advisor-{__version__}.dist-info"} == tops
        assert set() == {name for name in wheel if "__pycache__" in name or name.endswith((".pyc", ".DS_Store"))}


class TestInstalled:
    def test_is_what_runs(self, installed, tmp_path):
        """Outside the checkout the installed package is the one that is imported."""
        program = "import insitu_advisor; print(insitu_advisor.__file__)"
        shown = execute(sys.executable, "-c", program, cwd=tmp_path, path=installed)
        assert installed / "insitu_advisor" / "__init__.py" == Path(shown.strip())

    def test_same_answer_as_the_checkout(self, installed, tmp_path):
        """The installed command answers as the checkout does, from its own data."""
        words = (sys.executable, "-m", "insitu_advisor", *QUESTION)
        answer = execute(*words, cwd=tmp_path, path=installed)
        assert execute(*words, cwd=tmp_path, path=ROOT / "src") == answer
        assert '"xrd+tem"' in answer

    def test_data_come_from_the_package(self, installed, tmp_path):
        """The installed package reads the data it brought along."""
        program = "from insitu_advisor.knowledge.loader import data_folder; print(data_folder())"
        shown = execute(sys.executable, "-c", program, cwd=tmp_path, path=installed)
        assert installed / "insitu_advisor" / "data" == Path(shown.strip())

    def test_script(self, installed, tmp_path):
        """The command `insitu-advisor` is installed and starts."""
        (script,) = (installed / "bin").glob("insitu-advisor*")
        assert f"insitu-advisor {__version__}\n" == execute(script, "--version", cwd=tmp_path, path=installed)

    def test_without_source_and_data(self, checkout, installed, tmp_path):
        """The installed package does not need the checkout it was built from."""
        aside = tmp_path / "aside"
        shutil.move(checkout, aside)
        try:
            shown = execute(sys.executable, "-m", "insitu_advisor", *QUESTION, cwd=tmp_path, path=installed)
        finally:
            shutil.move(aside, checkout)
        assert '"ranking"' in shown


class TestCheckout:
    def test_finds_its_data(self, checkout, tmp_path):
        """A checkout reads its own `data/`, so that a change there counts at once."""
        program = "from insitu_advisor.knowledge.loader import data_folder; print(data_folder())"
        shown = execute(sys.executable, "-c", program, cwd=tmp_path, path=checkout / "src")
        assert checkout / "data" == Path(shown.strip())

    def test_edited_data_count(self, checkout, tmp_path):
        """An edited file changes the hash at the next start."""
        words = (sys.executable, "-m", "insitu_advisor", "list", "--format", "json")
        before = execute(*words, cwd=tmp_path, path=checkout / "src")
        about = checkout / "data" / "about.yaml"
        text = about.read_text(encoding="utf-8")
        about.write_text(text + "# edited\n", encoding="utf-8")
        try:
            after = execute(*words, cwd=tmp_path, path=checkout / "src")
        finally:
            about.write_text(text, encoding="utf-8")
        assert before != after


def test_version_stands_in_one_place():
    """The version of the package is taken from the source."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert ["version"] == project["project"]["dynamic"]
    assert "src/insitu_advisor/__init__.py" == project["tool"]["hatch"]["version"]["path"]


def test_every_data_file_is_named_for_the_wheel():
    """The list of files in the build settings is the list in `data/`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"])
    files = (path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yaml"))
    assert {*files, f"data/{RELEASED}"} == named
