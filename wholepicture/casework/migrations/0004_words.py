"""The words of a task are read by the team that was asked and by whoever may read the entry that asked; the words of
its answer by that team and by whoever may read the answer's own entry. That it was asked and answered is told to all
who may see the child: silence must be visible (principle 4), and an answer must not look like silence.
"""

from django.db import migrations

READS = "access_may_read_entry({}, teams, own, classes, stops)"

WORDS = f"""
CREATE FUNCTION casework_task_words(tasks uuid[]) RETURNS TABLE (task uuid, why text, asked text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  classes text[] := access_viewer_classes();
  stops uuid[] := access_viewer_stops();
BEGIN
  RETURN QUERY SELECT t.id, t.why, t.asked FROM casework_task t WHERE t.id = ANY (tasks)
    AND (session_user = 'wp_engine' OR (
      NOT (t.person = ANY (stops)) AND (t.team = ANY (teams)
        OR access_may_see_person(t.person, teams) AND {READS.format("t.entry_id")})));
END $$;
CREATE FUNCTION casework_answer_words(tasks uuid[])
RETURNS TABLE (event bigint, meaning text, did text, nothing_because text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  classes text[] := access_viewer_classes();
  stops uuid[] := access_viewer_stops();
BEGIN
  RETURN QUERY SELECT v.id, v.meaning, v.did, v.nothing_because FROM casework_task_event v
    JOIN casework_task t ON t.id = v.task_id WHERE t.id = ANY (tasks) AND v.event = 'answered'
    AND (session_user = 'wp_engine' OR (
      NOT (t.person = ANY (stops)) AND (t.team = ANY (teams)
        OR access_may_see_person(t.person, teams) AND {READS.format("v.entry_id")})));
END $$;
REVOKE ALL ON FUNCTION casework_task_words(uuid[]), casework_answer_words(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework_task_words(uuid[]), casework_answer_words(uuid[]) TO wp_web, wp_engine;
REVOKE SELECT ON casework_task, casework_task_event FROM wp_web;
GRANT SELECT (id, entry_id, person, role, team, practitioner, raised_at, due_on, raised_by, raised_by_name)
  ON casework_task TO wp_web;
GRANT SELECT (id, task_id, event, at, by, by_name, to_team, entry_id) ON casework_task_event TO wp_web;
CREATE POLICY owner_reads ON casework_task FOR SELECT TO wp_owner USING (true);
CREATE POLICY owner_reads ON casework_task_event FOR SELECT TO wp_owner USING (true);
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_policy"), ("people", "0005_reading")]
    operations = [migrations.RunSQL(WORDS, migrations.RunSQL.noop)]
