"""Coders by name: those of the house, and those that other packages add under the entry point ``detente.coders``.

An entry point names a function from `Settings` to a `Coder`. Every coder made here stands behind the gate of
`detente.coding.validate`, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from detente.coding.pipeline import Pipeline
from detente.coding.protocol import Coder, Settings
from detente.coding.validate import Gate
from detente.did.candidate import Proposer
from detente.errors import UsageError

GROUP = "detente.coders"
DEFAULT_CODER = "learned"

_OWN = {
    "learned": "detente.coding.learned:learned_coder",
    "both": "detente.coding.both:both_coder",
    "llm": "detente.coding.llm.coder:llm_coder",
    "rules": "detente.coding.pipeline:rule_coder",
}
"""The coders of the house; nobody else's can take their names."""


def coder_names() -> list[str]:
    """The names of all coders that can be made, sorted."""
    return sorted({*_OWN, *(point.name for point in entry_points(group=GROUP))})


def make_coder(name: str = DEFAULT_CODER, settings: Settings | None = None) -> Gate:
    """The coder called `name`, behind the gate; raises `UsageError` where there is none.

    What it loads is loaded when the first report comes, and told then as `ModelError` or `DataError`.
    """
    given = settings or Settings()
    return Gate(bare_coder(name, given), given.min_score)


def bare_coder(name: str, settings: Settings) -> Coder:
    """The coder called `name` without the gate: for worker processes, whose results pass it afterwards."""
    make: Callable[[Settings], Coder] = _point(name).load()
    return make(settings)


def pipeline_of(name: str) -> Pipeline:
    """The coder called `name` without the gate, where it is the house's own pipeline; `UsageError` where it is not."""
    coder = bare_coder(name, Settings())
    if not isinstance(coder, Pipeline):
        raise UsageError(f"The coder {name!r} has no stages of its own.")
    return coder


@cache
def proposer_of(name: str) -> Proposer:
    """What finds the acts for the coder called `name`, made once a process; `UsageError` where it is no pipeline's."""
    return pipeline_of(name).proposer


def _point(name: str) -> EntryPoint:
    if name in _OWN:
        return EntryPoint(name, _OWN[name], GROUP)
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        raise UsageError(f"There is no coder {name!r}. There are: {', '.join(coder_names())}.")
    return found
