"""A crowd to measure among: so many children with their mothers, entries, receipts and involvements, by plain SQL.

The crowd is filler, to give tables and indexes their size; what is measured is a family stored by the operations.
Adding it needs the superuser, who alone can skip the triggers for a load of this size.
"""

from __future__ import annotations

import psycopg

_TEAMS = 400  # of about 250 children each, as a health visitor's or a school's team may hold

_CROWD = """
SET session_replication_role = replica;
SET synchronous_commit = off;
CREATE TEMP TABLE crowd AS
  SELECT n, gen_random_uuid() AS child, gen_random_uuid() AS mother, gen_random_uuid() AS child_identity,
         gen_random_uuid() AS mother_identity FROM generate_series(1, {children}) AS n;
INSERT INTO people_person (id) SELECT child FROM crowd UNION ALL SELECT mother FROM crowd;
INSERT INTO people_identity (id, source_system, source_key, agency, type, sex, born, born_start, died, born_known,
  died_known, given_name, family_name, name_folded, nhs_number, upn, reference, language, interpreter,
  valid_from, valid_to, position)
  SELECT child_identity, 'crowd', 'c' || n, '', 'child', 'female', '2020-01-01', date '2010-01-01' + (n % 5000), '', '',
    '', 'Given' || n % 900, 'Family' || n % 7000, 'family' || n % 7000 || ' given' || n % 900, '', '', '', 'en', '',
    '', '', 0 FROM crowd
  UNION ALL
  SELECT mother_identity, 'crowd', 'm' || n, '', 'adult', 'female', '', NULL, '', '', '', 'Mother' || n % 900,
    'Family' || n % 7000, 'family' || n % 7000 || ' mother' || n % 900, '', '', '', 'en', '', '', '', 0 FROM crowd;
INSERT INTO people_grouping (identity_id, person_id, decided_at, ground)
  SELECT child_identity, child, now(), 'crowd' FROM crowd UNION ALL
  SELECT mother_identity, mother, now(), 'crowd' FROM crowd;
INSERT INTO people_decided (identity, person)
  SELECT child_identity, child FROM crowd UNION ALL SELECT mother_identity, mother FROM crowd;
INSERT INTO people_belongs (identity, person) SELECT identity, person FROM people_decided
  ON CONFLICT DO NOTHING;
INSERT INTO people_address (id, root, identity, sort, lines, postcode, phone, key, lived_from, lived_to, known_from,
  source, agency, by_name, recorded_at, source_system)
  SELECT id, id, identity, 'home', n || ' Crowd Street', '', '', n || '-crowd-street', '', '', '', '', '', '', now(),
    'crowd' FROM crowd, LATERAL (VALUES (gen_random_uuid(), child_identity), (gen_random_uuid(), mother_identity))
    AS o (id, identity);
INSERT INTO people_address_key (address, identity, key) SELECT id, identity, key FROM people_address;
INSERT INTO people_shield (id, person, reason, words, from_whom, holder_team, covers_from, set_by_name, set_at, set_on,
  review_by)
  SELECT gen_random_uuid(), person, 'fleeing', '', 'x', 'crowd-1', date '2026-01-01', '', now(), current_date,
    current_date
  FROM crowd, LATERAL (VALUES (child), (mother)) AS who (person) WHERE n % 50 = 0;
INSERT INTO people_relationship (id, identity, relation, other, starts, ends, lives_with, known_from, source,
  source_system)
  SELECT gen_random_uuid(), mother_identity, 'mother', child_identity, '', '', true, '', '', 'crowd' FROM crowd;
INSERT INTO access_involvement (id, team, person, ground, since, personal)
  SELECT gen_random_uuid(), 'crowd-' || (n + k * 7) % {teams}, person, 'caseload', now(), false
  FROM crowd, generate_series(0, 2) AS k, LATERAL (VALUES (child), (mother)) AS who (person);
CREATE TEMP TABLE happened AS
  SELECT gen_random_uuid() AS id, 1 + i % {children} AS n, date '2024-11-01' + (i % 750)::int AS day, i
  FROM generate_series(0, {entries} - 1) AS i;
INSERT INTO record_entry (id, kind, occurred, occurred_precision, occurred_start, occurred_earliest, occurred_latest,
  recorded, recorded_start, agency, author_role, summary, details, source, source_system, source_key)
  SELECT id, (ARRAY['note', 'appointment', 'attendance', 'contact', 'visit'])[1 + i % 5], day::text, 'day',
    day, day, day, day::text, day, (ARRAY['gp', 'school/oak', 'health_visiting', 'social_care', 'police'])[1 + i % 5],
    'practitioner', 'An entry of the crowd, as long as a usual sentence about an ordinary day in a family.', '{{}}',
    '', 'crowd', 'e' || i FROM happened;
INSERT INTO record_about (entry_id, identity, role, position)
  SELECT h.id, c.child_identity, 'subject', 0 FROM happened h JOIN crowd c USING (n) UNION ALL
  SELECT h.id, c.mother_identity, 'mentioned', 1 FROM happened h JOIN crowd c USING (n) WHERE h.i % 2 = 0;
INSERT INTO record_receipt (entry_id, agency, event, at, at_start, position)
  SELECT id, 'gp', 'received', day::text, day, 0 FROM happened WHERE i % 2 = 0;
"""


def add_crowd(superuser: str, *, children: int, entries: int) -> None:
    """Add the crowd and let the planner count it."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(_CROWD.format(children=children, entries=entries, teams=_TEAMS))
        connection.execute("VACUUM ANALYZE")
