"""Whose government speaks on a web site: the state behind an official address."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from detente.errors import DataError

_FILE = "knowledge/data/official_sites.csv"


def home_of(url: str | None) -> str | None:
    """Alpha-3 code of the state whose official site `url` lies on; null for any other address or none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    return next((c for i in range(len(labels)) if (c := _sites().get(".".join(labels[i:])))), None)


@cache
def _sites() -> Mapping[str, str]:
    rows = list(csv.reader(files("detente").joinpath(_FILE).read_text(encoding="utf-8").splitlines()))
    if not rows or rows[0] != ["suffix", "country"]:
        raise DataError(f"{_FILE}: the columns are not suffix, country.")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != 2 or len(row[1]) != 3 or not row[1].isupper() or row[0] != row[0].lower():
            raise DataError(f"{_FILE}: line {number}: expected a suffix in lower case and a code like FIN.")
    return {row[0]: row[1] for row in rows[1:]}
