"""``detente import``, and ``detente compare`` of an archive with what was imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, cast

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from detente.archive import Archive
from detente.archive.answers import EventRow
from detente.archive.beside import DataSet, OtherAct, RefusedRow, data_set_asked
from detente.charts.compared import compared_chart
from detente.cli.answering import limit_of, write_csv
from detente.cli.drawing import write_drawing
from detente.cli.output import opened, refuse_unwritable, write_json
from detente.cli.progress import tell
from detente.cli.tables import event_act, event_words, print_parts, source_line, table_of
from detente.errors import UsageError
from detente.exports.pretty import plain
from detente.published import form_named, import_file
from detente.relations.comparing import (
    LoneDay,
    PairCompared,
    QuadCompared,
    SetCompared,
    Span,
    compare_pair,
    compare_set,
)
from detente.relations.dates import first_day, last_day
from detente.relations.names import known_state, state_name
from detente.relations.weights import By

SOME_REFUSED = 1
REFUSED_TOLD, DAYS_SHOWN = 20, 12


def import_files(
    path: Path, files: Sequence[Path], form: str, name: str | None, replace: bool, as_json: bool, quiet: bool
) -> int:
    """Bring the files into the archive at `path`, made where there is none, and return the exit code."""
    done = []
    with Archive.open(path, create=True) as archive, archive.transaction():
        for number, file in enumerate(files):
            imported = import_file(archive, file, form_named(form), name or form, replace=replace and not number)
            done.append(imported)
    for imported in done:
        _tell_refused(imported.path, imported.refused)
        if not quiet and not as_json:
            tell(f"detente: {imported}")
    if as_json:
        with opened(None, machine=True) as out:
            write_json([{**asdict(imported), "rows": imported.rows} for imported in done], out)
    return SOME_REFUSED if any(imported.refused for imported in done) else 0


def _tell_refused(path: str, refused: Sequence[RefusedRow]) -> None:
    for row in refused[:REFUSED_TOLD]:
        tell(f"detente: {path}:{row.line}: {row.code}: {row.reason}")
    if len(refused) > REFUSED_TOLD:
        tell(f"detente: {path}: {len(refused) - REFUSED_TOLD:,} more rows refused; --json lists all")


def compare_with_set(
    path: Path,
    name: str | None,
    states: Sequence[str] | None,
    by: str,
    since: str | None,
    until: str | None,
    plot: Path | None,
    differences: bool,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print how the acts of the archive go together with those of a data set; raises `UsageError` for wrong use."""
    refuse_unwritable(plot)
    if plot and plot.suffix not in (".svg", ".png"):
        raise UsageError(f"{str(plot)!r}: a drawing ends in .svg or .png.")
    if (plot or differences) and not states:
        raise UsageError("Name a pair to draw it or to see its days: --pair RUS USA.")
    most = limit_of(limit, as_json, as_csv)
    days = first_day(since, "--since"), last_day(until, "--until")
    with Archive.open(path) as archive:
        data_set = data_set_asked(archive.db, name)
        if states:
            one, other = (known_state(given) for given in states)
            pairs = [compare_pair(archive, data_set, (one, other), cast(By, by), *days)]
            whole = None
        else:
            whole = compare_set(archive, data_set, cast(By, by), *days, most)
            pairs = list(whole.pairs)
        if plot:
            write_drawing(_drawn(pairs[0], data_set), plot)
        with opened(None, machine=as_json or as_csv) as out:
            if as_json:
                write_json(to_dict(archive, data_set, pairs, whole), out)
            elif as_csv:
                write_csv([row for pair in pairs for row in counts(pair)], out, ["pair"])
            else:
                print_parts(_told(archive, data_set, pairs, whole, differences), out)


def counts(pair: PairCompared) -> Iterator[dict[str, Any]]:
    """One flat row a point and quad class."""
    for quad in pair.quads:
        for start, ours, theirs in zip(pair.span.starts, quad.ours, quad.theirs, strict=True):
            row = {"pair": "-".join(pair.pair), "start": start.isoformat(), "quad_class": quad.quad}
            yield {**row, "ours": ours, "theirs": theirs}


def to_dict(
    archive: Archive, data_set: DataSet, pairs: Sequence[PairCompared], whole: SetCompared | None
) -> dict[str, Any]:
    """The comparison as plain values; days that only we have carry our sentences."""
    told: dict[str, Any] = {"data_set": asdict(data_set)}
    if whole is not None:
        told["pairs_of"] = {"both": whole.both, "only_ours": whole.only_ours, "only_theirs": whole.only_theirs}
    return {**told, "pairs": [_pair_dict(archive, pair) for pair in pairs]}


def _pair_dict(archive: Archive, pair: PairCompared) -> dict[str, Any]:
    span = pair.span
    return {
        "pair": list(pair.pair),
        "by": span.by,
        "first": _iso(span.first),
        "last": _iso(span.last),
        "starts": [start.isoformat() for start in span.starts],
        "unread": [start.isoformat() for start in span.unread],
        "together": _numbers_dict(pair.together),
        "quad_classes": [
            {
                **_numbers_dict(quad),
                "only_ours": [_our_day(archive, day) for day in quad.only_ours],
                "only_theirs": [_their_day(pair, day) for day in quad.only_theirs],
            }
            for quad in pair.quads
        ],
    }


def _numbers_dict(quad: QuadCompared) -> dict[str, Any]:
    return {
        "quad_class": quad.quad,
        "ours": list(quad.ours),
        "theirs": list(quad.theirs),
        "pearson": quad.pearson,
        "spearman": quad.spearman,
        "days_shared": quad.shared,
        "days_only_ours": len(quad.only_ours),
        "days_only_theirs": len(quad.only_theirs),
    }


def _our_day(archive: Archive, day: LoneDay) -> dict[str, Any]:
    return {"day": day.day.isoformat(), "acts": [_our_act(archive.event(id_)) for id_ in day.acts]}


def _our_act(event: EventRow) -> dict[str, Any]:
    """An event of ours with its words and where they stand: on the web, and on the page of the workbench."""
    return {
        "event": event.id,
        "type": event.type,
        "status": event.status,
        "sentence": event.evidence,
        "report": event.source.report,
        "url": event.source.url,
        "page": f"/event/{event.id}",
    }


def _their_day(pair: PairCompared, day: LoneDay) -> dict[str, Any]:
    acts = [pair.others[id_] for id_ in day.acts]
    kept = [{"id": act.id, "kind": act.kind, "url": act.url, "words": act.words} for act in acts]
    return {"day": day.day.isoformat(), "reports_read": day.read, "acts": kept}


def _told(
    archive: Archive,
    data_set: DataSet,
    pairs: Sequence[PairCompared],
    whole: SetCompared | None,
    differences: bool,
) -> Iterator[RenderableType]:
    if whole is not None:
        yield _pair_table(data_set, whole)
        return
    (pair,) = pairs
    yield _quad_table(data_set, pair)
    if differences:
        yield _our_days(archive, pair)
        yield _their_days(data_set, pair)


def _pair_table(data_set: DataSet, whole: SetCompared) -> Table:
    table = _numbers_table("Pair", data_set)
    for pair in whole.pairs:
        table.add_row(_names(pair), *_numbers(pair.together))
    pairs = f"{whole.both:,} in both, {whole.only_ours:,} only here, {whole.only_theirs:,} only there"
    table.caption = f"{_time(whole.span)}\nPairs of states: {pairs}"
    return table


def _quad_table(data_set: DataSet, pair: PairCompared) -> Table:
    table = _numbers_table("Quad class", data_set)
    for quad in (*pair.quads, pair.together):
        table.add_row(quad.quad, *_numbers(quad))
    table.title, table.caption = _names(pair), _time(pair.span)
    return table


def _numbers_table(first: str, data_set: DataSet) -> Table:
    days = (("Days in both", 7), ("only ours", 6), ("only theirs", 7))
    return table_of((first, None), ("Ours", 7), (_title(data_set), 9), ("r", 5), ("rho", 5), *days)


def _numbers(quad: QuadCompared) -> list[str]:
    related = ["–" if value is None else f"{value:.2f}" for value in (quad.pearson, quad.spearman)]
    days = (quad.shared, len(quad.only_ours), len(quad.only_theirs))
    return [f"{sum(quad.ours):,}", f"{sum(quad.theirs):,}", *related, *(f"{number:,}" for number in days)]


def _our_days(archive: Archive, pair: PairCompared) -> Table:
    table = table_of(("Day", 10), ("Act", None), ("Words", None), ("Source", None))
    lone = [(day, id_) for quad in pair.quads for day in quad.only_ours for id_ in day.acts]
    for day, id_ in sorted(lone, key=lambda one: (one[0].day, one[1]))[:DAYS_SHOWN]:
        event = archive.event(id_)
        source = source_line(event.source).append(f"\n{plain(event.source.url or event.source.report)}")
        table.add_row(day.day.isoformat(), event_act(event).append(f"\n{id_}", style="dim"), event_words(event), source)
    table.title = _days_title("Days that only the archive has", len(lone))
    return table


def _their_days(data_set: DataSet, pair: PairCompared) -> Table:
    table = table_of(("Day", 10), ("Act", None), ("Words", None), ("Source", None))
    lone = [(day, id_) for quad in pair.quads for day in quad.only_theirs for id_ in day.acts]
    for day, id_ in sorted(lone, key=lambda one: (one[0].day, one[1]))[:DAYS_SHOWN]:
        act = pair.others[id_]
        read = f"{day.read:,} report{'' if day.read == 1 else 's'} read of that day"
        table.add_row(day.day.isoformat(), _their_act(act), plain(act.words or "–"), plain(f"{act.url or ''}\n{read}"))
    table.title = _days_title(f"Days that only {_title(data_set)} has", len(lone))
    return table


def _their_act(act: OtherAct) -> Text:
    sides = [plain(name or " ".join(states) or "–") for name, states in _sides(act)]
    line = Text.assemble(sides[0], " → ", (plain(act.kind or "?"), "bold"), " → ", sides[1])
    return line.append(f"\n{plain(act.id)}", style="dim")


def _sides(act: OtherAct) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    yield act.actor, act.actors
    yield act.recipient, act.recipients


def _days_title(words: str, count: int) -> str:
    return f"{words}: {count:,} act{'' if count == 1 else 's'}" + (
        f", the first {DAYS_SHOWN} of them" if count > DAYS_SHOWN else ""
    )


def _time(span: Span) -> str:
    if span.first is None:
        return "The two have no day in common"
    unread = f"; {len(span.unread):,} more of which no report was read" if span.unread else ""
    return f"{span.first} to {span.last}: {len(span.starts):,} {span.by}s{unread}"


def _drawn(pair: PairCompared, data_set: DataSet) -> str:
    title = f"{_names(pair)}: acts by {pair.span.by}, ours above and {_title(data_set)} below"
    return compared_chart(pair, data_set.name, title=title, standalone=True)


def _names(pair: PairCompared) -> str:
    return " and ".join(map(state_name, pair.pair))


def _title(data_set: DataSet) -> str:
    title = form_named(data_set.form).title
    return title if data_set.name == data_set.form else data_set.name


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
