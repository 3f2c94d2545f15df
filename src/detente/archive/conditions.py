"""The conditions of a query, gathered one by one, and what nearly every question asks for."""

from __future__ import annotations

from typing import Any

from detente.errors import UsageError
from detente.record import days_of


class Where:
    """The conditions of a query and their values, gathered one by one."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: Any) -> None:
        """Ask for one more thing to hold."""
        self.conditions.append(condition)
        self.values += (storable(value) if isinstance(value, str) else value for value in values)

    @property
    def sql(self) -> str:
        """The ``WHERE`` clause, or nothing."""
        return f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""

    def and_also(self, condition: str, *values: Any) -> Where:
        """These conditions and one more, apart from these."""
        found = Where()
        found.conditions, found.values = [*self.conditions], [*self.values]
        found.add(condition, *values)
        return found


def between(where: Where, column: str, since: str | None, until: str | None) -> None:
    """Ask for days of `column` from `since` to `until`, each a day, month or year, both included."""
    for name, given, sign in (("since", since, ">="), ("until", until, "<=")):
        if given is None:
            continue
        first, last = days_of(given)
        if first is None or "/" in given:
            raise UsageError(
                f"{name}: {given!r} is no date: give a day, month or year like 2021-06-11, 2021-06 or 2021."
            )
        where.add(f"{column} {sign} ?", first if sign == ">=" else last)
    if since and until and (days_of(since)[0] or "") > (days_of(until)[1] or ""):
        raise UsageError(f"since: {since!r} is after until: {until!r}.")


def storable(given: str) -> str:
    """`given` without the halves of characters that a terminal passes on for bytes it cannot read."""
    return given.encode("utf-8", "replace").decode("utf-8")
