"""The site of the documentation: every page is there, in the navigation, and every link leads somewhere."""

import importlib.util
import posixpath
import re
from types import SimpleNamespace

import pytest
import yaml

from docs.sessions import ROOT

DOCS = ROOT / "docs"
NAV = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]


@pytest.fixture(scope="module")
def site():
    """The module that makes pages while the site is built."""
    spec = importlib.util.spec_from_file_location("site_of_docs", DOCS / "site.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(site, kb):
    """The pages that are made, by path."""
    return site.pages(kb)


@pytest.fixture(scope="module")
def every_page(site, made):
    """All pages of the site as they are built, by path."""
    written = {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
    here = {path: SimpleNamespace(file=SimpleNamespace(src_uri=path)) for path in written | made}
    return {path: site.on_page_markdown(text, here[path]) for path, text in (written | made).items()}


def places(entry):
    """The paths below an entry of the navigation."""
    if isinstance(entry, str):
        return [entry]
    return [path for part in (entry.values() if isinstance(entry, dict) else entry) for path in places(part)]


def anchors(text):
    """The anchors of a page's headings."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip()) for heading in headings}


def test_navigation_has_every_page_once(every_page):
    """No page is left out of the navigation, and none is named that does not exist."""
    assert sorted(every_page) == sorted(places(NAV))


def test_each_technique_and_pairing_has_a_page(kb, made):
    """A page for each option, under its own name."""
    for key in kb.options:
        assert kb.name(key) in made[f"techniques/{key.replace('+', '-')}.md"].splitlines()[0]


def test_reference_is_complete(kb, made):
    """All goals, materials, instruments and techniques beyond the eight are on their pages."""
    for page, entries in {
        "goals.md": kb.goals, "materials.md": kb.materials, "instruments.md": kb.facilities, "outside.md": kb.outside,
    }.items():  # fmt: skip
        missing = [entry.name for entry in entries.values() if entry.name.lower() not in made[page].lower()]
        assert [] == missing, page


def test_links_lead_somewhere(every_page):
    """Each relative link of each page names a page or a file, and each anchor a heading."""
    broken = []
    for path, text in every_page.items():
        for link in re.findall(r"\]\((?!https?://)([^)\s<>]+)\)", text):
            target, _, anchor = link.partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            known = to in every_page or (not to.startswith("..") and (DOCS / to).is_file())
            if not known or (anchor and anchor not in anchors(every_page[to])):
                broken.append(f"{path}: {link}")
    assert [] == broken


def test_links_hold_in_the_source_too():
    """A reader of the files alone meets no broken link either, apart from pages made for the site."""
    broken = []
    for path in DOCS.rglob("*.md"):
        links = re.findall(r"\]\((?!https?://)([^)#\s]+)", path.read_text(encoding="utf-8"))
        broken += [f"{path.name}: {link}" for link in links if not (path.parent / link).exists()]
    assert [] == broken
