"""The events of an archive in the form of the POLECAT data set: 40 columns and two more, as data/polecat.yaml says.

PLOVER has no status: a plan has the type that the codebook gives its words (`codebook.told_type`), and only what
happened is an event of its own type. Planned conflict, what is possible and what is denied are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente import __version__
from detente.archive.answers import EventRow, Side
from detente.archive.names import NO_NAMES, Names
from detente.codebook import intensity_of, quad_of, told_type
from detente.exports.flat import BETWEEN, Cell, joined
from detente.exports.located import FEATURES, Located, codes_of, located
from detente.relations.acts import QUADS

UNKNOWN = "None"


def row_of(event: EventRow, told: Names = NO_NAMES) -> dict[str, Cell] | None:
    """The cells of one event; null where the event has no place in the form. `told` are the names in its report."""
    kind, folded = told_type(event.type, event.status), event.status == "planned"
    if kind is None:
        return None
    where = located(event)
    cells: dict[str, Cell] = {
        "Event ID": event.id,
        # The day the agreement was told: the day agreed on is still to come.
        "Event Date": event.source.report_date if folded else event.day,
        "Event Type": kind,
        "Event Mode": None if folded else event.mode,
        "Intensity": intensity_of(kind) if folded else event.intensity,
        "Quad Code": QUADS[quad_of(kind) - 1].upper(),
        "Contexts": BETWEEN.join(event.contexts),
        **_side("Actor", event.actors),
        **_side("Recipient", event.recipients),
        "Placename": event.place,
        "City": _named(where, "town"),
        "District": _named(where, "district"),
        "Province": _named(where, "region"),
        "Country": event.place_country,
        "Latitude": event.latitude,
        "Longitude": event.longitude,
        "GeoNames ID": where.geonames if where else None,
        "Raw Placename": event.place,
        "Feature Type": FEATURES.get(where.precision) if where else None,
        "Source": event.source.publisher,
        "Publication Date": event.source.report_date,
        "Story People": joined(told.people),
        "Story Organizations": joined(told.bodies),
        "Story Locations": joined(told.places),
        "Language": "en",
        "Version": f"detente {__version__}",
        "Score": event.score,
        "Act ID": event.act_id,
    }
    return {name: UNKNOWN if value in (None, "") else value for name, value in cells.items()}


def _named(where: Located | None, precision: str) -> str | None:
    return where.name if where and where.precision == precision else None


def _side(name: str, sides: Sequence[Side]) -> dict[str, Cell]:
    return {
        f"{name} Name": joined(side.name for side in sides),
        f"{name} Country": joined(side.country for side in sides),
        f"{name} COW": joined(codes_of(side.country).cow for side in sides),
        f"Primary {name} Sector": sides[0].sector if sides else None,
        f"{name} Sectors": joined(side.sector for side in sides),
        f"{name} Title": joined(side.role for side in sides),
        f"{name} Name Raw": joined(side.text for side in sides),
        f"Wikipedia {name} ID": joined(side.entity for side in sides),
    }
