"""The golden files of the drawings, and how to write them again: ``python -m tests.golden_drawings``."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from detente.archive import Archive
from detente.charts.announced import Announced, announced_chart
from detente.charts.compared import compared_chart
from detente.charts.network import Tie, network_chart
from detente.charts.tension import tension_chart
from detente.relations.acts import QUADS
from detente.relations.comparing import PairCompared, QuadCompared, Span
from detente.relations.pair import relate
from tests.made_archive import make_archive

GOLDEN = Path(__file__).with_name("golden_files")

PROMISES = (
    Announced("Norway: deliver grain", "kept", date(2026, 1, 14), date(2026, 1, 30), date(2026, 1, 28), "/event/a"),
    Announced("Deputy ministers: will meet", "open", date(2026, 2, 2), date(2026, 2, 12), None),
    Announced("Finland: ceasefire talks", "nothing-found", date(2026, 1, 6), date(2026, 1, 20), None),
    Announced("Uruguay: will open its ports", "broken", date(2026, 1, 20), date(2026, 2, 20), date(2026, 2, 1)),
)
TIES = (Tie("ARG", "FIN", 40, 12.5), Tie("ARG", "URY", 25, -9.0), Tie("FIN", "NOR", 10, -3.0))
WEEKS = tuple(date(2026, 1, 5) + timedelta(weeks=n) for n in range(6))
COUNTS = (
    ((0, 2, 1, 0, 3), (12, 40, 0, 7, 31)),
    ((0,) * 5, (0, 0, 1, 0, 0)),
    ((1,) * 5, (2,) * 5),
    ((4, 0, 0, 0, 0),) * 2,
)


def compared() -> PairCompared:
    """Five weeks of two codings, and one of which no report was read."""
    span = Span("week", WEEKS[0], WEEKS[-1], (*WEEKS[:3], *WEEKS[4:]), WEEKS[3:4])
    quads = [
        QuadCompared(name, ours, theirs, 0.83 if name == QUADS[0] else None, None, 0, (), ())
        for name, (ours, theirs) in zip(QUADS, COUNTS, strict=True)
    ]
    return PairCompared(("CHL", "NOR"), span, quads[0], tuple(quads), {})


def drawings(archive: Archive) -> dict[str, str]:
    """Each drawing by the name of its file."""
    relation = relate(archive, ("ARG", "FIN"), by="month")
    tension = tension_chart(
        relation.points,
        relation.bands,
        relation.surprises,
        relation.turns,
        title="Tension Argentina – Finland by month",
        address=lambda day: f"/pair/ARG/FIN?at={day}",
        standalone=True,
    )
    announced = announced_chart(PROMISES, date(2026, 2, 4), title="Announced", standalone=True)
    network = network_chart(TIES, str, lambda one, other: f"/{one}/{other or ''}", title="Ties")
    beside = compared_chart(
        compared(), "gdelt", title="Chile and Norway", address=lambda day: f"/pair/CHL/NOR?at={day}", standalone=True
    )
    drawn = {"tension": tension, "announced": announced, "network": network, "compared": beside}
    return {f"{name}.svg": f"{drawing}\n" for name, drawing in drawn.items()}


def main() -> None:
    """Write the files; look at them before they are kept."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(make_archive(Path(folder) / "a.db")) as archive:
        for name, drawn in drawings(archive).items():
            (GOLDEN / name).write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
