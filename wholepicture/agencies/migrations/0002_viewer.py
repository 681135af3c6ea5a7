"""The functions that say who is looking, and a directory whose passwords the web cannot read."""

from django.db import migrations

VIEWER = """
CREATE FUNCTION access_viewer() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT p.id FROM access_session s JOIN agencies_practitioner p ON p.id = s.practitioner
  WHERE s.token_hash = encode(sha256(convert_to(coalesce(current_setting('wp.session', true), ''), 'UTF8')), 'hex')
    AND s.expires_at > now() AND p.is_active
    AND NOT EXISTS (SELECT 1 FROM access_session_end e WHERE e.token_hash = s.token_hash)
$$;
CREATE FUNCTION access_viewer_role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT role FROM agencies_practitioner WHERE id = access_viewer()
$$;
CREATE FUNCTION access_viewer_teams() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(t), '{}') FROM (
    SELECT p.team_id AS t FROM agencies_practitioner p WHERE p.id = access_viewer()
    UNION
    SELECT s.supervised_id FROM agencies_practitioner p JOIN agencies_supervision s ON s.team_id = p.team_id
    WHERE p.id = access_viewer()
  ) AS mine
$$;
REVOKE ALL ON FUNCTION access_viewer(), access_viewer_role(), access_viewer_teams() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_viewer(), access_viewer_role(), access_viewer_teams() TO wp_web;
REVOKE ALL ON agencies_agency, agencies_team, agencies_supervision, agencies_practitioner FROM PUBLIC, wp_web, wp_engine;
GRANT SELECT ON agencies_agency, agencies_team, agencies_supervision TO wp_web, wp_engine;
GRANT SELECT (id, username, name, role, team_id, phone, is_active, demo, joined_at) ON agencies_practitioner TO wp_web;
GRANT SELECT ON agencies_practitioner TO wp_engine;
GRANT INSERT ON agencies_agency, agencies_team, agencies_supervision, agencies_practitioner TO wp_engine;
GRANT UPDATE (name, phone, email) ON agencies_team TO wp_engine;
GRANT UPDATE (name, role, team_id, phone, is_active, password) ON agencies_practitioner TO wp_engine;
GRANT USAGE ON SEQUENCE agencies_supervision_id_seq TO wp_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(VIEWER, migrations.RunSQL.noop)]
