"""A narrower door: what destruction asks besides (ADR 0063).

Neither who decided nor who confirmed may be stopped from the person. A decision covers what stood when it was taken and
nothing that was written since. Whatever was written, asked or shared about somebody within a year holds their record, and
so does an open request that nobody has matched to a person yet and that may be theirs. Somebody who was a child here and
is now the parent of one stays as long as the child does. And a hold waits for a destruction that has begun, or the
destruction for the hold: neither overtakes the other.
"""

from django.db import migrations

DUE = """
CREATE OR REPLACE FUNCTION record_due_on(who uuid) RETURNS date LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  was_child boolean := record_is_child(who); children bigint; known bigint; latest date;
BEGIN
  SELECT count(*), count(f.day), max(f.day) INTO children, known, latest FROM (
    SELECT record_child_due(c.person) AS day FROM (
      SELECT o.person FROM people_belongs b JOIN record_about a ON a.identity = b.identity
        JOIN record_about x ON x.entry_id = a.entry_id JOIN people_belongs o ON o.identity = x.identity
        WHERE b.person = who AND NOT was_child
      UNION SELECT o.person FROM people_belongs b JOIN people_relationship r ON b.identity IN (r.identity, r.other)
        JOIN people_belongs o ON o.identity IN (r.identity, r.other) WHERE b.person = who AND NOT was_child
      UNION SELECT o.person FROM people_belongs b JOIN people_relationship r ON b.identity = r.identity
        JOIN people_belongs o ON o.identity = r.other
        WHERE b.person = who AND r.relation IN ('mother', 'father', 'parent', 'step_parent', 'carer')
    ) AS c WHERE c.person <> who AND record_is_child(c.person)) AS f;
  IF children > known THEN RETURN NULL; END IF;
  IF was_child THEN
    RETURN CASE WHEN record_child_due(who) IS NOT NULL THEN greatest(record_child_due(who), latest) END;
  END IF;
  IF children > 0 THEN RETURN latest; END IF;
  SELECT max(greatest(e.occurred_latest, e.recorded_start)) INTO latest
    FROM people_belongs b JOIN record_about a ON a.identity = b.identity JOIN record_entry e ON e.id = a.entry_id
    WHERE b.person = who;
  RETURN (latest + interval '10 years')::date;
END $$;
"""

BUSY = """
CREATE FUNCTION record_busy(who uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM casework_subject_request q WHERE
        NOT EXISTS (SELECT 1 FROM casework_subject_event c WHERE c.request_id = q.id AND c.event = 'closed')
        AND CASE WHEN EXISTS (SELECT 1 FROM casework_subject_event v WHERE v.request_id = q.id AND v.event = 'identified')
          THEN EXISTS (SELECT 1 FROM casework_subject_event v WHERE v.request_id = q.id AND v.event = 'identified'
            AND v.person = who)
          ELSE EXISTS (SELECT 1 FROM people_belongs b JOIN people_identity n ON n.id = b.identity WHERE b.person = who
            AND (n.born = q.born::text OR lower(n.family_name) = lower(q.family_name))) END)
      THEN 'request'
    WHEN EXISTS (SELECT 1 FROM people_belongs b JOIN record_about a ON a.identity = b.identity
        JOIN record_entry e ON e.id = a.entry_id
        WHERE b.person = who AND greatest(e.recorded_start, e.occurred_latest) > current_date - interval '1 year')
      OR EXISTS (SELECT 1 FROM casework_task t WHERE t.person = who AND t.raised_at > now() - interval '1 year')
      OR EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.child = who AND d.at > now() - interval '1 year')
      OR EXISTS (SELECT 1 FROM casework_information_request q WHERE q.child = who
        AND q.at > now() - interval '1 year')
      THEN 'recent'
    ELSE '' END
$$;
CREATE OR REPLACE FUNCTION record_held(who uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT record_busy(who) <> '' OR EXISTS (SELECT 1 FROM record_hold h WHERE h.person = who
    AND NOT EXISTS (SELECT 1 FROM record_hold_end e WHERE e.hold_id = h.id))
$$;
CREATE FUNCTION record_written_since(who uuid, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_belongs b JOIN record_about a ON a.identity = b.identity
    JOIN record_entry e ON e.id = a.entry_id LEFT JOIN record_file f ON f.entry_id = e.id
    WHERE b.person = who AND greatest(e.stored_at, f.stored_at) > moment)
$$;
CREATE OR REPLACE FUNCTION record_doomed() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(d.person), '{}') FROM (
    SELECT DISTINCT ON (r.person) r.* FROM record_retention_decision r ORDER BY r.person, r.stored_at DESC, r.id DESC
  ) AS d JOIN record_retention_confirm c ON c.decision_id = d.id
  WHERE d.destroy AND c.by <> d.by AND record_due_on(d.person) <= current_date AND NOT record_held(d.person)
    AND NOT record_written_since(d.person, d.stored_at)
    AND NOT EXISTS (SELECT 1 FROM access_stop s WHERE s.person = d.person AND s.practitioner IN (d.by, c.by)
      AND NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id))
$$;
"""

WAITS = """
CREATE FUNCTION record_waits_for_destruction() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(20261126);
  IF NEW.person IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = NEW.person) THEN
    RAISE EXCEPTION 'this person is not on the record' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER record_hold_waits BEFORE INSERT ON record_hold
  FOR EACH ROW EXECUTE FUNCTION record_waits_for_destruction();
CREATE TRIGGER casework_subject_event_waits BEFORE INSERT ON casework_subject_event
  FOR EACH ROW EXECUTE FUNCTION record_waits_for_destruction();
REVOKE ALL ON FUNCTION record_busy(uuid), record_written_since(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_busy(uuid), record_written_since(uuid, timestamptz) TO wp_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0007_words_of_files"), ("casework", "0009_shielded")]
    operations = [migrations.RunSQL(DUE + BUSY + WAITS, migrations.RunSQL.noop)]
