"""`report`: title, author, pictures, and the option a proposal argues for."""

import csv
import io
import sys

import pytest

from cli.running import invoke
from insitu_advisor.cli import pictures
from insitu_advisor.render.pages.pictures import KINDS

QUESTION = ("report", "--anode", "alloy", "--ion", "K", "--samples", "100", "--lab", "none")
FILES = {f"{name}{ending}" for name in KINDS for ending in (".svg", "-dark.svg", ".csv")}
IMAGES = {f"{name}{ending}" for name in KINDS for ending in (".png", "-dark.png")}


def test_title_and_author(folder):
    """Title and author are those given, in every format a person reads."""
    for form in ("markdown", "html", "proposal", "text"):
        done = invoke(*QUESTION, "--title", "Our anode", "--author", "Group A", "--format", form)
        assert 0 == done.exit_code, done.output
        assert "Our anode" in done.stdout
        assert "Group A" in done.stdout


def test_date_only_where_one_is_set(folder):
    """A report carries no clock; SOURCE_DATE_EPOCH gives it a date."""
    assert "2026-01-09" in invoke(*QUESTION, env={"SOURCE_DATE_EPOCH": "1767916800"}).stdout
    one, other = invoke(*QUESTION), invoke(*QUESTION)
    assert one.stdout == other.stdout


def test_pictures_are_written(folder):
    """Each picture is written as SVG for light and dark paper and as a table, and as PNG, into a folder that is made."""
    done = invoke(*QUESTION, "--figures", "out/pictures", "-o", "report.md")
    assert 0 == done.exit_code, done.output
    assert FILES | IMAGES == {path.name for path in (folder / "out" / "pictures").iterdir()}
    assert (folder / "out/pictures/coverage.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert (folder / "out/pictures/coverage.png").read_bytes().startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO((folder / "out/pictures/scores.csv").read_text(encoding="utf-8"))))
    assert "Option" == rows[0][0]
    assert (folder / "report.md").is_file()


def test_missing_converter_is_named(folder, monkeypatch):
    """Without a converter the SVG is written all the same, and what would make a PNG is named."""
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    monkeypatch.setattr(pictures.shutil, "which", lambda _: None)
    done = invoke(*QUESTION, "--figures", "pictures", "-o", "report.md")
    assert 0 == done.exit_code
    assert FILES == {path.name for path in (folder / "pictures").iterdir()}
    assert "CairoSVG" in done.stderr
    assert "rsvg-convert" in done.stderr


@pytest.mark.slow
def test_librsvg_steps_in(monkeypatch):
    """Where CairoSVG is missing, rsvg-convert is used."""
    if pictures.shutil.which("rsvg-convert") is None:
        pytest.skip("rsvg-convert is not installed")
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    image = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4" fill="#ff0000"/></svg>'
    )
    assert pictures.converter()(image).startswith(b"\x89PNG")


def test_pictures_are_not_replaced_unasked(folder):
    """A picture that exists stays unless --force is given, and nothing is written before that is known."""
    (folder / "pictures").mkdir()
    (folder / "pictures" / "scores.svg").write_text("mine", encoding="utf-8")
    done = invoke(*QUESTION, "--figures", "pictures", "-o", "report.md")
    assert 2 == done.exit_code
    assert "mine" == (folder / "pictures" / "scores.svg").read_text(encoding="utf-8")
    assert not (folder / "report.md").exists()
    assert 0 == invoke(*QUESTION, "--figures", "pictures", "-o", "report.md", "--force").exit_code
    assert "mine" != (folder / "pictures" / "scores.svg").read_text(encoding="utf-8")


def test_a_file_is_no_folder(folder):
    """A file in the place of the folder is refused."""
    (folder / "pictures").write_text("mine", encoding="utf-8")
    done = invoke(*QUESTION, "--figures", "pictures", "-o", "report.md")
    assert (3, True) == (done.exit_code, "is a file" in done.stderr)


def test_proposal_for_another_option(folder):
    """A proposal argues for the option named, its members in either order."""
    for word, name in (("xrd", "XRD"), ("tem+xrd", "XRD + TEM")):
        done = invoke(*QUESTION, "--format", "proposal", "--option", word)
        assert done.stdout.startswith(f"# Request for instrument time: {name}\n"), done.output


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--format", "proposal", "--option", "nmr"), "NMR cannot be used for this question"),
        (("--format", "proposal", "--option", "rmaan"), "Raman"),
        (("--option", "xrd"), "--format proposal"),
    ],
)
def test_wrong_options_are_refused(folder, more, said):
    """An option this question leaves out, an unknown one, and one without a proposal are refused with what to do."""
    done = invoke(*QUESTION, *more)
    assert 2 == done.exit_code
    assert said.lower() in " ".join(done.stderr.split()).lower()
