"""Pages that are made from the knowledge base while the site is built, and links that lead out of this folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from insitu_advisor import KnowledgeBase, load_knowledge_base
from insitu_advisor.engine.words.sentences import capital, listed
from insitu_advisor.render.formats import markdown
from insitu_advisor.render.pages import bibliography, listing, show, show_entry
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, Table

ROOT = Path(__file__).resolve().parent.parent
# Files beside this folder, or parts of them, that are pages of the site.
BESIDE = {
    "README.md#install": "install.md",
    "README.md": "index.md",
    "data/README.md": "data.md",
    "CONTRIBUTING.md": "contributing.md",
}
ANODES = {"intercalation": "Intercalation", "alloy": "Alloying", "conversion": "Conversion", "metal": "Metal"}


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that are made here."""
    from mkdocs.structure.files import File

    for path, text in pages(load_knowledge_base()).items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Point links to files beside this folder at their pages."""
    up = "../" * page.file.src_uri.count("/")
    for path, here in BESIDE.items():
        markdown = re.sub(rf"\]\((?:\.\./)+{re.escape(path)}(?=[)#])", f"]({up}{here}", markdown)
    return markdown


def pages(kb: KnowledgeBase) -> dict[str, str]:
    """Every page made from the knowledge base and from files beside this folder, by its path."""
    return {
        **{f"techniques/{key}.md": _page(show.technique_page(kb, key, full=True), kb) for key in kb.techniques},
        **{f"techniques/{file_name(key)}.md": _page(show.pairing_page(kb, key, True), kb) for key in kb.combinations},
        "goals.md": _page(goals(kb), kb),
        "materials.md": _page(materials(kb), kb),
        "instruments.md": _page(listing.instruments(kb, full=True), kb),
        "outside.md": _page(outside(kb), kb),
        "install.md": install(),
        "data.md": beside("data/README.md"),
        "contributing.md": beside("CONTRIBUTING.md"),
    }


def file_name(pairing: str) -> str:
    """The name of a pairing's page."""
    return pairing.replace("+", "-")


def goals(kb: KnowledgeBase) -> Document:
    """All goals, each with who sees it how well."""
    blocks: list[Block] = [
        Heading("Goals", 1),
        Paragraph(Cited("What you can ask about with --target, and how well each technique sees it at its best.")),
    ]
    for target in kb.targets:
        heading, *rest = show_entry.goal_page(kb, target, full=True).blocks
        assert isinstance(heading, Heading)
        blocks += [Heading(heading.text), *(_deeper(block) for block in rest)]
    return Document(tuple(blocks))


def materials(kb: KnowledgeBase) -> Document:
    """All anode materials by type, with what makes each special."""
    blocks: list[Block] = [
        Heading("Materials", 1),
        Paragraph(Cited("What you can write after --anode, what it is treated as, and what to mind.")),
    ]
    for kind, title in ANODES.items():
        members = {key: entry for key, entry in kb.materials.items() if entry.type == kind}
        if members:
            rows = tuple((e.name, key, ", ".join(e.aliases), e.because) for key, e in members.items())
            blocks += [Heading(title), Table(("material", "id", "also understood", "why this type"), rows)]
            spoken = [
                Cited(f"({', '.join(c.ions)}) {c.says}", c.basis, strong=f"{capital(e.name)}:")
                for e in members.values()
                for c in e.cautions
            ]
            blocks += [Heading(f"{title}: what to mind", 3), Bullets(tuple(spoken))] if spoken else []
    return Document(tuple(blocks), short=True)


def outside(kb: KnowledgeBase) -> Document:
    """Techniques beyond the eight."""
    rows = tuple(
        (capital(entry.name), capital(entry.answers), entry.limits, listed(_source(kb, key) for key in entry.sources))
        for entry in kb.outside.values()
    )
    return Document(
        (
            Heading("Techniques beyond the eight", 1),
            Paragraph(
                Cited(
                    "None of these is ranked. Each is the usual answer for something; a source says so. To rank one "
                    "of them beside the eight, add it in a file of your own."
                )
            ),
            Table(("technique", "answers", "limit", "source"), rows),
        )
    )


def install() -> str:
    """How to install, as the README says it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text[text.index("## Install\n") : text.index("## Documentation\n")]
    return "# Install\n" + section.removeprefix("## Install\n")


def beside(path: str) -> str:
    """A file from beside this folder, with its links made to fit."""
    text = (ROOT / path).read_text(encoding="utf-8")
    text = re.sub(r"\]\((?:\.\./)?docs/", "](", text)
    return text.replace("](data/README.md)", "](data.md)")


def _source(kb: KnowledgeBase, key: str) -> str:
    return bibliography.entry(kb.references[key])


def _deeper(block: Block) -> Block:
    return Heading(block.text, block.level + 1) if isinstance(block, Heading) else block


def _page(document: Document, kb: KnowledgeBase) -> str:
    return markdown.render(document, kb)
