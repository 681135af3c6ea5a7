"""Destruction of somebody who was found to be two: both go together, or neither.

What holds either holds both, the latest decision about either is the decision about both, and whoever is stopped from
either can decide of neither. Who is one person goes with the identities and people that it is about.
"""

from django.db import migrations

GOES = """
ALTER TABLE people_decided ADD CONSTRAINT people_decided_goes FOREIGN KEY (identity) REFERENCES people_identity (id)
  ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE people_stands ADD CONSTRAINT people_stands_goes FOREIGN KEY (handle) REFERENCES people_person (id)
  ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

BUSY = """
CREATE OR REPLACE FUNCTION record_busy(who uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM casework_subject_request q WHERE
        NOT EXISTS (SELECT 1 FROM casework_subject_event c WHERE c.request_id = q.id AND c.event = 'closed')
        AND CASE WHEN EXISTS (SELECT 1 FROM casework_subject_event v WHERE v.request_id = q.id AND v.event = 'identified')
          THEN EXISTS (SELECT 1 FROM casework_subject_event v WHERE v.request_id = q.id AND v.event = 'identified'
            AND v.person = ANY (access_alike(ARRAY[who])))
          ELSE EXISTS (SELECT 1 FROM people_belongs b JOIN people_identity n ON n.id = b.identity WHERE b.person = who
            AND (n.born = q.born::text OR lower(n.family_name) = lower(q.family_name))) END)
      THEN 'request'
    WHEN EXISTS (SELECT 1 FROM people_belongs b JOIN record_about a ON a.identity = b.identity
        JOIN record_entry e ON e.id = a.entry_id
        WHERE b.person = who AND greatest(e.recorded_start, e.occurred_latest) > current_date - interval '1 year')
      OR EXISTS (SELECT 1 FROM casework_task t WHERE t.person = ANY (access_alike(ARRAY[who]))
        AND t.raised_at > now() - interval '1 year')
      OR EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.child = ANY (access_alike(ARRAY[who]))
        AND d.at > now() - interval '1 year')
      OR EXISTS (SELECT 1 FROM casework_information_request q WHERE q.child = ANY (access_alike(ARRAY[who]))
        AND q.at > now() - interval '1 year')
      THEN 'recent'
    ELSE '' END
$$;
CREATE OR REPLACE FUNCTION record_held(who uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT record_busy(who) <> '' OR EXISTS (SELECT 1 FROM record_hold h WHERE h.person = ANY (access_alike(ARRAY[who]))
    AND NOT EXISTS (SELECT 1 FROM record_hold_end e WHERE e.hold_id = h.id))
$$;
CREATE OR REPLACE FUNCTION record_doomed() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT access_alike(coalesce(array_agg(d.person), '{}')) FROM (
    SELECT DISTINCT ON (access_stands_for(r.person)) r.* FROM record_retention_decision r
    ORDER BY access_stands_for(r.person), r.stored_at DESC, r.id DESC
  ) AS d JOIN record_retention_confirm c ON c.decision_id = d.id
  WHERE d.destroy AND c.by <> d.by AND record_due_on(d.person) <= current_date AND NOT record_held(d.person)
    AND NOT record_written_since(d.person, d.stored_at)
    AND NOT EXISTS (SELECT 1 FROM people_grouping g JOIN people_belongs b ON b.identity = g.identity_id
      WHERE b.person = d.person AND g.stored_at > d.stored_at)
    AND NOT EXISTS (SELECT 1 FROM access_stop s WHERE s.person = ANY (access_alike(ARRAY[d.person]))
      AND s.practitioner IN (d.by, c.by) AND NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0008_narrower_door"), ("people", "0031_both_are_one")]
    operations = [migrations.RunSQL(GOES + BUSY, migrations.RunSQL.noop)]
