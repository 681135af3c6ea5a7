"""Questions about a person who was found to be two: both persons' questions are theirs."""

from django.db import migrations

WITHHELD = """
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
      FROM signals_signal s WHERE s.person = ANY (access_alike(ARRAY[who]))
        AND (SELECT v.event FROM signals_event v WHERE v.signal_id = s.id ORDER BY v.id DESC LIMIT 1)
          IN ('raised', 'new_evidence', 'reopened')
        AND NOT access_may_read_signal(s.id, teams, own, classes, stops)
      ORDER BY s.raised_on, s.id;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("signals", "0005_places"), ("people", "0031_both_are_one")]
    operations = [migrations.RunSQL(WITHHELD, migrations.RunSQL.noop)]
