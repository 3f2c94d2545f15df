"""The golden files of the drawings, and how to write them again: ``python -m tests.golden_drawings``."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from detente.archive import Archive
from detente.charts.announced import Announced, announced_chart
from detente.charts.network import Tie, network_chart
from detente.charts.tension import tension_chart
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
    return {"tension.svg": f"{tension}\n", "announced.svg": f"{announced}\n", "network.svg": f"{network}\n"}


def main() -> None:
    """Write the files; look at them before they are kept."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(make_archive(Path(folder) / "a.db")) as archive:
        for name, drawn in drawings(archive).items():
            (GOLDEN / name).write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
