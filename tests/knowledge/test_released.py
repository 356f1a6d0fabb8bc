"""What the shipped files were released with: a hash, for which nobody has to check again that they hold together."""

import pytest

from insitu_advisor.knowledge import check, loader
from insitu_advisor.knowledge.errors import KnowledgeError
from knowledge.own_files import shipped_pages


def test_released_files_hold_together():
    """Nothing is amiss in the files that carry the hash; `python tests/generated.py` notes that of others."""
    kb = loader.build(shipped_pages())
    assert (loader.data_folder() / loader.RELEASED).read_text(encoding="ascii") == f"{kb.sha256}\n"
    assert [] == list(check.findings(kb))


def test_checked_only_where_something_changed(monkeypatch):
    """The released files are taken as they are; one letter changed, and everything is looked through."""
    monkeypatch.setattr(check, "findings", lambda kb: [check.Finding(("about",), "was looked through")])
    first, *rest = shipped_pages()
    assert loader.build([first, *rest]).techniques
    with pytest.raises(KnowledgeError, match="was looked through"):
        loader.build([first._replace(text=first.text + "# a word more\n"), *rest])


@pytest.mark.parametrize("noted", [None, "", "0" * 64, "no hash", "ä"])
def test_checked_where_no_hash_fits(noted, monkeypatch, tmp_path):
    """Without the note, or with another in it, everything is looked through."""
    pages = shipped_pages()
    if noted is not None:
        (tmp_path / loader.RELEASED).write_text(noted, encoding="utf-8")
    monkeypatch.setattr(loader, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(check, "findings", lambda kb: [check.Finding(("about",), "was looked through")])
    with pytest.raises(KnowledgeError, match="was looked through"):
        loader.build(pages)
