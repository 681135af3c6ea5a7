"""A request is seen by information governance leads, by whoever wrote it down and by its reviewer and second reader;
what was decided of each item by those two alone, while they may see the person (ADR 0060).
"""

from django.db import migrations

from wholepicture.access.guards import append_only, guarded, owner_reads, sequences

SEES = """
CREATE FUNCTION casework_request_person(what uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT v.person FROM casework_subject_event v WHERE v.request_id = what AND v.event = 'identified'
  ORDER BY v.id DESC LIMIT 1
$$;
CREATE FUNCTION casework_request_reader(what uuid, part text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT v.practitioner FROM casework_subject_event v WHERE v.request_id = what AND v.event = part
  ORDER BY v.id DESC LIMIT 1
$$;
CREATE FUNCTION casework_sees_request(what uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := access_viewer();
  own text := access_viewer_role();
BEGIN
  IF me IS NULL OR own NOT IN ('ig_lead', 'manager')
    OR coalesce(casework_request_person(what) = ANY (access_viewer_stops()), false)
  THEN RETURN false;
  END IF;
  RETURN own = 'ig_lead'
    OR EXISTS (SELECT 1 FROM casework_subject_request r WHERE r.id = what AND r.logged_by = me)
    OR casework_request_reader(what, 'assigned') = me OR casework_request_reader(what, 'second_reader') = me;
END $$;
CREATE FUNCTION casework_reads_request(what uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := access_viewer();
BEGIN
  RETURN access_viewer_role() = 'manager'
    AND (casework_request_reader(what, 'assigned') = me OR casework_request_reader(what, 'second_reader') = me)
    AND access_may_see_person(casework_request_person(what), access_viewer_teams());
END $$;
REVOKE ALL ON FUNCTION casework_request_person(uuid), casework_request_reader(uuid, text),
  casework_sees_request(uuid), casework_reads_request(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework_sees_request(uuid), casework_reads_request(uuid) TO wp_web;
"""

TABLES = {
    "casework_subject_request": "casework_sees_request(id)",
    "casework_subject_event": "casework_sees_request(request_id)",
    "casework_subject_decision": "casework_reads_request(request_id)",
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_subject_access"), ("people", "0005_reading")]
    operations = [
        migrations.RunSQL(
            owner_reads(["casework_subject_request", "casework_subject_event"]) + SEES, migrations.RunSQL.noop
        ),
        *[
            migrations.RunSQL(append_only(t) + guarded(t, web_reads=using), migrations.RunSQL.noop)
            for t, using in TABLES.items()
        ],
        migrations.RunSQL(sequences("casework_subject_event", "casework_subject_decision"), migrations.RunSQL.noop),
    ]
