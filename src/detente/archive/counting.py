"""Which telling stands for each act, kept ready: for all acts, for those of a state, and for those of a pair; and which
states each report names.

Triggers of the schema take out what changed and note it in table ``uncounted``; `recount` reckons that anew. It runs
at the end of every transaction of an `Archive`, and before rows are read that may not be in step.
"""

from __future__ import annotations

import sqlite3

from detente.archive.told import ACT, DAY, FROM, STANDING

_ITS_ACT = (
    "COALESCE((SELECT act FROM telling WHERE telling.event = COALESCE("
    "(SELECT first.n FROM event first WHERE first.id = event.same_as), event.n)), event.same_as, event.id)"
)
"""`told.ACT`, looked up event by event: of a few that changed the planner otherwise reads all the rest."""

_TELLING_THE_SAME = f"""
WITH changed AS MATERIALIZED (
  SELECT DISTINCT {_ITS_ACT} AS act FROM event WHERE n IN (SELECT event FROM uncounted)
), joined AS MATERIALIZED (
  SELECT telling.event AS n FROM changed CROSS JOIN telling ON telling.act = changed.act
), near AS MATERIALIZED (
  SELECT n FROM joined
  UNION SELECT n FROM changed CROSS JOIN event ON event.id = changed.act
  UNION SELECT n FROM changed CROSS JOIN event ON event.same_as = changed.act
  UNION SELECT event.n FROM joined CROSS JOIN event first ON first.n = joined.n
    CROSS JOIN event ON event.same_as = first.id
)
INSERT OR IGNORE INTO uncounted
SELECT n FROM event WHERE n IN (SELECT n FROM near) AND {_ITS_ACT} IN (SELECT act FROM changed)
"""

_TOLD = f"""
WITH told AS MATERIALIZED (
  SELECT event.n, {ACT} AS act, {DAY} AS day, report.report_date AS told, event.status, event.intensity,
         row_number() OVER (ORDER BY {STANDING}) AS place
  FROM {FROM} WHERE event.n IN (SELECT event FROM uncounted) AND event.verdict IS NOT 'wrong'
)"""
_DAY_OR_NONE = "COALESCE(day, ''), n, status, CASE WHEN day IS NULL THEN told END"

# BETWEEN, as the planner would go through all parties for a filter before it looked up those of a few events.
_STANDING = f"""
{_TOLD}, scoped AS (
  SELECT '' AS scope, told.* FROM told
  UNION ALL SELECT DISTINCT country, told.* FROM told CROSS JOIN event_party ON event BETWEEN n AND n
  UNION ALL SELECT DISTINCT CASE side WHEN 'actor' THEN country || '>' ELSE '>' || country END, told.*
    FROM told CROSS JOIN event_party ON event BETWEEN n AND n
)
INSERT INTO standing (scope, day, event, status, told)
SELECT scope, {_DAY_OR_NONE} FROM (
  SELECT *, row_number() OVER (PARTITION BY scope, act ORDER BY place) AS turn FROM scoped
) WHERE turn = 1 AND scope IS NOT NULL
"""

# The rule of `told.pairs_among`.
_PAIRS = f"""
{_TOLD}, paired AS (
  SELECT DISTINCT min(a.country, b.country) AS one, max(a.country, b.country) AS other, told.*
  FROM told CROSS JOIN event_party a ON a.event = told.n AND a.side = 'actor'
       CROSS JOIN event_party b ON b.event = told.n AND b.country <> a.country
  WHERE b.side = 'recipient' OR NOT EXISTS (
    SELECT 1 FROM event_party r WHERE r.event = told.n AND r.side = 'recipient' AND r.country IS NOT NULL)
)
INSERT INTO pair_act (one, other, day, event, status, told, intensity, tellings)
SELECT one, other, {_DAY_OR_NONE}, COALESCE(intensity, 0.0), tellings FROM (
  SELECT *, row_number() OVER (PARTITION BY one, other, act ORDER BY place) AS turn,
         count(*) OVER (PARTITION BY one, other, act) AS tellings
  FROM paired
) WHERE turn = 1
"""

# What reports name no longer, and what speakers add, triggers of the schema see to.
_NAMED = """
INSERT OR IGNORE INTO mention
SELECT country, COALESCE(report_date, ''), report.n
FROM uncounted CROSS JOIN event_party ON event_party.event = uncounted.event
     CROSS JOIN event ON event.n = uncounted.event CROSS JOIN report ON report.n = event.report
WHERE country IS NOT NULL
"""

NAMED_ANEW = """
SELECT DISTINCT country, COALESCE(report_date, ''), report FROM named JOIN report ON report.n = named.report
ORDER BY 1, 2, 3
"""
"""All of table ``mention``, found anew."""


def recount(db: sqlite3.Connection) -> None:
    """Reckon the acts of all events that changed; nothing to do where none did.

    A connection that only reads answers without what another tool changed and nobody reckoned yet.
    """
    if not db.execute("SELECT EXISTS (SELECT 1 FROM uncounted)").fetchone()[0]:
        return
    if db.execute("PRAGMA query_only").fetchone()[0]:
        return
    if not db.in_transaction:
        db.execute("BEGIN IMMEDIATE")
        try:
            recount(db)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        return
    for step in (_NAMED, _TELLING_THE_SAME, _STANDING, _PAIRS, "DELETE FROM uncounted"):
        db.execute(step)


def count_anew(db: sqlite3.Connection) -> None:
    """Throw all that was reckoned away and reckon it again."""
    for table in ("standing", "pair_act", "mention"):
        db.execute(f"DELETE FROM {table}")
    db.execute(f"INSERT INTO mention {NAMED_ANEW}")
    db.execute("INSERT OR IGNORE INTO uncounted SELECT n FROM event")
    recount(db)


def reckon_aside(db: sqlite3.Connection) -> None:
    """Reckon ``standing`` and ``pair_act`` of all events into temporary tables of the same names.

    Inside a transaction of the caller, who takes it back: as long as they are there, they stand before those of the
    archive. Nothing is written to the file.
    """
    for table in ("standing", "pair_act", "uncounted"):
        (made,) = db.execute(
            "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()
        db.execute(made.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
    db.execute("INSERT INTO temp.uncounted SELECT n FROM event")
    for step in (_STANDING, _PAIRS):
        db.execute(step)
