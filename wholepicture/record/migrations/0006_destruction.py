"""Destruction: the one way in which a row is ever removed, as narrow as the database can make it (ADR 0063).

`record_destroy` belongs to the owner. It works out again, from the record itself, that the decision stands, that another
person confirmed it, that the day has come and that nothing holds the record; writes a tombstone that names every row;
and removes those. A row may be removed only by the owner, in the transaction of a tombstone that names it: the guard of
every table and its policy both ask. Neither the engine nor the web may remove anything, or write a tombstone.
"""

from django.db import migrations

from wholepicture.access.guards import NOT_STOPPED, append_only, guarded

# What the schedule says (record/retention/schedule.py), as it stood: a test compares the two.
DUE = r"""
CREATE FUNCTION record_last_day(said text) RETURNS date LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT CASE
    WHEN said ~ '^\d{4}$' THEN make_date(said::int, 12, 31)
    WHEN said ~ '^\d{4}-\d{2}$' THEN ((said || '-01')::date + interval '1 month' - interval '1 day')::date
    WHEN said ~ '^\d{4}-\d{2}-\d{2}' THEN left(said, 10)::date END
$$;
CREATE FUNCTION record_detail(details text, name text) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(details::jsonb -> name ->> 'value', details::jsonb ->> name)
$$;
CREATE FUNCTION record_is_child(who uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_belongs b JOIN people_identity n ON n.id = b.identity
    WHERE b.person = who AND n.type IN ('child', 'unborn'))
$$;
CREATE FUNCTION record_child_due(who uuid) RETURNS date LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  born date; died date; looked boolean; protected_until date; adopted date;
BEGIN
  SELECT max(record_last_day(n.born)), max(record_last_day(n.died)) INTO born, died
    FROM people_belongs b JOIN people_identity n ON n.id = b.identity WHERE b.person = who;
  IF born IS NULL THEN RETURN NULL; END IF;
  SELECT bool_or(e.kind = 'case' AND record_detail(e.details, 'status') = 'looked_after'
      OR e.kind = 'legal' AND record_detail(e.details, 'what') ~* 'care order|section 20|accommodat'),
    max(greatest(e.occurred_latest, e.recorded_start)) FILTER (WHERE e.kind = 'conference'
      OR e.kind = 'plan' AND record_detail(e.details, 'type') = 'child_protection'
      OR e.kind = 'case' AND record_detail(e.details, 'status') = 'child_protection'),
    max(greatest(e.occurred_latest, e.recorded_start)) FILTER (WHERE e.kind = 'legal'
      AND record_detail(e.details, 'what') ~* 'adoption')
  INTO looked, protected_until, adopted
    FROM people_belongs b JOIN record_about a ON a.identity = b.identity JOIN record_entry e ON e.id = a.entry_id
    WHERE b.person = who;
  RETURN greatest(
    (born + interval '25 years')::date,
    CASE WHEN looked AND died < (born + interval '18 years')::date THEN (died + interval '15 years')::date
      WHEN looked THEN (born + interval '75 years')::date END,
    (protected_until + interval '35 years')::date,
    (adopted + interval '100 years')::date);
END $$;
CREATE FUNCTION record_due_on(who uuid) RETURNS date LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  children bigint; known bigint; latest date;
BEGIN
  IF record_is_child(who) THEN RETURN record_child_due(who); END IF;
  SELECT count(*), count(f.day), max(f.day) INTO children, known, latest FROM (
    SELECT record_child_due(c.person) AS day FROM (
      SELECT o.person FROM people_belongs b JOIN record_about a ON a.identity = b.identity
        JOIN record_about x ON x.entry_id = a.entry_id JOIN people_belongs o ON o.identity = x.identity
        WHERE b.person = who
      UNION SELECT o.person FROM people_belongs b JOIN people_relationship r ON b.identity IN (r.identity, r.other)
        JOIN people_belongs o ON o.identity IN (r.identity, r.other) WHERE b.person = who
    ) AS c WHERE record_is_child(c.person)) AS f;
  IF children > 0 THEN RETURN CASE WHEN children = known THEN latest END; END IF;
  SELECT max(greatest(e.occurred_latest, e.recorded_start)) INTO latest
    FROM people_belongs b JOIN record_about a ON a.identity = b.identity JOIN record_entry e ON e.id = a.entry_id
    WHERE b.person = who;
  RETURN (latest + interval '10 years')::date;
END $$;
"""

HELD = """
CREATE FUNCTION record_held(who uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM record_hold h WHERE h.person = who
      AND NOT EXISTS (SELECT 1 FROM record_hold_end e WHERE e.hold_id = h.id))
    OR EXISTS (SELECT 1 FROM casework_subject_event v WHERE v.event = 'identified' AND v.person = who
      AND NOT EXISTS (SELECT 1 FROM casework_subject_event c WHERE c.request_id = v.request_id AND c.event = 'closed'))
$$;
CREATE FUNCTION record_doomed() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(d.person), '{}') FROM (
    SELECT DISTINCT ON (r.person) r.* FROM record_retention_decision r ORDER BY r.person, r.stored_at DESC, r.id DESC
  ) AS d JOIN record_retention_confirm c ON c.decision_id = d.id
  WHERE d.destroy AND c.by <> d.by AND record_due_on(d.person) <= current_date AND NOT record_held(d.person)
$$;
"""

# Everybody whom an entry concerns, by being named in it or by what was made of it; nobody known is the nil id.
CONCERNS = """
CREATE FUNCTION record_concerns(what uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(b.person, '00000000-0000-0000-0000-000000000000') FROM record_about a
    LEFT JOIN people_belongs b ON b.identity = a.identity WHERE a.entry_id = what
  UNION SELECT t.person FROM casework_task t WHERE t.entry_id = what
  UNION SELECT q.child FROM casework_information_request q WHERE q.entry_id = what
  UNION SELECT d.child FROM casework_disclosure_item i JOIN casework_disclosure d ON d.id = i.disclosure_id
    WHERE i.entry = what
  UNION SELECT t.person FROM casework_task_event v JOIN casework_task t ON t.id = v.task_id WHERE v.entry_id = what
  UNION SELECT s.person FROM signals_evidence d JOIN signals_signal s ON s.id = d.signal_id WHERE d.entry_id = what
  UNION SELECT p.person FROM casework_screening s JOIN casework_screening_position p ON p.decision_id = s.id
    WHERE s.notice_id = what
  UNION SELECT coalesce(b.person, '00000000-0000-0000-0000-000000000000') FROM casework_child_observation o
    LEFT JOIN people_belongs b ON b.identity = o.identity WHERE o.notice_id = what
$$;
CREATE FUNCTION record_entries_to_go(doomed uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone uuid[]; fewer uuid[];
BEGIN
  SELECT coalesce(array_agg(e.id), '{}') INTO gone FROM (
    SELECT DISTINCT a.entry_id AS id FROM people_belongs b JOIN record_about a ON a.identity = b.identity
    WHERE b.person = ANY (doomed)
  ) AS e WHERE NOT EXISTS (SELECT 1 FROM record_concerns(e.id) AS p WHERE p <> ALL (doomed));
  -- A correction and what it corrects, a notice and its decision, go together or stay together.
  LOOP
    SELECT coalesce(array_agg(g.id), '{}') INTO fewer FROM unnest(gone) AS g(id) WHERE NOT EXISTS (
      SELECT e.supersedes FROM record_entry e WHERE e.id = g.id AND e.supersedes <> ALL (gone)
        AND EXISTS (SELECT 1 FROM record_entry x WHERE x.id = e.supersedes)
      UNION ALL SELECT e.id FROM record_entry e WHERE e.supersedes = g.id AND e.id <> ALL (gone)
      UNION ALL SELECT d.entry_id FROM casework_screening s JOIN casework_screening_decision d ON d.screening_id = s.id
        WHERE s.notice_id = g.id AND d.entry_id <> ALL (gone)
      UNION ALL SELECT s.notice_id FROM casework_screening s JOIN casework_screening_decision d ON d.screening_id = s.id
        WHERE d.entry_id = g.id AND s.notice_id <> ALL (gone));
    EXIT WHEN cardinality(fewer) = cardinality(gone);
    gone := fewer;
  END LOOP;
  RETURN gone;
END $$;
CREATE FUNCTION record_people_to_go(doomed uuid[], gone uuid[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(p.id), '{}') FROM unnest(doomed) AS p(id)
  WHERE NOT EXISTS (SELECT 1 FROM people_belongs b JOIN record_about a ON a.identity = b.identity
      WHERE b.person = p.id AND a.entry_id <> ALL (gone))
    AND NOT EXISTS (SELECT 1 FROM people_belongs b JOIN people_relationship r ON b.identity IN (r.identity, r.other)
      LEFT JOIN people_belongs o ON o.identity = CASE WHEN b.identity = r.identity THEN r.other ELSE r.identity END
      WHERE b.person = p.id AND coalesce(o.person <> ALL (doomed), true))
$$;
"""

# Which rows of which table a destruction names, by what: entries (1), people (2) and identities (3).
NAMED = """
CREATE FUNCTION record_named(gone uuid[], people uuid[], doomed uuid[]) RETURNS TABLE (kind text, item text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH own AS (SELECT b.identity FROM people_belongs b WHERE b.person = ANY (people))
  SELECT 'entry', g::text FROM unnest(gone) AS g
  UNION ALL SELECT 'person', p::text FROM unnest(people) AS p
  UNION ALL SELECT 'identity', o.identity::text FROM own o
  UNION ALL SELECT 'relationship', r.id::text FROM people_relationship r
    WHERE r.identity IN (SELECT identity FROM own) OR r.other IN (SELECT identity FROM own)
  UNION ALL SELECT 'source', s.id::text FROM record_source_row s JOIN record_entry e
    ON e.source_system = s.source_system AND e.id = ANY (gone) AND s.cells::jsonb ->> 'entry_id' = e.source_key
  UNION SELECT 'source', s.id::text FROM record_source_row s JOIN people_identity n
    ON n.source_system = s.source_system AND n.id IN (SELECT identity FROM own)
    AND n.source_key IN (s.cells::jsonb ->> 'person', s.cells::jsonb ->> 'other') WHERE s.cells::jsonb ->> 'entry_id' IS NULL
  UNION ALL SELECT 'screening', s.id::text FROM casework_screening s WHERE s.notice_id = ANY (gone)
  UNION ALL SELECT 'asked', q.id::text FROM casework_information_request q WHERE q.child = ANY (doomed)
  UNION ALL SELECT 'disclosure', d.id::text FROM casework_disclosure d WHERE d.child = ANY (doomed)
  UNION ALL SELECT 'disclosed', v.id::text FROM casework_disclosure_event v
    JOIN casework_disclosure d ON d.id = v.disclosure_id WHERE d.child = ANY (doomed)
  UNION ALL SELECT 'task', t.id::text FROM casework_task t WHERE t.person = ANY (doomed)
  UNION ALL SELECT 'signal', s.id::text FROM signals_signal s WHERE s.person = ANY (doomed)
  UNION ALL SELECT 'candidate', c.id::text FROM casework_candidate c
    WHERE c.identity IN (SELECT identity FROM own) OR c.person = ANY (people) OR c.own_person = ANY (people)
  UNION ALL SELECT 'involvement', i.id::text FROM access_involvement i WHERE i.person = ANY (people)
  UNION ALL SELECT 'stop', s.id::text FROM access_stop s WHERE s.person = ANY (people)
  UNION ALL SELECT 'glass', g.id::text FROM access_glass g WHERE g.person = ANY (people)
  UNION ALL SELECT 'shield', s.id::text FROM people_shield s WHERE s.person = ANY (people)
  UNION ALL SELECT 'release', r.id::text FROM people_release r JOIN people_shield s ON s.id = r.shield_id
    WHERE s.person = ANY (people) OR r.person = ANY (people)
  UNION ALL SELECT 'hold', h.id::text FROM record_hold h WHERE h.person = ANY (people)
  UNION ALL SELECT DISTINCT 'request', v.request_id::text FROM casework_subject_event v
    WHERE v.event = 'identified' AND v.person = ANY (people)
$$;
CREATE FUNCTION record_digest(gone uuid[], people uuid[]) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(string_agg(w.row, E'\\n' ORDER BY w.row), ''), 'UTF8')), 'hex') FROM (
    SELECT e::text AS row FROM record_entry e WHERE e.id = ANY (gone)
    UNION ALL SELECT a::text FROM record_about a WHERE a.entry_id = ANY (gone)
    UNION ALL SELECT r::text FROM record_receipt r WHERE r.entry_id = ANY (gone)
    UNION ALL SELECT f.digest FROM record_file f WHERE f.entry_id = ANY (gone)
    UNION ALL SELECT n::text FROM people_identity n JOIN people_belongs b ON b.identity = n.id
      WHERE b.person = ANY (people)) AS w
$$;
"""

# Tables whose rows a destruction removes: the kind of item that names a row, and the column that holds it.
ROWS = {
    "record_receipt": ("entry", "entry_id"), "record_about": ("entry", "entry_id"), "record_entry": ("entry", "id"),
    "record_source_row": ("source", "id"), "record_file": ("entry", "entry_id"),
    "casework_notice": ("entry", "entry_id"), "casework_child_observation": ("entry", "notice_id"),
    "casework_screening": ("screening", "id"), "casework_screening_event": ("screening", "screening_id"),
    "casework_screening_decision": ("screening", "screening_id"),
    "casework_screening_position": ("screening", "decision_id"),
    "casework_screening_review": ("screening", "decision_id"),
    "casework_task": ("task", "id"), "casework_task_event": ("task", "task_id"),
    "casework_candidate": ("candidate", "id"), "casework_candidate_choice": ("candidate", "candidate_id"),
    "casework_subject_request": ("request", "id"), "casework_subject_event": ("request", "request_id"),
    "casework_subject_decision": ("request", "request_id"),
    "casework_disclosure_said": ("disclosed", "event_id"), "casework_disclosure_stop": ("disclosure", "disclosure_id"),
    "casework_disclosure_event": ("disclosed", "id"), "casework_disclosed_document": ("disclosure", "disclosure_id"),
    "casework_disclosure_item": ("disclosure", "disclosure_id"),
    "casework_disclosure_words": ("disclosure", "disclosure_id"), "casework_disclosure": ("disclosure", "id"),
    "casework_information_request": ("asked", "id"),
    "signals_signal": ("signal", "id"), "signals_event": ("signal", "signal_id"),
    "signals_evidence": ("signal", "signal_id"), "signals_wait": ("person", "person"),
    "people_relationship": ("relationship", "id"), "people_grouping": ("identity", "identity_id"),
    "people_belongs": ("identity", "identity"), "people_identity": ("identity", "id"), "people_person": ("person", "id"),
    "people_address": ("identity", "identity"), "people_address_key": ("identity", "identity"),
    "people_shield": ("shield", "id"), "people_shield_from": ("shield", "shield_id"),
    "people_shield_review": ("shield", "shield_id"), "people_shield_end_ask": ("shield", "shield_id"),
    "people_shield_end": ("shield", "shield_id"), "people_release": ("release", "id"),
    "people_release_decision": ("release", "release_id"),
    "access_involvement": ("involvement", "id"), "access_involvement_end": ("involvement", "involvement_id"),
    "access_stop": ("stop", "id"), "access_stop_end": ("stop", "stop_id"),
    "access_glass": ("glass", "id"), "access_glass_review": ("glass", "glass_id"),
    "record_hold": ("hold", "id"), "record_hold_end": ("hold", "hold_id"),
}  # fmt: skip

MAY_GO = """
CREATE FUNCTION record_may_go(what text, named text) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM record_tombstone t JOIN record_tombstone_item i ON i.tombstone_id = t.id
    WHERE t.xact = pg_current_xact_id_if_assigned()::text AND i.kind = what AND i.item = named)
$$;
CREATE OR REPLACE FUNCTION record_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' AND current_user = 'wp_owner' THEN
    IF EXISTS (SELECT 1 FROM public.record_tombstone t WHERE t.xact = pg_current_xact_id()::text) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'rows of % are never changed or removed; add a row that supersedes', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""

_REMOVE = "\n".join(
    f"  DELETE FROM {table} x WHERE x.{column}::text IN (SELECT i.item FROM record_tombstone_item i "
    f"WHERE i.tombstone_id = stone AND i.kind = '{kind}');"
    for table, (kind, column) in ROWS.items()
    if table != "record_entry"
)
DESTROY = f"""
CREATE FUNCTION record_destroy(what uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  d record_retention_decision;
  first uuid; second uuid;
  doomed uuid[]; gone uuid[]; people uuid[];
  stone uuid := gen_random_uuid();
  removed bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(20261126);
  SELECT * INTO d FROM record_retention_decision r WHERE r.id = what;
  SELECT r.by INTO first FROM record_retention_decision r WHERE r.id = what;
  SELECT c.by INTO second FROM record_retention_confirm c WHERE c.decision_id = what;
  doomed := record_doomed();
  IF d.id IS NULL OR second IS NULL OR NOT d.destroy OR d.person <> ALL (doomed) OR d.id <> (
    SELECT r.id FROM record_retention_decision r WHERE r.person = d.person ORDER BY r.stored_at DESC, r.id DESC LIMIT 1)
  THEN
    RAISE EXCEPTION 'not decided, confirmed by another, due and free of holds: nothing is destroyed'
      USING ERRCODE = 'restrict_violation';
  END IF;
  gone := record_entries_to_go(doomed);
  people := record_people_to_go(doomed, gone);
  INSERT INTO record_tombstone (id, decision_id, person, line, due_on, decided_by, confirmed_by, digest, xact)
    VALUES (stone, d.id, d.person, d.line, record_due_on(d.person), first, second, record_digest(gone, people),
      pg_current_xact_id()::text);
  INSERT INTO record_tombstone_item (tombstone_id, kind, item)
    SELECT stone, n.kind, n.item FROM record_named(gone, people, doomed) AS n;
{_REMOVE}
  DELETE FROM record_entry e WHERE e.id = ANY (gone);
  GET DIAGNOSTICS removed = ROW_COUNT;
  IF removed <> cardinality(gone) THEN
    RAISE EXCEPTION 'a row that was to go stayed: nothing is destroyed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN stone;
END $$;
REVOKE ALL ON FUNCTION record_last_day(text), record_detail(text, text), record_is_child(uuid), record_child_due(uuid),
  record_due_on(uuid), record_held(uuid), record_doomed(), record_concerns(uuid), record_entries_to_go(uuid[]),
  record_people_to_go(uuid[], uuid[]), record_named(uuid[], uuid[], uuid[]), record_digest(uuid[], uuid[]),
  record_may_go(text, text), record_destroy(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_due_on(uuid), record_held(uuid), record_destroy(uuid) TO wp_engine;
"""

READS = "(SELECT access_viewer_role()) IN ('ig_lead', 'manager')"
OWN = {
    "record_hold": (f"{READS} AND {NOT_STOPPED.format('person')}", True),
    "record_hold_end": ("EXISTS (SELECT 1 FROM record_hold h WHERE h.id = hold_id)", True),
    "record_retention_decision": (f"{READS} AND {NOT_STOPPED.format('person')}", True),
    "record_retention_confirm": ("EXISTS (SELECT 1 FROM record_retention_decision d WHERE d.id = decision_id)", True),
    "record_tombstone": (f"{READS} AND {NOT_STOPPED.format('person')}", False),
    "record_tombstone_item": ("EXISTS (SELECT 1 FROM record_tombstone t WHERE t.id = tombstone_id)", False),
}
WEIGHS = "\n".join(
    f"CREATE POLICY owner_weighs ON {table} FOR SELECT TO wp_owner USING (true);" for table in sorted({*ROWS, *OWN})
)
STONES = """
CREATE POLICY owner_adds ON record_tombstone FOR INSERT TO wp_owner WITH CHECK (true);
CREATE POLICY owner_adds ON record_tombstone_item FOR INSERT TO wp_owner WITH CHECK (true);
"""
GOES = "\n".join(
    f"CREATE POLICY owner_removes ON {table} FOR DELETE TO wp_owner USING (record_may_go('{kind}', {column}::text));"
    for table, (kind, column) in ROWS.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0005_retention"),
        ("people", "0007_shields"),
        ("signals", "0004_reading"),
        ("casework", "0008_disclosure_policy"),
    ]
    operations = [
        *[
            migrations.RunSQL(append_only(t) + guarded(t, web_reads=using, engine_adds=adds), migrations.RunSQL.noop)
            for t, (using, adds) in OWN.items()
        ],
        migrations.RunSQL(WEIGHS + STONES, migrations.RunSQL.noop),
        migrations.RunSQL(DUE + HELD + CONCERNS + NAMED + MAY_GO + DESTROY + GOES, migrations.RunSQL.noop),
    ]
