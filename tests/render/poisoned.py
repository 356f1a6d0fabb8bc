"""A knowledge base whose every text holds markup of every kind, as a user's own file could."""

import yaml

from insitu_advisor import load_knowledge_base
from insitu_advisor.knowledge.loader import FILES, data_folder
from insitu_advisor.knowledge.overlay import merge

POISON = "<script>alert(1)</script> a|b [x](javascript:y) ![i](data:z) **b** _c_ `d` ~~e~~ $f$ [red]g[/red] [/] \\ # h"
# Those written in C, where they were built; they read and write the same.
LOADER, DUMPER = getattr(yaml, "CBaseLoader", yaml.BaseLoader), getattr(yaml, "CSafeDumper", yaml.SafeDumper)
PROSE = {
    "name", "short", "what", "sees", "why", "role", "because", "says", "do", "check", "sentence", "means", "topic",
    "advice", "definition", "access", "idea", "together", "caution", "title", "about", "authors", "journal",
    "publisher", "volume", "pages", "material", "note", "read", "eprint", "of", "answers", "limits", "instead",
}  # fmt: skip
MAPS_OF_PROSE = {"blind_to", "adds", "saw"}
LISTS_OF_PROSE = {"aliases", "unknown", "queries"}


def _poisoned(entry, add):
    """A copy of an entry with something added to every text a reader sees, at any depth."""
    if isinstance(entry, list):
        return [_poisoned(item, add) for item in entry]
    if not isinstance(entry, dict):
        return entry
    return {key: _value(key, value, add) for key, value in entry.items()}


def _value(key, value, add):
    if key in PROSE and isinstance(value, str):
        return add(value)
    if key in MAPS_OF_PROSE and isinstance(value, dict):
        return {inner: add(text) for inner, text in value.items()}
    if key in LISTS_OF_PROSE and isinstance(value, list):
        return [add(text) for text in value]
    return add(value) if key == "saw" else _poisoned(value, add)


def overlay(path, add):
    """A knowledge base whose every text has been added to."""
    shipped = {}
    for name in FILES:
        page = yaml.load((data_folder() / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER)
        shipped = merge(shipped, page)
    own = {section: _poisoned(entries, add) for section, entries in shipped.items() if section != "about"}
    path.write_text(yaml.dump(_typed(own), Dumper=DUMPER, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load_knowledge_base(path)


def _typed(entry, key=None):
    """Numbers as numbers again, which the plain reader left as text."""
    if isinstance(entry, dict):
        return {name: _typed(value, name) for name, value in entry.items()}
    if isinstance(entry, list):
        return [_typed(item, key) for item in entry]
    if entry in {"true", "false"}:
        return entry == "true"
    numeric = key in {"rating", "standing", "year", "review_number", "value", "c_rate_above"} or key in _CRITERIA
    return float(entry) if numeric and "." in entry else int(entry) if numeric and entry.isdigit() else entry


_CRITERIA = {"information", "track-record", "cost", "preparation"}
