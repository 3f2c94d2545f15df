"""The numbers behind the index: loaded once, checked on load."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from detente.errors import DataError
from detente.shipped import shipped_table

By = Literal["day", "week", "month"]
STEPS: tuple[By, ...] = ("day", "week", "month")
STATUSES = ("happened", "planned", "possible", "denied")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by status, and the measures of the band by step."""

    status: dict[str, float]
    half_life: dict[str, float]
    least_readings: dict[str, int]
    least_spread: dict[str, float]
    surprise_at: float
    widest_date: dict[str, int]


@cache
def weights() -> Weights:
    """The weights of the package; raises `DataError` where the file is not valid."""
    return weights_from(shipped_table("relations/data/weights.yaml"))


def weights_from(given: Any) -> Weights:
    """Weights from the parsed YAML; raises `DataError` naming what is missing or out of range."""
    try:
        band = given["band"]
        made = Weights(
            status={name: float(given["status"][name]) for name in STATUSES},
            half_life={by: float(band["half_life"][by]) for by in STEPS},
            least_readings={by: int(band["least_readings"][by]) for by in STEPS},
            least_spread={by: float(band["least_spread"][by]) for by in STEPS},
            surprise_at=float(band["surprise_at"]),
            widest_date={by: int(given["widest_date"][by]) for by in STEPS},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"weights.yaml: {type(error).__name__}: {error}") from error
    if not all(0 <= weight <= 1 for weight in made.status.values()):
        raise DataError("weights.yaml: a status weight lies outside 0 to 1")
    if min(*made.half_life.values(), *made.least_spread.values(), made.surprise_at) <= 0:
        raise DataError("weights.yaml: half lives, spreads and the threshold must be above 0")
    return made
