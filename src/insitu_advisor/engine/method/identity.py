"""Results that are compared by identity, although they are named tuples.

They hold whole techniques and are made once, so two of them are the same only if they are one. A named tuple is defined
in a fifth of the time a frozen dataclass takes (0.1 of 0.5 ms at each start) and made in half of it.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T", bound=type)


def by_identity(made: T) -> T:
    """Compare and hash the instances of a class by what they are, not by what they hold."""
    for name in ("__eq__", "__ne__", "__hash__"):
        setattr(made, name, getattr(object, name))
    return made
