"""A commented lab profile to start from."""

from __future__ import annotations

from insitu_advisor.knowledge.base import KnowledgeBase

HEAD = """\
# What your laboratory can reach. insitu-advisor takes this file when it is in the folder you work in, is given
# with --lab, is named by the environment variable INSITU_ADVISOR_LAB, or lies in your config folder. Flags on the
# command line win over it. Remove the '#' before the instruments you can use.
#
# access:      owned, shared, partner (another group lets you in) or by-proposal (peer-reviewed beam time)
# lead_weeks:  weeks until you can use it; left out, 0, 1, 6 or 26 by access class
# cost, preparation:  your own word where it differs: low, moderate, high, very-high, with + for half a step more.
#              An owned instrument without a cost counts one step below the usual one; preparation stays as it is.

name: My laboratory

instruments:
  potentiostat: {access: owned}
"""

TAIL = """
cells: [coin cell, three-electrode cell]
electrolytes: [carbonate]
"""


def text(kb: KnowledgeBase) -> str:
    """A template that names every instrument the knowledge base knows."""
    lines = [
        f"  # {facility}: {{access: {_usual(facility)}}}{' ' * max(1, 40 - len(facility))}# {item.name}"
        for facility, item in kb.facilities.items()
        if facility != "potentiostat"
    ]
    return HEAD + "\n".join(lines) + "\n" + TAIL


def filled(name: str, access: dict[str, str]) -> str:
    """A profile with the instruments named and how each is reached."""
    safe = name.replace("\\", "/").replace('"', "'")
    lines = [f"  {facility}: {{access: {word}}}" for facility, word in access.items()] or ["  {}"]
    return f'name: "{safe}"\n\ninstruments:\n' + "\n".join(lines) + "\n" + TAIL


def _usual(facility: str) -> str:
    return "by-proposal" if facility in {"synchrotron", "neutron-source"} else "shared"
