"""The golden files of the exports of an archive: two records made by hand, and how to write the files again."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from detente.archive import Archive
from detente.exports.package import FORMS, export
from tests.made_records import expulsion, summit

GOLDEN = Path(__file__).with_name("golden_files") / "archive"


def example(folder: Path) -> Archive:
    """An archive of two reports, one event of which was corrected."""
    archive = Archive.open(folder / "a.db", create=True)
    archive.add_record(expulsion(url="https://news.example/envoys"))
    met, talks = summit().events
    biden, putin = met.actors
    assert met.place is not None
    geneva = replace(met.place, country="CHE", latitude=46.202, longitude=6.146)
    actors = (replace(biden, id="Q6279", role="president of the United States"), putin)
    met = replace(met, score=0.875, place=geneva, actors=actors)
    archive.add_record(replace(summit(), events=(met, talks)))
    hack = archive.events(type="COERCE")[0].id
    archive.correct(hack, "recipients", "EST:GOV:the agency; LVA", "Mia")
    archive.judge(hack, "right", "Mia")
    return archive


def main() -> None:
    """Write the golden files; Parquet has none, for its bytes change with the library."""
    with tempfile.TemporaryDirectory() as folder, example(Path(folder)) as archive:
        for form in FORMS:
            if form != "parquet":
                export(archive, form, GOLDEN)


if __name__ == "__main__":
    main()
