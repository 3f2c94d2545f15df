"""Two codings of one pair over time: ours above the line, theirs below it, a band for each quad class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from detente.charts.svg import Days, Scale, element, label, link, picture
from detente.relations.comparing import PairCompared, QuadCompared
from detente.relations.series import after

WIDTH, LEFT, RIGHT = 1180.0, 48.0, 1168.0
TOP, BAND, GAP = 40.0, 120.0, 28.0

Address = Callable[[date], str]


def compared_chart(
    compared: PairCompared, theirs: str, *, title: str, address: Address | None = None, standalone: bool = False
) -> Markup:
    """The drawing; `theirs` names the other data set, `address` gives the link of the point that starts on a day."""
    span = compared.span
    if not span.starts:
        words = "The two have no time in common of which a report was read."
        return picture(WIDTH, 60, title, label(words, LEFT, 34), standalone=standalone)
    every = sorted((*span.starts, *span.unread))
    days = Days(every[0], after(every[-1], span.by), LEFT, RIGHT)
    bottom = TOP + (BAND + GAP) * len(compared.quads)
    return picture(
        WIDTH,
        bottom + 16,
        title,
        label(f"ours above the line, {theirs} below it, each to its own scale", LEFT, 14, "label side"),
        *_frame(days, bottom - GAP),
        *(
            part
            for n, quad in enumerate(compared.quads)
            for part in _band(quad, compared, theirs, days, TOP + (BAND + GAP) * n, address)
        ),
        standalone=standalone,
    )


def _frame(days: Days, bottom: float) -> Iterator[str]:
    for day, text in days.ticks():
        x = days(day)
        yield element("line", x1=x, x2=x, y1=TOP, y2=bottom, class_="grid")
        yield label(text, x, bottom + 22, anchor="middle")


def _band(
    quad: QuadCompared, compared: PairCompared, theirs: str, days: Days, top: float, address: Address | None
) -> Iterator[str]:
    middle = top + BAND / 2
    yield element("line", x1=LEFT, x2=RIGHT, y1=middle, y2=middle, class_="axis")
    for start in compared.span.unread:
        end = after(start, compared.span.by)
        box = element("rect", x=days(start), y=middle - 4, width=days(end) - days(start), height=8, class_="unread")
        yield element("g", element("title", f"{start}: no report read"), box)
    together = "" if quad.pearson is None else f" · r {quad.pearson:.2f}"
    yield label(f"{quad.quad}{together}", LEFT + 6, top - 6, "label side")
    for counts, name, edge, class_ in (
        (quad.ours, "ours", top + 10, "ours"),
        (quad.theirs, theirs, top + BAND - 6, "theirs"),
    ):
        most = max(counts, default=0)
        yield label(str(most), LEFT - 8, edge + 2, "label number", "end")
        height = Scale(0, max(1, most), middle, edge)
        yield from _bars(counts, name, compared, days, (middle, height), class_, address)


def _bars(
    counts: Sequence[int],
    name: str,
    compared: PairCompared,
    days: Days,
    scale: tuple[float, Scale],
    class_: str,
    address: Address | None,
) -> Iterator[str]:
    middle, height = scale
    for start, count in zip(compared.span.starts, counts, strict=True):
        if count:
            end = after(start, compared.span.by) - timedelta(days=1)
            left, right = days(start), days(end + timedelta(days=1))
            edge = height(count)
            bar = element(
                "rect",
                x=left,
                y=min(middle, edge),
                width=round(max(1.0, right - left - 1), 1),
                height=round(abs(edge - middle), 1),
                class_=class_,
            )
            words = f"{name}, {start} to {end}: {count}"
            yield link(address(start), words, bar) if address else element("g", element("title", words), bar)
