"""Parses of the dev sets, kept on disk, so that a round of error reading does not parse again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc, DocBin

from detente.language import DEFAULT_MODEL, load_pipeline, parse_many

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "parses"


def parsed(name: str, texts: Iterable[str], model: str = DEFAULT_MODEL) -> list[Doc]:
    """The Docs of `texts` in order, from the cache where model and texts are the same as last time."""
    texts = list(texts)
    nlp = load_pipeline(model)
    version = f"{nlp.meta['name']}-{nlp.meta['version']}-lines2"
    key = hashlib.sha256("\x00".join([version, *texts]).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    path = CACHE / f"{name}-{key}.spacy"
    if path.exists():
        return list(DocBin().from_disk(path).get_docs(nlp.vocab))
    docs = list(parse_many(nlp, texts))
    CACHE.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    return docs
