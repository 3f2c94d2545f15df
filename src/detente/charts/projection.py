"""The Equal Earth projection: areas stay in proportion wherever they lie (Šavrič, Patterson and Jenny, 2018)."""

from __future__ import annotations

import math

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2

UNITS = 4000.0
"""Units of the map for one of the projection: one is about 1.6 km."""


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees east and north in units of the map: x to the right of Greenwich, y downwards from the equator."""
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    x = math.radians(longitude) * math.cos(theta)
    x /= _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return UNITS * x, -UNITS * y
