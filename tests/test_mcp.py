"""The server for language models, asked by the SDK's own client over standard input and output and over HTTP."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.archive import Archive
from tests.made_archive import make_archive
from tests.made_records import expulsion

pytest.importorskip("mcp")

from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from detente.mcp import make_server

ANSWER_S = 240.0


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("mcp") / "a.db")


def ask(server: Any, tool: str, **arguments: Any) -> Any:
    """What a tool answers: its structured content, or the words of its error."""

    async def asked() -> Any:
        async with Client(server, read_timeout_seconds=ANSWER_S) as client:
            result: Any = await client.call_tool(tool, arguments)
            return result.content[0].text if result.is_error else result.structured_content

    return asyncio.run(asked())


def test_over_standard_input_and_output_a_model_gets_tools_and_evidence(path: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "detente", "mcp", str(path)], env=dict(os.environ)
    )

    async def asked() -> tuple[Any, Any]:
        async with Client(server, read_timeout_seconds=ANSWER_S) as client:
            listed: Any = await client.list_tools()
            result: Any = await client.call_tool("events", {"pair": ["ARG", "Finland"], "limit": 3})
            return listed.tools, result.structured_content

    tools, answer = asyncio.run(asked())
    assert {tool.name for tool in tools} == {
        "code_text", "who_is", "events", "statements", "search", "report", "pair_series", "promises", "disputes",
        "sources",
    }  # fmt: skip
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    with Archive.open(path) as archive:
        assert answer["total"] == archive.events(pair=("ARG", "FIN")).total
        for event in answer["events"]:
            text = archive.text(event["source"]["report"])
            assert text[event["evidence"]["start"] : event["evidence"]["end"]] == event["evidence"]["words"]
            assert event["source"]["url"].startswith("https://")


@pytest.fixture
def listening(path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "detente", "mcp", str(path), "--http", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + ANSWER_S
        while time.monotonic() < deadline and server.poll() is None:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.terminate()
        server.wait()


def test_over_http_it_answers_the_same(path: Path, listening: str) -> None:
    asked = {"speaker": "FIN", "limit": 2}
    assert ask(listening, "statements", **asked) == ask(make_server(path), "statements", **asked)


def test_every_question_of_the_archive_has_words_and_a_source(path: Path) -> None:
    server = make_server(path)
    promise = ask(server, "promises", outcome="kept", limit=1)["promises"][0]
    dispute = ask(server, "disputes", limit=1)["disputes"][0]
    series = ask(server, "pair_series", one="ARG", other="FIN", by="week")
    said = ask(server, "statements", limit=1)["statements"][0]
    assert series["points"]
    surprising = [event for surprise in series["surprises"] for event in surprise["evidence"]]
    assert surprising
    for event in (promise["announced"], promise["came"], dispute["one"], dispute["other"], *surprising):
        assert event["evidence"]["words"]
        assert event["source"]["url"]
    report = ask(server, "report", report=said["source"]["report"])
    for piece in said["evidence"]:
        assert report["text"][piece["start"] : piece["end"]] == piece["words"]
    hits = ask(server, "search", words="trawler", limit=2)["reports"]
    assert hits
    for hit in hits:
        assert "trawler" in hit["words"]
        assert hit["source"]["url"]
        start, end = hit["evidence"]["start"], hit["evidence"]["end"]
        text = ask(server, "report", report=hit["source"]["report"])["text"]
        assert start is None or text[start:end] == hit["evidence"]["words"]
    assert any(hit["evidence"]["start"] is not None for hit in hits)


def test_a_text_is_coded_without_any_archive() -> None:
    server = make_server()
    text = "Norway expelled two envoys of Chile on Friday, the ministry said."
    told = ask(server, "code_text", text=text, date="2023-06-10")
    assert any(event["type"] == "SANCTION" and "expelled" in event["words"] for event in told["events"])
    assert ask(server, "who_is", name="Peskov", date="2021-06-11")["candidates"]


@pytest.mark.parametrize(
    ("tool", "arguments", "reason"),
    [
        ("events", {"since": "yesterday"}, "is no date"),
        ("events", {"pair": ["USA"]}, "two states"),
        ("report", {"report": "none"}, "There is no report"),
        ("pair_series", {"one": "Nowhereland", "other": "FIN"}, "Nowhereland"),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong(path: Path, tool: str, arguments: Any, reason: str) -> None:
    assert reason in ask(make_server(path), tool, **arguments)


def test_the_sources_are_told_with_their_days_and_an_address(path: Path) -> None:
    sources = ask(make_server(path), "sources")["sources"]
    with Archive.open(path) as archive:
        assert sum(source["reports"] for source in sources) == archive.counts()["report"]
    assert all(source["first"] <= source["last"] and source["url"] for source in sources)
    (wire,) = ask(make_server(path), "sources", words="wire")["sources"]
    assert wire == next(source for source in sources if source["name"] == "Example Wire")


def test_it_writes_only_when_told_to(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path, create=True) as archive:
        archive.add_record(expulsion())
    assert "Unknown tool" in ask(make_server(path), "judge_event", event="ev", verdict="wrong")
    server = make_server(path, writer="assistant")
    text = "Norway expelled two envoys of Chile on Friday, the ministry said."
    kept = ask(server, "keep_text", text=text, date="2023-06-10", url="https://news.example/1", publisher="Wire")
    assert (
        ask(server, "keep_text", text=text, date="2023-06-10", url="https://news.example/1", publisher="Wire") == kept
    )
    assert ask(server, "report", report=kept["kept_as"])["text"] == text
    asked = {"pair": ["NOR", "CHL"], "type": "SANCTION"}
    (event,) = ask(server, "events", **asked)["events"]
    assert event["source"]["url"] == "https://news.example/1"
    judged = ask(server, "judge_event", event=event["id"], verdict="wrong")
    assert (judged["who"], judged["verdict"]) == ("assistant", "wrong")
    assert ask(server, "events", **asked)["total"] == 0
    assert "There is no event" in ask(server, "judge_event", event="none", verdict="right")


def test_tools_that_write_say_so(path: Path) -> None:
    async def listed() -> Any:
        async with Client(make_server(path, writer="assistant"), read_timeout_seconds=ANSWER_S) as client:
            return await client.list_tools()

    writing = {tool.name for tool in asyncio.run(listed()).tools if not tool.annotations.read_only_hint}
    assert writing == {"keep_text", "judge_event"}


def test_nothing_it_does_changes_the_archive(path: Path) -> None:
    before = path.read_bytes()
    server = make_server(path)
    for tool, arguments in (("events", {}), ("promises", {}), ("search", {"words": "grain"})):
        ask(server, tool, **arguments)
    assert path.read_bytes() == before
