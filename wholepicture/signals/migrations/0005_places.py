"""Whom a question asks may be a place: the school that wrote what lies behind it is told by its kind where it is kept.

A rule asks the author of an entry, by its agency's own code (`school/oak`); of a shielded child that leads to the door.
The column is read by the owner's function alone, which leaves a kept place's own name away.
"""

from django.db import migrations

TOLD = """
CREATE FUNCTION access_told(code text, signal uuid, person uuid, own text, teams text[]) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF position('/' in code) > 0 AND code IS DISTINCT FROM own AND (access_shielded(person, NULL, teams) OR EXISTS (
    SELECT 1 FROM signals_evidence d WHERE d.signal_id = signal AND access_receipt_kept(d.entry_id, NULL, teams)))
  THEN RETURN split_part(code, '/', 1);
  END IF;
  RETURN code;
END $$;
CREATE FUNCTION access_tell_of(which text, signal uuid, person uuid, own text, teams text[]) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF which = '' OR position('/' in which) = 0 THEN RETURN which; END IF;
  RETURN (SELECT coalesce(jsonb_agg(t.code ORDER BY t.place), '[]')::text FROM (
    SELECT access_told(c.code, signal, person, own, teams) AS code, min(c.place) AS place
    FROM jsonb_array_elements_text(which::jsonb) WITH ORDINALITY AS c (code, place) GROUP BY 1) AS t);
END $$;
CREATE FUNCTION access_signals_told(ids uuid[]) RETURNS TABLE (event bigint, signal uuid, tell text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  classes text[] := access_viewer_classes();
  stops uuid[] := access_viewer_stops();
BEGIN
  RETURN QUERY SELECT v.id, s.id, access_tell_of(v.tell, s.id, s.person, own, teams)
    FROM signals_event v JOIN signals_signal s ON s.id = v.signal_id
    WHERE v.signal_id = ANY (ids) AND v.tell <> '' AND access_may_see_person(s.person, teams)
      AND access_may_read_signal(s.id, teams, own, classes, stops);
END $$;
CREATE OR REPLACE FUNCTION access_signals_withheld(who uuid) RETURNS TABLE (tell text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  classes text[] := access_viewer_classes();
  stops uuid[] := access_viewer_stops();
BEGIN
  IF access_viewer_role() IS NOT NULL AND access_may_see_person(who, teams) THEN
    RETURN QUERY
      SELECT access_tell_of((SELECT v.tell FROM signals_event v WHERE v.signal_id = s.id AND v.tell <> ''
        ORDER BY v.id DESC LIMIT 1), s.id, s.person, own, teams)
      FROM signals_signal s WHERE s.person = who
        AND (SELECT v.event FROM signals_event v WHERE v.signal_id = s.id ORDER BY v.id DESC LIMIT 1)
          IN ('raised', 'new_evidence', 'reopened')
        AND NOT access_may_read_signal(s.id, teams, own, classes, stops)
      ORDER BY s.raised_on, s.id;
  END IF;
END $$;
REVOKE ALL ON FUNCTION access_told(text, uuid, uuid, text, text[]), access_tell_of(text, uuid, uuid, text, text[]),
  access_signals_told(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_signals_told(uuid[]) TO wp_web;
REVOKE SELECT ON signals_event FROM wp_web;
GRANT SELECT (id, signal_id, event, "on", by, by_name, by_role, question, reason, stored_at) ON signals_event TO wp_web;
"""


class Migration(migrations.Migration):
    dependencies = [("signals", "0004_reading"), ("people", "0008_shielded_places")]
    operations = [migrations.RunSQL(TOLD, migrations.RunSQL.noop)]
