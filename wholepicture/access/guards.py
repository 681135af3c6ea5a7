"""SQL that migrations use to guard a table: append-only by trigger, row-level security forced, rights as declared.

Three roles exist before any migration runs: wp_owner (owns and migrates), wp_engine (operations and signals; may
add, never change), wp_web (pages; reads what its policies let through).
"""

from __future__ import annotations

from collections.abc import Sequence

REFUSE_CHANGE = """
CREATE FUNCTION record_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed; add a row that supersedes', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""


def append_only(table: str) -> str:
    """No row of the table is ever changed or removed, whoever asks."""
    return f"""
CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION record_refuse_change();
CREATE TRIGGER {table}_is_whole BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION record_refuse_change();
"""


def guarded(table: str, *, web_reads: str | None, engine_adds: bool = True) -> str:
    """Row-level security on and forced: the engine reads all and may add; the web reads where `web_reads` holds."""
    parts = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;",
        f"REVOKE ALL ON {table} FROM PUBLIC, wp_web, wp_engine; GRANT SELECT ON {table} TO wp_engine;",
        f"CREATE POLICY engine_reads ON {table} FOR SELECT TO wp_engine USING (true);",
    ]
    if engine_adds:
        parts.append(
            f"GRANT INSERT ON {table} TO wp_engine;"
            f"CREATE POLICY engine_adds ON {table} FOR INSERT TO wp_engine WITH CHECK (true);"
        )
    if web_reads is not None:
        parts.append(
            f"GRANT SELECT ON {table} TO wp_web;"
            f"CREATE POLICY web_reads ON {table} FOR SELECT TO wp_web USING ({web_reads});"
        )
    return "\n".join(parts)


def owner_reads(tables: Sequence[str]) -> str:
    """Let the owner's functions read link tables (ids only), which they need to decide what a viewer may see."""
    return "\n".join(f"CREATE POLICY owner_reads ON {t} FOR SELECT TO wp_owner USING (true);" for t in tables)


def sequences(*tables: str) -> str:
    """Let the engine number its rows."""
    return "\n".join(f"GRANT USAGE ON SEQUENCE {table}_id_seq TO wp_engine;" for table in tables)


TEAMS = "(SELECT access_viewer_teams())"
SEES_ENTRY = f"access_may_see_entry({{}}, {TEAMS})"
SEES_PERSON = f"access_may_see_person({{}}, {TEAMS})"
SEES_IDENTITY = f"access_may_see_identity({{}}, {TEAMS})"

LIVE = """(i.since <= now() OR i.since <= {now}) AND (i.until IS NULL OR i.until > {now})
     AND (NOT i.personal OR i.practitioner = access_viewer())
     AND NOT EXISTS (SELECT 1 FROM access_involvement_end e WHERE e.involvement_id = i.id)""".format(
    now="(SELECT now() + make_interval(days => coalesce("
    "(SELECT c.days_ahead FROM access_demo_clock c ORDER BY c.id DESC LIMIT 1), 0)))"
)
"""An involvement `i` that counts for the viewer at this moment, on the clock that the pages show."""

STOPS = "(SELECT access_viewer_stops())"
NOT_STOPPED = f"coalesce({{}} <> ALL ({STOPS}::uuid[]), true)"
READS_ENTRY = (
    f"access_may_read_entry({{}}, {TEAMS}, (SELECT access_viewer_agency()), (SELECT access_viewer_classes()), {STOPS})"
)

LIVE_SHIELD = "NOT EXISTS (SELECT 1 FROM people_shield_end e WHERE e.shield_id = s.id)"
"""A shield `s` that is in force: from the moment it is set until two people have ended it, reviewed or not."""

RELEASED = """EXISTS (SELECT 1 FROM people_release r JOIN people_release_decision d ON d.release_id = r.id
      WHERE r.shield_id = s.id AND r.reader = access_viewer() AND d.granted AND d.until > {now})""".format(
    now="(SELECT now() + make_interval(days => coalesce("
    "(SELECT c.days_ahead FROM access_demo_clock c ORDER BY c.id DESC LIMIT 1), 0)))"
)
KEPT = f"{LIVE_SHIELD} AND NOT (s.holder_team = ANY (teams) OR {RELEASED})"
"""A shield `s` that keeps its address from the viewer, whose teams are `teams`."""
