"""Which state is meant by a code or a name, and what is no archive."""

from __future__ import annotations

import pytest

from detente.archive import Archive
from detente.archive.states import code_of
from detente.errors import ArchiveError


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("RUS", "RUS"),
        ("rus", "RUS"),
        ("Russia", "RUS"),
        ("the U.S.", "USA"),
        (" Iran ", "IRN"),
        ("UAE", "ARE"),
        ("---", "---"),
        ("Fox", None),
        ("Peskov", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_its_name_and_its_code(asked: str, code: str | None) -> None:
    assert code_of(asked) == code


def test_an_archive_in_memory_is_refused() -> None:
    with pytest.raises(ArchiveError, match="is a file"):
        Archive.open(":memory:", create=True)
