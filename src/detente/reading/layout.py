"""The tree of a page before its article is sought: tables that only place things, and lists that are the text.

The extractor reads a table as a table and leaves out lists that stand beside paragraphs. Old pages keep their whole
article in a table, and newer ones their points in a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PROSE_CELL = 150
"""Characters from which a cell of a table is running text; cells of data were seen to stay below 80."""

PROSE_ITEM = 40
"""Characters from which the items of a list are sentences, on average; those of menus have 5 to 25."""

MOST_LINKED = 0.5
"""Share of a text that may stand in links: above it is a menu or a list of other pages."""

_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th")
_BLOCKS = ("p", "h1", "h2", "h3", "div", "article", "section", "blockquote", "ul", "ol")


def straighten(tree: Any) -> None:
    """Turn tables for layout into blocks and lists of sentences into paragraphs, in place."""
    for table in reversed(list(tree.iter("table"))):
        if _is_layout(table):
            _unfold(table)
    for listing in list(tree.iter("ul", "ol")):
        if _is_prose(listing):
            _to_paragraphs(listing)


def linked_share(element: Any) -> float:
    """The share of the text of an element that stands in links."""
    whole = len(_text(element))
    return sum(len(_text(link)) for link in element.iter("a")) / whole if whole else 0.0


def _is_layout(table: Any) -> bool:
    if next(table.iter("th", "caption"), None) is not None:
        return False
    cells = list(_cells(table))
    return any(len(_text(cell)) >= PROSE_CELL and _is_running(cell) for cell in cells)


def _is_running(cell: Any) -> bool:
    """Whether a cell holds paragraphs or is all there is beside it."""
    blocks = sum(1 for _ in cell.iter(*_BLOCKS))
    return blocks > 0 or sum(1 for _ in cell.iter("br")) > 1 or len(cell.getparent()) < 3


def _cells(table: Any) -> Iterator[Any]:
    for cell in table.iter("td"):
        if next(cell.iterancestors("table")) is table:
            yield cell


def _unfold(table: Any) -> None:
    for cell in list(_cells(table)):
        if len(_text(cell)) < PROSE_CELL and linked_share(cell) > MOST_LINKED:
            cell.drop_tree()
        else:
            _break_up(cell)
    for part in list(table.iter(*_TABLE_PARTS)):
        if part is table or next(part.iterancestors("table", "div"), None) is not None:
            part.tag = "div"


def _break_up(cell: Any) -> None:
    """Make paragraphs of what is only divided by empty lines."""
    if next(cell.iter(*_BLOCKS), None) is not None:
        return
    paragraph = _paragraph(cell)
    paragraph.text, cell.text = cell.text, None
    pieces = [paragraph]
    for child in list(cell):
        tail, child.tail = child.tail, None
        if child.tag == "br":
            cell.remove(child)
            paragraph = _paragraph(cell)
            paragraph.text = tail
            pieces.append(paragraph)
        else:
            paragraph.append(child)
            child.tail = tail
    cell.extend(piece for piece in pieces if _text(piece))


def _paragraph(near: Any) -> Any:
    return near.makeelement("p")


def _is_prose(listing: Any) -> bool:
    items = [item for item in listing if item.tag == "li"]
    if not items or linked_share(listing) > MOST_LINKED:
        return False
    return sum(len(_text(item)) for item in items) >= PROSE_ITEM * len(items)


def _to_paragraphs(listing: Any) -> None:
    listing.tag = "div"
    for item in listing:
        if item.tag == "li":
            item.tag = "div" if next(item.iter(*_BLOCKS), None) is not None else "p"


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())
