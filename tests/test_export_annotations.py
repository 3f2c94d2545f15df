"""Web Annotations as a program that speaks JSON-LD reads them: in the words of W3C's vocabulary, and none is lost.

``contexts/anno.json`` has those terms of the vocabulary that the form uses, so that no test fetches anything.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.archive import Archive
from detente.exports.package import export
from detente.exports.web_annotation import CONTEXT
from tests.golden_archive import example

jsonld = pytest.importorskip("pyld").jsonld

OA = "http://www.w3.org/ns/oa#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TERMS = json.loads(Path(__file__).with_name("contexts").joinpath("anno.json").read_text(encoding="utf-8"))


def loaded(address: str, options: Any) -> dict[str, Any]:
    """The context in place of the one on the web; anything else is not to be fetched."""
    assert address == CONTEXT
    return {"contextUrl": None, "documentUrl": address, "document": TERMS, "contentType": "application/ld+json"}


OFFLINE = {"documentLoader": loaded}


@pytest.fixture
def written(tmp_path: Path) -> dict[str, Any]:
    with example(tmp_path) as archive:
        document: dict[str, Any] = json.loads(export(archive, "annotations", tmp_path / "out").read_bytes())
    return document


def typed(document: dict[str, Any]) -> dict[str, set[str]]:
    """Class → the nodes that are of it, in the graph that the document stands for."""
    graph = jsonld.to_rdf(document, OFFLINE)["@default"]
    found: dict[str, set[str]] = {}
    for triple in graph:
        if triple["predicate"]["value"] == RDF_TYPE:
            found.setdefault(triple["object"]["value"].removeprefix(OA), set()).add(triple["subject"]["value"])
    return found


def test_every_key_is_of_the_vocabulary_and_comes_back(written: dict[str, Any]) -> None:
    expanded = jsonld.expand(written, OFFLINE)
    assert jsonld.compact(expanded, CONTEXT, OFFLINE) == written


def test_a_key_that_is_not_of_it_would_not_come_back(written: dict[str, Any]) -> None:
    written["first"]["items"][0]["certainty"] = "high"
    assert jsonld.compact(jsonld.expand(written, OFFLINE), CONTEXT, OFFLINE) != written


def test_the_graph_has_every_event_and_statement_with_both_selectors(tmp_path: Path, written: dict[str, Any]) -> None:
    nodes = typed(written)
    with Archive.open(tmp_path / "a.db") as archive:
        ids = [event.id for event in archive.events()] + [said.id for said in archive.statements()]
        pieces = len(archive.events()) + sum(len(statement.spans) for statement in archive.statements())
    assert nodes["Annotation"] == {f"urn:detente:{id_}" for id_ in ids}
    assert len(nodes["TextPositionSelector"]) == len(nodes["TextQuoteSelector"]) == pieces


def test_offsets_are_whole_numbers_of_xml_schema(written: dict[str, Any]) -> None:
    graph = jsonld.to_rdf(written, OFFLINE)["@default"]
    starts = [triple["object"] for triple in graph if triple["predicate"]["value"] == f"{OA}start"]
    assert {start["datatype"].rpartition("#")[2] for start in starts} == {"nonNegativeInteger"}
    selectors = [target["selector"][0] for item in written["first"]["items"] for target in targets(item)]
    assert sorted(int(start["value"]) for start in starts) == sorted(selector["start"] for selector in selectors)


def targets(item: dict[str, Any]) -> list[dict[str, Any]]:
    return item["target"] if isinstance(item["target"], list) else [item["target"]]
