"""The pages: their addresses, in the order in which they are matched."""

from __future__ import annotations

from detente.web.pages import View
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

HEAVY = frozenset({home, network, pair, act_map})
"""Pages that reckon over years: made one at a time, so that the others need not wait for them."""

LOCATED = frozenset({act_map})
"""Pages that have a GeoJSON twin too."""

PAGES: tuple[tuple[str, View], ...] = (
    ("/", home),
    ("/search", search),
    ("/reports", reports),
    ("/report/{report}", reader),
    ("/event/{event}", event),
    ("/pair/{one}/{other}", pair),
    ("/timeline", timeline),
    ("/who/{name:path}", who),
    ("/promises", promises),
    ("/disputes", disputes),
    ("/stories", stories),
    ("/story/{story}", story),
    ("/network", network),
    ("/map", act_map),
    ("/review", review),
    ("/help", help_page),
)

COMPARING: tuple[tuple[str, View], ...] = (("/compare", compare),)
"""Pages that are there only where another coding lies beside the archive."""
