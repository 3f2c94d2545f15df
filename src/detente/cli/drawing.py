"""Drawings as files: SVG or PNG; ``detente map``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from detente.archive import Archive
from detente.charts.act_map import act_map_chart
from detente.cli.output import opened, refuse_unwritable
from detente.errors import UsageError
from detente.exports.geojson import write_features
from detente.exports.map_points import MapPoint, points_of
from detente.exports.pretty import plain

DRAWINGS = (".svg", ".png")
FEATURES = ".geojson"
SHOWN_POINTS = 12


def write_drawing(drawn: str, out: Path) -> None:
    """Write a drawing to `out`, as SVG, or as PNG where its name ends so."""
    if out.suffix == ".svg":
        out.write_text(drawn, encoding="utf-8")
        return
    import resvg_py

    out.write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=drawn, background="white", zoom=2)))


def draw_map(path: Path, asked: dict[str, Any], out: Path, as_json: bool) -> None:
    """Draw the acts asked for that have a place into `out`, and say where the most were.

    Raises `UsageError` where `out` is no drawing.
    """
    refuse_unwritable(out)
    if out.suffix not in (*DRAWINGS, FEATURES):
        raise UsageError(f"{str(out)!r}: a map ends in .svg, .png or .geojson.")
    with Archive.open(path) as archive:
        acts = archive.events(**asked, once=True, located=True, newest=True)
        points = points_of(acts)
        if out.suffix == FEATURES:
            with out.open("wb") as sink:
                write_features(acts, sink)
        else:
            write_drawing(act_map_chart(points, title="Acts on a map", standalone=True), out)
        elsewhere = archive.events(**asked, once=True, located=False, limit=1).total
    with opened(None, machine=as_json) as sink_of_words:
        if as_json:
            told = {"acts": len(acts), "elsewhere": elsewhere, "places": [_row(point) for point in points]}
            sink_of_words.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
            return
        sink_of_words.write(f"{len(acts):,} acts at {len(points):,} places; {elsewhere:,} more tell no known place\n")
        for point in points[:SHOWN_POINTS]:
            where = f"{plain(point.name)} ({', '.join(filter(None, (point.country, point.precision)))})"
            sink_of_words.write(f"{len(point.acts):>6,}  tension {point.tension:+.1f}  {where}\n")


def _row(point: MapPoint) -> dict[str, Any]:
    names = ("name", "country", "precision", "latitude", "longitude", "tension")
    return {**{name: getattr(point, name) for name in names}, "acts": len(point.acts)}
