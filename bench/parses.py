"""Parses of the dev sets, kept on disk, so that a round of error reading does not parse again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, DocBin

import detente
from detente.coding import Settings
from detente.coding.pipeline import Pipeline
from detente.language import DEFAULT_MODEL

PARSING = "datelines on lines of their own; names where one is unknown; 64 lines at once; headlines recased"
"""How texts are parsed, in words: another wording makes the cache anew."""

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "parses"


def parsed(name: str, texts: Iterable[str], model: str = DEFAULT_MODEL) -> list[Doc]:
    """The Docs of `texts` in order, from the cache where model and texts are the same as last time."""
    texts = list(texts)
    coder = _coder(model)
    nlp = coder.nlp
    version = f"{nlp.meta['name']}-{nlp.meta['version']}-{PARSING}-{_known_names()}"
    key = hashlib.sha256("\x00".join([version, *texts]).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    path = CACHE / f"{name}-{key}.spacy"
    if path.exists():
        return list(DocBin().from_disk(path).get_docs(nlp.vocab))
    docs = coder.parsed(texts)
    CACHE.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    return docs


@cache
def _known_names() -> str:
    tables = sorted((Path(detente.__file__).parent / "knowledge" / "data").rglob("*.*"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in tables)).hexdigest()[:8]


@cache
def _coder(model: str) -> Pipeline:
    return Pipeline(settings=Settings(model))
