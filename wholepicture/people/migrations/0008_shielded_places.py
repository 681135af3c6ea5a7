"""What leads to a shielded address is shielded: entries that tell a place, and agencies that are one.

From the first day that a shield covers, of the person that it keeps: entries that tell where they are fall below
content for everybody but the agency that wrote them, the team that holds the shield and whoever has a live release;
and the names of schools, surgeries and other agencies of one place are gone from receipts, involvements, identities,
tasks and the ledger. The tables of `access/policy.py` are written out here as they stood.
"""

from django.db import migrations

from wholepicture.access.guards import KEPT, LIVE, LIVE_SHIELD, NOT_STOPPED, SEES_IDENTITY, SEES_PERSON, STOPS, TEAMS

OWN = "(SELECT access_viewer_agency())"
PLACED = "position('/' in {}) > 0"
"""An agency whose code names a place of its own."""

TELLS = """
CREATE FUNCTION access_tells_place(kind text, agency text, details text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT kind IN ('housing', 'household_change', 'school_move', 'registration') OR position('/' in agency) > 0
    OR details ~ '"(address_key|area|other_school)":'
    OR details ~ '"(school|early_years|education_welfare|voluntary|health_visiting|school_nursing|midwifery|gp|hospital_ae|hospital|community_paediatrics|ambulance|mental_health|substance_misuse_service|domestic_abuse_service|police|probation|social_care|court|public|other|housing|fire)/[^"]'
$$;
"""

# An identity tells which agency knew them so: it is kept where another, of no one place, says who they are.
KEEPS = f"""
CREATE FUNCTION access_shielded(who uuid, day date, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM people_shield s
    WHERE s.person = who AND (day IS NULL OR s.covers_from <= day) AND {KEPT});
END $$;
CREATE FUNCTION access_entry_kept(what uuid, own text, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM record_entry e JOIN record_about a ON a.entry_id = e.id
    JOIN people_belongs b ON b.identity = a.identity JOIN people_shield s ON s.person = b.person
    WHERE e.id = what AND e.agency IS DISTINCT FROM own AND access_tells_place(e.kind, e.agency, e.details)
      AND s.covers_from <= e.occurred_latest AND {KEPT});
END $$;
CREATE FUNCTION access_receipt_kept(what uuid, day date, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM record_about a JOIN people_belongs b ON b.identity = a.identity
    WHERE a.entry_id = what AND access_shielded(b.person, day, teams));
END $$;
CREATE FUNCTION access_identity_kept(whose uuid, day date, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM people_belongs b WHERE b.identity = whose AND access_shielded(b.person, day, teams)
    AND EXISTS (SELECT 1 FROM people_belongs o JOIN people_identity n ON n.id = o.identity
      WHERE o.person = b.person AND position('/' in n.agency) = 0));
END $$;
CREATE FUNCTION access_entries_kept(ids uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
BEGIN
  RETURN QUERY SELECT e.id FROM record_entry e WHERE e.id = ANY (ids) AND e.agency IS DISTINCT FROM own
    AND access_receipt_kept(e.id, e.occurred_latest, teams)
    AND access_may_see_entry(e.id, teams, access_viewer_stops());
END $$;
CREATE FUNCTION access_team_kept(who uuid, which text, day date, own text, teams text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM agencies_team t WHERE t.code = which AND {PLACED.format("t.agency_id")}
    AND t.agency_id IS DISTINCT FROM own) AND access_shielded(who, day, teams);
END $$;
"""

READS = """
CREATE OR REPLACE FUNCTION access_may_read_entry(what uuid, teams text[], own text, classes text[], stops uuid[])
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM record_entry e WHERE e.id = what
    AND (e.agency = own OR access_class_of(e.kind, e.agency) = ANY (classes) OR access_received(what, own)))
    AND access_may_see_entry(what, teams, stops) AND NOT access_entry_kept(what, own, teams);
END $$;
"""

# As 0005, with what is kept: looked for once for all people of these entries, of whom hardly any has a shield.
READABLE = f"""
CREATE FUNCTION access_kept_of(ids uuid[], teams text[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT s.id FROM people_shield s WHERE s.person = ANY (ARRAY(
    SELECT DISTINCT b.person FROM record_about a JOIN people_belongs b ON b.identity = a.identity
    WHERE a.entry_id = ANY (ids))) AND {KEPT});
END $$;
CREATE OR REPLACE FUNCTION access_readable(ids uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
ROWS 200 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  classes text[] := access_viewer_classes();
  stops uuid[] := access_viewer_stops();
  involved uuid[];
  kept uuid[] := access_kept_of(ids, teams);
BEGIN
  SELECT array_agg(p.person) INTO involved FROM (
    SELECT DISTINCT b.person FROM record_about a JOIN people_belongs b ON b.identity = a.identity
    WHERE a.entry_id = ANY (ids)
  ) AS p
  WHERE EXISTS (SELECT 1 FROM access_involvement i WHERE i.person = p.person AND i.team = ANY (teams) AND {LIVE});
  RETURN QUERY SELECT e.id FROM record_entry e WHERE e.id = ANY (ids)
    AND (e.agency = own OR access_class_of(e.kind, e.agency) = ANY (classes) OR EXISTS (
      SELECT 1 FROM record_receipt r WHERE r.entry_id = e.id AND r.agency = own AND r.event IN ('sent', 'received')))
    AND EXISTS (SELECT 1 FROM record_about a JOIN people_belongs b ON b.identity = a.identity
      WHERE a.entry_id = e.id AND b.person = ANY (involved))
    AND (cardinality(stops) = 0 OR NOT EXISTS (
      SELECT 1 FROM record_about a JOIN people_belongs b ON b.identity = a.identity
      WHERE a.entry_id = e.id AND b.person = ANY (stops)))
    AND (cardinality(kept) = 0 OR e.agency IS NOT DISTINCT FROM own
      OR NOT access_tells_place(e.kind, e.agency, e.details) OR NOT EXISTS (
      SELECT 1 FROM record_about a JOIN people_belongs b ON b.identity = a.identity
      JOIN people_shield s ON s.person = b.person
      WHERE a.entry_id = e.id AND s.id = ANY (kept) AND s.covers_from <= e.occurred_latest));
END $$;
CREATE OR REPLACE FUNCTION access_read_receipts(ids uuid[]) RETURNS SETOF record_receipt LANGUAGE plpgsql STABLE
SECURITY DEFINER ROWS 400 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  kept uuid[] := access_kept_of(ids, teams);
BEGIN
  RETURN QUERY SELECT r.* FROM record_receipt r WHERE r.entry_id = ANY (ARRAY(SELECT access_readable(ids)))
    AND (cardinality(kept) = 0 OR {PLACED.format("r.agency")} IS NOT TRUE OR r.agency IS NOT DISTINCT FROM own
      OR NOT access_receipt_kept(r.entry_id, r.at_start, teams));
END $$;
"""

# Of an entry that is kept no agency's own name is told, and the team that holds the shield is the one to ask.
WITHHELD = f"""
DROP FUNCTION access_withheld(uuid);
CREATE FUNCTION access_withheld(who uuid) RETURNS TABLE (agency text, kind text, day date, ask text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  viewer_role text := access_viewer_role();
  stops uuid[] := access_viewer_stops();
BEGIN
  -- Whoever decides reads all but what a shield keeps, and hardly anybody has one: most are told that there is nothing.
  IF cardinality(access_viewer_classes()) = 8 AND cardinality(access_kept_of(ARRAY(SELECT a.entry_id
    FROM people_belongs b JOIN record_about a ON a.identity = b.identity WHERE b.person = who), teams)) = 0
  THEN RETURN;
  END IF;
  IF access_may_see_person(who, teams) THEN
    RETURN QUERY
      SELECT CASE WHEN w.ask IS NULL THEN w.agency ELSE split_part(w.agency, '/', 1) END,
        CASE WHEN w.level IN ('content', 'headline') THEN w.kind END, w.occurred_start, coalesce(w.ask, '')
      FROM (
        SELECT DISTINCT e.id, e.agency, e.kind, e.occurred_start,
          access_level_of(viewer_role, access_class_of(e.kind, e.agency)) AS level,
          CASE WHEN e.agency <> own AND access_tells_place(e.kind, e.agency, e.details) THEN (
            SELECT s.holder_team FROM record_about o JOIN people_belongs p ON p.identity = o.identity
            JOIN people_shield s ON s.person = p.person
            WHERE o.entry_id = e.id AND s.covers_from <= e.occurred_latest AND {KEPT}
            ORDER BY s.set_at, s.id LIMIT 1) END AS ask
        FROM people_belongs b JOIN record_about a ON a.identity = b.identity JOIN record_entry e ON e.id = a.entry_id
        WHERE b.person = who
      ) AS w
      WHERE w.level IS NOT NULL
        AND (w.ask IS NOT NULL OR w.level <> 'content' AND w.agency <> own AND NOT access_received(w.id, own))
        AND access_may_see_entry(w.id, teams, stops)
        AND NOT EXISTS (SELECT 1 FROM record_entry later WHERE later.supersedes = w.id)
      ORDER BY w.occurred_start, w.agency, w.id;
  END IF;
END $$;
"""

# As in 0004.
STOPPED = """EXISTS (SELECT 1 FROM access_stop s WHERE s.person = fits[1] AND s.practitioner = access_viewer()
     AND NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id))"""

# Of a shielded child, the team that holds the shield is the one to ask, and never one that is itself a place.
EXISTENCE = f"""
CREATE OR REPLACE FUNCTION access_find_existence(nhs text, family text, given text, day date)
RETURNS TABLE (person uuid, team text, team_name text, phone text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  fits uuid[];
BEGIN
  IF coalesce(access_viewer_role() NOT IN (
    'police_officer', 'screening_worker', 'social_worker', 'health_visitor', 'school_nurse', 'midwife',
    'gp', 'paediatrician', 'ae_liaison', 'dsl', 'practitioner', 'chair', 'manager', 'named_nurse'), true)
  THEN RETURN;
  END IF;
  SELECT array_agg(DISTINCT b.person) INTO fits FROM people_identity n JOIN people_belongs b ON b.identity = n.id
    WHERE nhs <> '' AND n.nhs_number = nhs;
  IF fits IS NULL THEN
    SELECT array_agg(DISTINCT b.person) INTO fits FROM people_identity n JOIN people_belongs b ON b.identity = n.id
      WHERE family <> '' AND given <> '' AND n.name_folded = family || ' ' || given
        AND n.born_start = day AND n.born = day::text;
  END IF;
  IF cardinality(fits) = 1 AND NOT {STOPPED} AND EXISTS (
    SELECT 1 FROM people_belongs b JOIN people_identity n ON n.id = b.identity
    WHERE b.person = fits[1] AND n.type IN ('child', 'unborn'))
  THEN RETURN QUERY
    SELECT fits[1], coalesce(lead.code, ''), coalesce(lead.name, ''), coalesce(lead.phone, '')
    FROM (SELECT 1) AS one LEFT JOIN LATERAL (
      SELECT t.code, t.name, t.phone FROM access_involvement i JOIN agencies_team t ON t.code = i.team
      WHERE i.person = fits[1] AND NOT i.personal AND {LIVE}
        AND (position('/' in t.agency_id) = 0 OR NOT EXISTS (
          SELECT 1 FROM people_shield s WHERE s.person = fits[1] AND {LIVE_SHIELD}))
      -- Whoever is allocated leads; a team that only screened, or brought the record in, does not.
      ORDER BY EXISTS (SELECT 1 FROM people_shield s
        WHERE s.person = fits[1] AND s.holder_team = t.code AND {LIVE_SHIELD}) DESC,
        (split_part(t.agency_id, '/', 1) = 'social_care') DESC, (i.practitioner IS NOT NULL) DESC, i.since, t.code
      LIMIT 1
    ) AS lead ON true;
  END IF;
END $$;
"""

NEW = ("access_tells_place(text, text, text)", "access_shielded(uuid, date, text[])",
       "access_entry_kept(uuid, text, text[])", "access_receipt_kept(uuid, date, text[])",
       "access_identity_kept(uuid, date, text[])", "access_team_kept(uuid, text, date, text, text[])",
       "access_entries_kept(uuid[])", "access_kept_of(uuid[], text[])", "access_withheld(uuid)")  # fmt: skip
RIGHTS = f"""
REVOKE ALL ON FUNCTION {", ".join(NEW)} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {", ".join(f for f in NEW if "kept_of" not in f)} TO wp_web;
"""

IN_ENGLAND = "({} AT TIME ZONE 'Europe/London')::date"
NAMES_A_PLACE = f"{PLACED} AND {{}} IS DISTINCT FROM {OWN}"


def _elsewhere(column: str) -> str:
    return NAMES_A_PLACE.format(column, column)


POLICIES = f"""
ALTER POLICY web_reads ON record_entry USING (
  (agency = {OWN}
   OR access_class_of(kind, agency) = ANY ((SELECT access_viewer_classes())::text[])
   OR access_received(id, {OWN}))
  AND access_may_see_entry(id, {TEAMS}, {STOPS})
  AND NOT (agency IS DISTINCT FROM {OWN} AND access_tells_place(kind, agency, details)
           AND access_entry_kept(id, {OWN}, {TEAMS})));
ALTER POLICY web_reads ON record_receipt USING (
  access_may_read_entry(entry_id, {TEAMS}, {OWN}, (SELECT access_viewer_classes()), {STOPS})
  AND NOT ({_elsewhere("agency")} AND access_receipt_kept(entry_id, at_start, {TEAMS})));
ALTER POLICY web_reads ON people_identity USING (
  {SEES_IDENTITY.format("id")}
  AND NOT ({_elsewhere("agency")} AND access_identity_kept(id, {IN_ENGLAND.format("stored_at")}, {TEAMS})));
ALTER POLICY web_reads_of_shown ON access_involvement USING (
  {SEES_PERSON.format("person")}
  AND NOT access_team_kept(person, team, {IN_ENGLAND.format("until")}, {OWN}, {TEAMS}));
ALTER POLICY web_reads ON access_audit USING (
  ((SELECT access_viewer_role()) = 'ig_lead' OR {SEES_PERSON.format("person")}
    AND NOT ({_elsewhere("agency")} AND access_shielded(person, {IN_ENGLAND.format("clock")}, {TEAMS})))
  AND {NOT_STOPPED.format("person")});
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_shields")]
    operations = [
        migrations.RunSQL(
            TELLS + KEEPS + READS + READABLE + WITHHELD + EXISTENCE + RIGHTS + POLICIES, migrations.RunSQL.noop
        )
    ]
