"""Laying one piece of knowledge over another."""

from __future__ import annotations

from typing import Any

# Below these maps an entry given anew replaces the old one whole, so that a new value can never inherit the basis or
# the source of the value it replaces.
_TECHNIQUE_MAPS = frozenset({"information", "blind_to", "roles", "ions", "set_up"})


def merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`over` laid on `base`, both mappings of sections as read from YAML; neither is changed.

    Sections merge by entry; techniques merge by field, and their maps (targets, roles, ions, variants) by key. A target
    that moves between `information` and `blind_to` leaves its old place.
    """
    merged = dict(base)
    for section, entries in over.items():
        old = base.get(section)
        if not isinstance(old, dict) or not isinstance(entries, dict):
            merged[section] = entries
        elif section == "techniques":
            merged[section] = old | {key: _technique(old.get(key), entry) for key, entry in entries.items()}
        else:
            merged[section] = old | entries
    return merged


def _technique(old: Any, new: Any) -> Any:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    merged = old | new
    for field in _TECHNIQUE_MAPS & new.keys() & old.keys():
        if isinstance(old[field], dict) and isinstance(new[field], dict):
            merged[field] = old[field] | new[field]
    if isinstance(old.get("variants"), dict) and isinstance(new.get("variants"), dict):
        merged["variants"] = old["variants"] | {
            key: _technique(old["variants"].get(key), variant) for key, variant in new["variants"].items()
        }
    for kept, dropped in (("information", "blind_to"), ("blind_to", "information")):
        if isinstance(new.get(kept), dict) and isinstance(merged.get(dropped), dict):
            merged[dropped] = {
                key: value
                for key, value in merged[dropped].items()
                if key not in new[kept] or key in (new.get(dropped) or {})
            }
    return merged
