"""Points per half-cycle as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from insitu_advisor.engine.method.pace import Pace, table
from insitu_advisor.engine.method.system import SystemReading
from insitu_advisor.render.formats.json_parts import DIGITS, SCHEMA_VERSION, knowledge_base


def data(system: SystemReading, rates: Sequence[float]) -> dict[str, Any]:
    """Every way of measuring at every rate."""
    return {
        "schema_version": SCHEMA_VERSION,
        "knowledge_base": knowledge_base(system.kb),
        "rates": list(rates),
        "ways": rows(system, rates),
    }


def rows(system: SystemReading, rates: Sequence[float]) -> list[dict[str, Any]]:
    """One row per variant, with what is printed of its time per point and its pace at each rate."""
    return [
        {
            "technique": way.technique_id,
            "variant": way.variant_id,
            "seconds": [way.figure.low, way.figure.high] if way.figure else None,
            "means": way.figure.means if way.figure else None,
            "basis": way.figure.basis if way.figure else "judgement" if way.tempo else None,
            "sources": list(way.figure.sources) if way.figure else [],
            "tempo": way.tempo.tempo if way.tempo else None,
            "pace": [_pace(pace) for pace in paces],
        }
        for way, paces in table(system, rates)
    ]


def _pace(pace: Pace) -> dict[str, Any]:
    return {
        "c_rate": pace.c_rate,
        "points": None if pace.fewest is None or pace.most is None else [_round(pace.fewest), _round(pace.most)],
        "order_of_magnitude": None if pace.order is None else _round(pace.order),
        "verdict": pace.verdict,
    }


def _round(points: float) -> float:
    return round(points, DIGITS)
