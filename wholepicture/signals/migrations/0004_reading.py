"""A question is read by those whom its rule asks, and by whoever may read every entry behind it; others learn that it
waits and whom to ask (principle 9): its words would tell them what the evidence is.
"""

from django.db import migrations

from wholepicture.access.guards import SEES_PERSON, STOPS, TEAMS, owner_reads

CLASSES = "(SELECT access_viewer_classes())"
READS_SIGNAL = f"access_may_read_signal(id, {TEAMS}, (SELECT access_viewer_agency()), {CLASSES}, {STOPS})"

MAY_READ = """
CREATE FUNCTION access_may_read_signal(what uuid, teams text[], own text, classes text[], stops uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF cardinality(stops) = 0 AND cardinality(classes) = 8 THEN RETURN true; END IF;
  RETURN EXISTS (
      SELECT 1 FROM signals_event v WHERE v.signal_id = what AND v.tell <> ''
      AND (v.tell::jsonb ? own OR v.tell::jsonb ? split_part(own, '/', 1)))
    OR NOT EXISTS (
      SELECT 1 FROM signals_evidence d WHERE d.signal_id = what
      AND NOT access_may_read_entry(d.entry_id, teams, own, classes, stops));
END $$;
"""

WITHHELD = """
CREATE FUNCTION access_signals_withheld(who uuid) RETURNS TABLE (tell text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  classes text[] := access_viewer_classes();
  stops uuid[] := access_viewer_stops();
BEGIN
  IF access_viewer_role() IS NOT NULL AND access_may_see_person(who, teams) THEN
    RETURN QUERY
      SELECT (SELECT v.tell FROM signals_event v WHERE v.signal_id = s.id AND v.tell <> '' ORDER BY v.id DESC LIMIT 1)
      FROM signals_signal s WHERE s.person = who
        AND (SELECT v.event FROM signals_event v WHERE v.signal_id = s.id ORDER BY v.id DESC LIMIT 1)
          IN ('raised', 'new_evidence', 'reopened')
        AND NOT access_may_read_signal(s.id, teams, own, classes, stops)
      ORDER BY s.raised_on, s.id;
  END IF;
END $$;
"""

RIGHTS = f"""
REVOKE ALL ON FUNCTION access_may_read_signal(uuid, text[], text, text[], uuid[]), access_signals_withheld(uuid)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_may_read_signal(uuid, text[], text, text[], uuid[]), access_signals_withheld(uuid)
  TO wp_web;
ALTER POLICY web_reads ON signals_signal USING ({SEES_PERSON.format("person")} AND {READS_SIGNAL});
"""


class Migration(migrations.Migration):
    dependencies = [("signals", "0003_guards"), ("people", "0005_reading")]
    operations = [
        migrations.RunSQL(
            owner_reads(["signals_signal", "signals_event", "signals_evidence"]) + MAY_READ + WITHHELD + RIGHTS,
            migrations.RunSQL.noop,
        )
    ]
