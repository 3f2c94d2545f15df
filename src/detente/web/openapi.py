"""The JSON twins described: an OpenAPI document made from the addresses, their questions and their types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from detente import __version__
from detente.web import described as one
from detente.web import described_lists as other
from detente.web.described_pair import PairPage
from detente.web.pages import View
from detente.web.questions import QUESTIONS, Question
from detente.web.views.compare import compare
from detente.web.views.events import event
from detente.web.views.help import help_page
from detente.web.views.home import home, network
from detente.web.views.joins import disputes, promises, stories, story
from detente.web.views.lists import reports, search, timeline
from detente.web.views.map import act_map
from detente.web.views.pair import pair
from detente.web.views.people import who
from detente.web.views.reader import reader
from detente.web.views.review import review

ADDRESS = "/openapi.json"

ANSWERS: Mapping[View, type] = {
    home: one.HomePage,
    search: one.SearchPage,
    reports: one.ReportsPage,
    reader: one.ReaderPage,
    event: one.EventPage,
    pair: PairPage,
    timeline: other.TimelinePage,
    who: other.WhoPage,
    promises: other.PromisesPage,
    disputes: other.DisputesPage,
    stories: other.StoriesPage,
    story: other.StoryPage,
    network: other.NetworkPage,
    act_map: other.MapPage,
    review: other.ReviewPage,
    help_page: other.HelpPage,
    compare: other.ComparePage,
}
"""What the JSON twin of each page is of."""

_PART = re.compile(r"{(\w+)(?::\w+)?}")
_REF = "#/components/schemas/{model}"
_LINKS = {
    "Link": {
        "description": "The addresses of the pages before (`prev`) and after (`next`) this one, as in RFC 8288.",
        "schema": {"type": "string"},
    },
    "X-Total-Count": {"description": "How many rows there are in all.", "schema": {"type": "integer"}},
}


def document(pages: Iterable[tuple[str, View]]) -> dict[str, Any]:
    """The description of the JSON twins of `pages`, each an address as routes have it and what answers it."""
    from pydantic import TypeAdapter

    asked = list(pages)
    kinds = {ANSWERS[view]: None for _, view in asked} | {one.FaultPage: None}
    adapters: list[Any] = [(kind.__name__, "serialization", TypeAdapter(kind)) for kind in kinds]
    schemas, definitions = TypeAdapter.json_schemas(adapters, ref_template=_REF)
    named = {name: schema for (name, _), schema in schemas.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "detente",
            "version": __version__,
            "description": "The pages of the workbench as JSON: every address has a twin that ends in .json.",
        },
        "paths": {_twin(address): {"get": _operation(address, view, named)} for address, view in asked},
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": {"password": {"type": "http", "scheme": "basic"}},
        },
        "security": [{}, {"password": []}],
    }


def _twin(address: str) -> str:
    return _PART.sub(r"{\1}", "/index" if address == "/" else address) + ".json"


def _operation(address: str, view: View, schemas: Mapping[str, Any]) -> dict[str, Any]:
    kind = ANSWERS[view]
    parts = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in _PART.findall(address)
    ]
    is_list = issubclass(kind, one.TurnedPage)
    given = {"headers": _LINKS} if is_list else {}
    fault = _json("Why there is no answer.", schemas[one.FaultPage.__name__])
    return {
        "operationId": view.__name__,
        "summary": (view.__doc__ or "").strip().splitlines()[0],
        "parameters": [*parts, *map(_parameter, QUESTIONS.get(view, ()))],
        "responses": {
            "200": {**_json((kind.__doc__ or "").strip(), schemas[kind.__name__]), **given},
            "400": fault,
            "401": {"description": "A password is needed."},
            "404": fault,
        },
    }


def _parameter(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "in": "query",
        "description": question.about,
        "schema": {"type": question.type, **question.more},
    }


def _json(about: str, schema: Any) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}
