"""The steps by which an archive grows: numbered without a gap and without a number given twice."""

from __future__ import annotations

from importlib.resources import files


def test_the_steps_of_the_schema_are_numbered_one_by_one() -> None:
    folder = files("detente.archive") / "data" / "schema"
    numbers = sorted(int(step.name.partition("_")[0]) for step in folder.iterdir() if step.name.endswith(".sql"))
    assert numbers == list(range(1, len(numbers) + 1))
