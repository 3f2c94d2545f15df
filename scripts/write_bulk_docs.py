"""Write the columns into docs/bulk.md from their description: ``python -m scripts.write_bulk_docs``."""

from __future__ import annotations

from pathlib import Path

from detente.bulk.columns import columns

PAGE = Path(__file__).resolve().parent.parent / "docs" / "bulk.md"
MARK = "<!-- columns -->"


def tables() -> str:
    """The columns of all tables."""
    parts = []
    for table, told in columns().items():
        rows = [f"| `{column.name}` | {column.type} | {column.description} |" for column in told]
        parts.append("\n".join([f"### {table}", "", "| column | type | what |", "|---|---|---|", *rows]))
    return "\n\n".join(parts)


def main() -> None:
    """Put the tables between the marks of the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
    after = rest.partition(MARK)[2]
    PAGE.write_text(f"{before}{MARK}\n\n{tables()}\n\n{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
