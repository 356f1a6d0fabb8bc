"""JSON as it is printed everywhere."""

from __future__ import annotations

import json
from typing import Any


def dump(data: Any) -> str:
    """JSON, indented, with every letter as it is, ending in a line break. Refuses NaN and infinity (ValueError)."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
