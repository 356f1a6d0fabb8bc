"""What can be wrong with a file of knowledge, said so that its author can mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One fault: the file and line it stands in, the path of the entry, what is wrong and what to do."""

    file: str
    line: int | None
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return visible(f"{place}: {self.where}: {self.what}" if self.where else f"{place}: {self.what}")


def visible(text: str) -> str:
    """Text with control and formatting characters spelled out, so that a message cannot steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} else ascii(c)[1:-1] for c in text)


# Nobody mends more than this at a time, and each costs time to word.
MOST_TOLD = 20


class KnowledgeError(Exception):
    """Raised when knowledge cannot be read or does not hold together.

    `problems` lists the first faults found, MOST_TOLD of them at most, and `more` counts the rest.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems, self.more = tuple(problems), more
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """Each fault told in a line, then how many there are besides."""
        told = [str(problem) for problem in self.problems]
        if self.more:
            told.append(
                f"and {self.more:,} more fault{'s' if self.more > 1 else ''} like these; mend the first ones first"
            )
        return told
