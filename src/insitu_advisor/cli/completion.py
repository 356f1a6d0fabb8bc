"""Values the shell completes: options, targets, materials, facilities and the other words of a question."""

# Without `from __future__ import annotations`: Typer reads the annotations of a completer for each option that has one,
# and evaluating them from text took 3 of the 30 ms in which the help page is put together.
import textwrap
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from insitu_advisor.knowledge.base import KnowledgeBase

WIDEST_HELP = 72
Completer = Callable[[str], list[tuple[str, str]]]
Words = Callable[["KnowledgeBase"], Iterable[tuple[str, str]]]


def completer(words: Words) -> Completer:
    """A completer for the ids a knowledge base holds, each with its name as help."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        from insitu_advisor.knowledge.errors import KnowledgeError
        from insitu_advisor.knowledge.loader import load_knowledge_base

        try:
            kb = load_knowledge_base()
        except KnowledgeError:
            return []
        return [(word, _short(name)) for word, name in words(kb) if word.startswith(incomplete)]

    return complete


def _short(text: str) -> str:
    """A meaning on one line, since Typer wraps longer ones and a shell would take the rest for another word."""
    return textwrap.shorten(text, WIDEST_HELP, placeholder=" ...")


def fixed(*words: str) -> Completer:
    """A completer for a closed list of words."""
    return lambda incomplete: [(word, "") for word in words if word.startswith(incomplete)]


targets = completer(lambda kb: ((key, item.definition) for key, item in {**kb.targets, **kb.goals}.items()))
options = completer(lambda kb: ((key, kb.name(key)) for key in kb.options))
materials = completer(
    lambda kb: (
        *((word, "anode type") for word in ("intercalation", "alloy", "conversion", "metal")),
        *((key, item.name) for key, item in kb.materials.items()),
    )
)
facilities = completer(
    lambda kb: (
        *((key, item.means) for key, item in kb.presets.items()),
        *((key, item.name) for key, item in kb.facilities.items()),
    )
)
profiles = completer(lambda kb: ((key, item.means) for key, item in kb.profiles.items()))
LISTED = ("techniques", "goals", "materials", "instruments", "studies", "speeds", "sources", "rules", "conflicts",
          "profiles")  # fmt: skip
entries = completer(
    lambda kb: (
        *((word, "a list") for word in LISTED),
        *(
            (key, "")
            for section in (kb.options, kb.targets, kb.materials, kb.facilities, kb.rules, kb.conflicts)
            for key in section
        ),
    )
)
ions = fixed("Li", "Na", "K")
tiers = fixed("low", "moderate", "high", "very-high", "unlimited")
scales = fixed("atomic", "particle", "electrode", "cell")
cells = fixed("half", "full", "symmetric", "anode-free", "coin", "pouch", "cylindrical", "unopened")
electrolytes = fixed("carbonate", "ether", "ionic-liquid", "aqueous", "polymer", "sulfide", "oxide")
pictures = fixed("scores", "acceptability", "coverage", "resolution")
