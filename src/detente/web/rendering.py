"""Templates: everything from reports goes through autoescaping, links through `web_address`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from detente.charts.svg import MONTHS
from detente.codebook import load_codebook
from detente.relations.names import state_name
from detente.relations.weights import STATUSES
from detente.web.assets import address
from detente.web.pages import WebPage

STATUS_MARKS = {"happened": "●", "planned": "◷", "possible": "◌", "denied": "⊘", "said": "“"}


@cache
def environment() -> Environment:
    """The templates of the package."""
    made = Environment(
        loader=PackageLoader("detente.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "asset": address,
        "marks": STATUS_MARKS,
        "to": to,
        "types": tuple(load_codebook().types),
        "statuses": STATUSES,
    }
    made.filters |= {
        "day": day_words,
        "state": state_name,
        "web": web_address,
        "many": many,
        "signed": signed,
        "count": lambda n: f"{n:,}".replace(",", "\u202f"),
    }
    # A global, since an import would not reach a block that is rendered alone.
    made.globals["part"] = made.get_template("parts.html").module
    return made


def render(page: WebPage, part: bool, **more: Any) -> str:
    """The HTML of a page, or of its part alone."""
    template = environment().get_template(page.template)
    given = {**more, "title": page.title, "page": page, "data": page.data, "drawings": page.drawings}
    if part and page.part:
        return "".join(template.blocks[page.part](template.new_context(given)))
    return template.render(given)


def to(*parts: str, **query: Any) -> str:
    """An address of this workbench: path parts and query values quoted, empty values left out."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    asked = {name.rstrip("_"): value for name, value in query.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(asked, doseq=True)}" if asked else path


def web_address(given: str | None) -> str | None:
    """`given` if it is an http(s) address a person may follow, else null."""
    try:
        pieces = urlsplit(given or "")
    except ValueError:
        return None
    return given if pieces.scheme in ("http", "https") and pieces.netloc else None


def day_words(given: str | date | None) -> str:
    """``2026-02-03`` as 3 Feb 2026, a month or year in the same way; other forms as they are."""
    text = str(given or "")
    if "/" in text:
        return "–".join(map(day_words, text.split("/", 1)))
    parts = text[:10].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return text
    if len(parts) == 1:
        return text
    month = MONTHS[(int(parts[1]) - 1) % 12]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def many(count: int, one: str, more: str | None = None) -> str:
    """``1 report``, ``2 reports``."""
    return f"{count:,} {one if count == 1 else more or one + 's'}".replace(",", "\u202f")


def signed(value: float | None, digits: int = 1) -> str:
    """A number with its sign, a true minus."""
    return "" if value is None else f"{value:+.{digits}f}".replace("-", "−")


def joined(words: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
