"""What an answer rests on, for a reference manager: BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from insitu_advisor.engine.inquiry.precedents import of_winner, precedents
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import Reason, reasons
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Reference
from insitu_advisor.render.pages import bibliography
from insitu_advisor.render.pages.precedents import MOST_SHOWN

REVIEW_KEY = "review2026"
_TEX = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})
_ROUND = str.maketrans("{}", "()")
_CODED = {ord("{"): "%7B", ord("}"): "%7D"}
_CSL_TYPES = {
    "article": "article-journal", "review": "article-journal", "preprint": "article", "thesis": "thesis",
    "dataset": "dataset", "software": "software", "maker": "webpage", "facility": "webpage",
    "conference": "paper-conference", "patent": "patent", "report": "report",
}  # fmt: skip
_RIS_TYPES = {
    "article": "JOUR", "review": "JOUR", "preprint": "UNPB", "thesis": "THES", "dataset": "DATA", "software": "COMP",
    "maker": "ELEC", "facility": "ELEC", "conference": "CONF", "patent": "PAT", "report": "RPRT",
}  # fmt: skip
_BIBTEX_TYPES = {"article": "article", "review": "article", "thesis": "phdthesis", "report": "techreport"}


def supported_claims(advice: Advice, explained: int = 3) -> dict[str, list[str]]:
    """For every reference the answer rests on, the claims it supports, in order of first use."""
    claims: dict[str, list[str]] = {}
    for option in advice.ranking[:explained]:
        for part in option.parts:
            for reason in reasons(advice, option, part.criterion):
                _note(claims, reason)
    if advice.best is not None:
        route = advice.best.route
        for reason in (
            *cautions.hardly_reacts(advice),
            *cautions.material_cautions(advice, route),
            *cautions.cautions(advice, route),
        ):
            _note(claims, reason)
        for spot in cautions.blind_spots(advice, advice.best.route):
            _note(claims, spot.says)
        for wanted in of_winner(advice):
            for _, study in precedents(advice.kb, wanted)[:MOST_SHOWN]:
                _note(claims, Reason(f"Precedent: {study.material}.", "literature", (study.reference,)))
    for excluded in advice.excluded:
        _note(claims, wording.exclusion_reason(advice, excluded))
    return claims


def _note(claims: dict[str, list[str]], reason: Reason) -> None:
    for key in reason.sources:
        texts = claims.setdefault(key, [])
        if reason.text not in texts:
            texts.append(reason.text)


def bibtex(advice: Advice) -> str:
    """BibTeX entries, each with a note that says which claims it supports; the review comes first."""
    entries = [_bibtex_review(advice.kb)]
    entries += [_bibtex(key, advice.kb.references[key], texts) for key, texts in supported_claims(advice).items()]
    return "\n".join(entries)


def csl_json(advice: Advice) -> str:
    """CSL-JSON items, the review first."""
    items: list[dict[str, Any]] = [_csl_review(advice.kb)]
    items += [_csl(key, advice.kb.references[key], texts) for key, texts in supported_claims(advice).items()]
    return json.dumps(items, indent=2, ensure_ascii=False) + "\n"


def ris(advice: Advice) -> str:
    """RIS records, the review first."""
    records = [_ris_record(REVIEW_KEY, _csl_review(advice.kb), "JOUR")]
    for key, texts in supported_claims(advice).items():
        reference = advice.kb.references[key]
        records.append(_ris_record(key, _csl(key, reference, texts), _RIS_TYPES[reference.kind]))
    return "".join(records)


FORMATS: Mapping[str, Callable[[Advice], str]] = {"bibtex": bibtex, "csl-json": csl_json, "ris": ris}


def people(authors: str | None) -> list[dict[str, str]]:
    """`Surname, I.; et al.` as CSL names."""
    names = []
    for name in re.split(r";\s*", authors or ""):
        if name.strip() in {"", "et al.", "et al"}:
            continue
        family, _, given = name.partition(",")
        names.append(
            {"family": family.strip(), "given": given.strip()} if given.strip() else {"literal": family.strip()}
        )
    return names


def _csl(key: str, reference: Reference, texts: list[str]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": _CSL_TYPES[reference.kind], "title": bibliography.title(reference)}
    names = people(reference.authors)
    known = {
        "author": names,
        "container-title": reference.journal,
        "publisher": reference.publisher,
        "volume": reference.volume,
        "page": reference.pages,
        "DOI": reference.doi,
        "URL": reference.url,
        "number": reference.eprint,
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        "note": _claims_note(texts),
    }
    return item | {field: value for field, value in known.items() if value}


def _csl_review(kb: KnowledgeBase) -> dict[str, Any]:
    review = kb.about.review
    return {
        "id": REVIEW_KEY,
        "type": "article-journal",
        "title": review.title,
        "container-title": review.journal,
        "volume": review.volume,
        "page": review.pages,
        "URL": review.url,
        "issued": {"date-parts": [[review.year]]},
        "note": "Supports every statement marked 'review'.",
    }


def _claims_note(texts: list[str]) -> str:
    return "Supports: " + " | ".join(texts)


def _bibtex(key: str, reference: Reference, texts: list[str]) -> str:
    names = [_bibtex_name(name) for name in people(reference.authors)]
    names += ["others"] if "et al" in (reference.authors or "") else []
    kind = _BIBTEX_TYPES.get(reference.kind, "misc")
    return _bibtex_entry(key, kind, _csl(key, reference, texts), " and ".join(names))


def _bibtex_review(kb: KnowledgeBase) -> str:
    return _bibtex_entry(REVIEW_KEY, "article", _csl_review(kb), "")


def _bibtex_entry(key: str, kind: str, item: dict[str, Any], authors: str) -> str:
    fields = {
        "author": authors,
        "title": f"{{{_tex(item['title'])}}}",
        "journal": _tex(item.get("container-title", "")),
        "publisher": _tex(item.get("publisher", "")),
        "year": str(item["issued"]["date-parts"][0][0]) if "issued" in item else "",
        "volume": _tex(item.get("volume", "")),
        "pages": _tex(item.get("page", "").replace("–", "-").replace("-", "--")),
        "doi": item.get("DOI", "").translate(_CODED),
        "url": item.get("URL", "").translate(_CODED),
        "eprint": _tex(item.get("number", "")),
        "note": _tex(item["note"]),
    }
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _bibtex_name(name: dict[str, str]) -> str:
    return _tex(f"{name['family']}, {name['given']}") if "family" in name else f"{{{_tex(name['literal'])}}}"


def _tex(text: str) -> str:
    """Text as TeX reads it; braces that do not match are round, for BibTeX counts those behind a backslash as well."""
    return (text if _matched(text) else text.translate(_ROUND)).replace("\\", "/").translate(_TEX)


def _matched(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            break
    return depth == 0


def _ris_record(key: str, item: dict[str, Any], kind: str) -> str:
    first_page, _, last_page = item.get("page", "").replace("–", "-").partition("-")
    lines = [("TY", kind), ("ID", key), ("TI", item["title"])]
    lines += [("AU", f"{n['family']}, {n['given']}" if "family" in n else n["literal"]) for n in item.get("author", [])]
    lines += [
        ("JO", item.get("container-title")),
        ("PB", item.get("publisher")),
        ("PY", str(item["issued"]["date-parts"][0][0]) if "issued" in item else None),
        ("VL", item.get("volume")),
        ("SP", first_page),
        ("EP", last_page),
        ("DO", item.get("DOI")),
        ("UR", item.get("URL")),
        ("N1", item["note"]),
    ]
    told = [f"{tag}  - {value}\n" for tag, value in lines if value]
    return "".join([*told, "ER  - \n\n"])
