"""Which in situ technique will show me this? An explained, cited ranking for Li, Na and K anodes.

>>> from insitu_advisor import ask, load_knowledge_base, recommend
>>> kb = load_knowledge_base()
>>> advice = recommend(ask(kb, anode="alloy", ion="K"), kb)
>>> advice.ranking[0].rank
1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from insitu_advisor.engine.certainty.certificate import Certificate, certify
    from insitu_advisor.engine.inquiry.compare import Comparison, compare
    from insitu_advisor.engine.inquiry.plan import Plan, plan
    from insitu_advisor.engine.inquiry.precedents import Wanted, precedents
    from insitu_advisor.engine.inquiry.why import why, why_not
    from insitu_advisor.engine.method.advice import Advice, Excluded, Part, Ranked
    from insitu_advisor.engine.method.ranking import recommend
    from insitu_advisor.engine.question.ask import ask, option
    from insitu_advisor.engine.question.question import Anode, Answer, Goal, Question, QuestionError, Weights
    from insitu_advisor.knowledge.base import KnowledgeBase
    from insitu_advisor.knowledge.errors import KnowledgeError
    from insitu_advisor.knowledge.loader import load_knowledge_base

_HOMES = {
    "engine.method.advice": ("Advice", "Excluded", "Part", "Ranked"),
    "engine.question.ask": ("ask", "option"),
    "engine.certainty.certificate": ("Certificate", "certify"),
    "engine.inquiry.compare": ("Comparison", "compare"),
    "engine.inquiry.why": ("why", "why_not"),
    "engine.inquiry.plan": ("Plan", "plan"),
    "engine.inquiry.precedents": ("Wanted", "precedents"),
    "engine.question.question": ("Anode", "Answer", "Goal", "Question", "QuestionError", "Weights"),
    "engine.method.ranking": ("recommend",),
    "knowledge.base": ("KnowledgeBase",),
    "knowledge.errors": ("KnowledgeError",),
    "knowledge.loader": ("load_knowledge_base",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Advice",
    "Anode",
    "Answer",
    "Certificate",
    "Comparison",
    "Excluded",
    "Goal",
    "KnowledgeBase",
    "KnowledgeError",
    "Part",
    "Plan",
    "Question",
    "QuestionError",
    "Ranked",
    "Wanted",
    "Weights",
    "__version__",
    "ask",
    "certify",
    "compare",
    "load_knowledge_base",
    "option",
    "plan",
    "precedents",
    "recommend",
    "why",
    "why_not",
]


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first used, so that `import insitu_advisor` costs nothing."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'insitu_advisor' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"insitu_advisor.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
