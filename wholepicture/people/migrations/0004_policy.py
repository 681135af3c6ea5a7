"""What of a record the viewer reads: by class and role, by their own agency's clocks, and never of whom they are stopped.

The tables of `access/policy.py` are written out here as they stood: a change there needs a new migration, and a test
compares the two. The functions that look past the guards belong to the owner, who may therefore read what they judge
by: ids, kinds, agencies and days of entries, names and numbers of identities (ADR 0020).
"""

from django.db import migrations

from wholepicture.access.guards import (
    LIVE,
    NOT_STOPPED,
    READS_ENTRY,
    SEES_IDENTITY,
    SEES_PERSON,
    STOPS,
    TEAMS,
    append_only,
    guarded,
    owner_reads,
)

CLASSES = """
CREATE FUNCTION access_class_of(kind text, agency text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
  WHEN kind IN ('contact', 'visit', 'injury', 'appointment', 'call', 'letter', 'welfare_concern',
    'parent_account', 'information_request', 'meeting', 'action', 'supervision', 'record_transfer',
    'disagreement', 'note') THEN CASE
    WHEN split_part(agency, '/', 1) IN ('school', 'early_years', 'education_welfare', 'voluntary') THEN 'everyday'
    WHEN split_part(agency, '/', 1) IN ('health_visiting', 'school_nursing', 'midwifery', 'gp', 'hospital_ae', 'hospital',
        'community_paediatrics', 'ambulance') THEN 'child_health'
    WHEN split_part(agency, '/', 1) IN ('mental_health', 'substance_misuse_service') THEN 'adult_health'
    WHEN split_part(agency, '/', 1) IN ('domestic_abuse_service') THEN 'domestic_abuse'
    WHEN split_part(agency, '/', 1) IN ('police', 'probation') THEN 'police'
    WHEN split_part(agency, '/', 1) IN ('social_care', 'court', 'public', 'other') THEN 'social_care'
    WHEN split_part(agency, '/', 1) IN ('housing', 'fire') THEN 'home'
    ELSE 'police' END
  WHEN kind IN ('attendance', 'school_move', 'death') THEN 'everyday'
  WHEN kind IN ('measurement', 'test_result', 'registration', 'hospital_attendance', 'medical_finding',
      'health_review', 'birth') THEN 'child_health'
  WHEN kind IN ('parental_health', 'pregnancy') THEN 'adult_health'
  WHEN kind IN ('domestic_abuse_incident', 'marac') THEN 'domestic_abuse'
  WHEN kind IN ('police_contact', 'police_investigation', 'adult_check') THEN 'police'
  WHEN kind IN ('public_concern', 'referral', 'screening', 'strategy_discussion', 'enquiry', 'assessment',
      'case', 'conference', 'plan', 'legal') THEN 'social_care'
  WHEN kind IN ('childs_words') THEN 'childs_voice'
  WHEN kind IN ('housing', 'household_change') THEN 'home'
  ELSE 'police' END
$$;
CREATE FUNCTION access_level_of(role text, class text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
  WHEN role IN ('police_officer') AND class IN ('domestic_abuse', 'police', 'social_care', 'childs_voice',
      'home') THEN 'content'
  WHEN role IN ('screening_worker', 'social_worker', 'chair', 'manager') THEN 'content'
  WHEN role IN ('health_visitor', 'school_nurse', 'midwife', 'gp', 'paediatrician', 'ae_liaison',
      'named_nurse') AND class IN ('everyday', 'child_health', 'adult_health', 'domestic_abuse',
      'social_care', 'childs_voice', 'home') THEN 'content'
  WHEN role IN ('dsl') AND class IN ('everyday', 'domestic_abuse', 'social_care', 'childs_voice', 'home')
      THEN 'content'
  WHEN role IN ('practitioner') AND class IN ('everyday', 'home') THEN 'content'
  WHEN role IN ('police_officer') AND class IN ('everyday', 'child_health') THEN 'headline'
  WHEN role IN ('health_visitor', 'school_nurse', 'midwife', 'gp', 'paediatrician', 'ae_liaison',
      'named_nurse') AND class IN ('police') THEN 'headline'
  WHEN role IN ('dsl') AND class IN ('child_health') THEN 'headline'
  WHEN role IN ('practitioner') AND class IN ('domestic_abuse') THEN 'headline'
  WHEN role IN ('police_officer') AND class IN ('adult_health') THEN 'existence'
  WHEN role IN ('dsl') AND class IN ('adult_health', 'police') THEN 'existence'
  WHEN role IN ('practitioner') AND class IN ('child_health', 'adult_health', 'police', 'social_care',
      'childs_voice') THEN 'existence'
  END
$$;
"""

VIEWER = """
CREATE FUNCTION access_viewer_agency() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.agency_id FROM agencies_practitioner p JOIN agencies_team t ON t.code = p.team_id
  WHERE p.id = access_viewer()
$$;
CREATE FUNCTION access_viewer_classes() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(c), '{}') FROM (SELECT access_viewer_role() AS role OFFSET 0) AS mine,
    unnest(ARRAY['everyday', 'child_health', 'adult_health', 'domestic_abuse', 'police', 'social_care', 'childs_voice', 'home']) AS c
  WHERE access_level_of(mine.role, c) = 'content'
$$;
CREATE FUNCTION access_viewer_stops() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(s.person), '{}') FROM access_stop s
  WHERE s.practitioner = (SELECT access_viewer())
    AND NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id)
$$;
"""

# A stop is looked for by the person, of whom there is hardly ever one: who looks is asked only where there is.
STOPPED = """EXISTS (SELECT 1 FROM access_stop s WHERE s.person = {} AND s.practitioner = access_viewer()
     AND NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id))"""

SEES = f"""
CREATE OR REPLACE FUNCTION access_may_see_person(who uuid, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM access_involvement i WHERE i.person = who AND i.team = ANY (teams) AND {LIVE})
    AND NOT {STOPPED.format("who")};
END $$;
CREATE OR REPLACE FUNCTION access_may_see_identity(who uuid, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM people_belongs b JOIN access_involvement i ON i.person = b.person
    WHERE b.identity = who AND i.team = ANY (teams) AND {LIVE} AND NOT {STOPPED.format("b.person")});
END $$;
CREATE FUNCTION access_identity_stopped(who uuid, stops uuid[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN cardinality(stops) > 0
    AND EXISTS (SELECT 1 FROM people_belongs b WHERE b.identity = who AND b.person = ANY (stops));
END $$;
CREATE FUNCTION access_may_see_entry(what uuid, teams text[], stops uuid[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF cardinality(stops) > 0 AND EXISTS (
    SELECT 1 FROM record_about a JOIN people_belongs b ON b.identity = a.identity
    WHERE a.entry_id = what AND b.person = ANY (stops))
  THEN RETURN false;
  END IF;
  RETURN EXISTS (
    SELECT 1 FROM record_about a JOIN people_belongs b ON b.identity = a.identity
    JOIN access_involvement i ON i.person = b.person
    WHERE a.entry_id = what AND i.team = ANY (teams) AND {LIVE});
END $$;
"""

READS = """
CREATE FUNCTION access_received(what uuid, own text) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM record_receipt r
    WHERE r.entry_id = what AND r.agency = own AND r.event IN ('sent', 'received'));
END $$;
CREATE FUNCTION access_may_read_entry(what uuid, teams text[], own text, classes text[], stops uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM record_entry e WHERE e.id = what
    AND (e.agency = own OR access_class_of(e.kind, e.agency) = ANY (classes) OR access_received(what, own)))
    AND access_may_see_entry(what, teams, stops);
END $$;
"""

WITHHELD = """
CREATE FUNCTION access_withheld(who uuid) RETURNS TABLE (agency text, kind text, day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  viewer_role text := access_viewer_role();
  stops uuid[] := access_viewer_stops();
BEGIN
  IF access_may_see_person(who, teams) THEN
    RETURN QUERY
      SELECT w.agency, CASE w.level WHEN 'headline' THEN w.kind END, w.occurred_start FROM (
        SELECT DISTINCT e.id, e.agency, e.kind, e.occurred_start,
          access_level_of(viewer_role, access_class_of(e.kind, e.agency)) AS level
        FROM people_belongs b JOIN record_about a ON a.identity = b.identity JOIN record_entry e ON e.id = a.entry_id
        WHERE b.person = who
      ) AS w
      WHERE w.level IN ('headline', 'existence') AND w.agency <> own AND NOT access_received(w.id, own)
        AND access_may_see_entry(w.id, teams, stops)
        AND NOT EXISTS (SELECT 1 FROM record_entry later WHERE later.supersedes = w.id)
      ORDER BY w.occurred_start, w.agency, w.id;
  END IF;
END $$;
"""

# One person or none: where two fit, neither is told, and names never find anybody without the exact day of birth.
EXISTENCE = f"""
CREATE FUNCTION access_find_existence(nhs text, family text, given text, day date)
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
  IF cardinality(fits) = 1 AND NOT {STOPPED.format("fits[1]")} AND EXISTS (
    SELECT 1 FROM people_belongs b JOIN people_identity n ON n.id = b.identity
    WHERE b.person = fits[1] AND n.type IN ('child', 'unborn'))
  THEN RETURN QUERY
    SELECT fits[1], coalesce(lead.code, ''), coalesce(lead.name, ''), coalesce(lead.phone, '')
    FROM (SELECT 1) AS one LEFT JOIN LATERAL (
      SELECT t.code, t.name, t.phone FROM access_involvement i JOIN agencies_team t ON t.code = i.team
      WHERE i.person = fits[1] AND NOT i.personal AND {LIVE}
      -- Whoever is allocated leads; a team that only screened, or brought the record in, does not.
      ORDER BY (split_part(t.agency_id, '/', 1) = 'social_care') DESC, (i.practitioner IS NOT NULL) DESC, i.since, t.code
      LIMIT 1
    ) AS lead ON true;
  END IF;
END $$;
"""

RIGHTS = """
REVOKE ALL ON FUNCTION access_class_of(text, text), access_level_of(text, text), access_viewer_agency(),
  access_viewer_classes(), access_viewer_stops(), access_identity_stopped(uuid, uuid[]),
  access_may_see_entry(uuid, text[], uuid[]), access_received(uuid, text),
  access_may_read_entry(uuid, text[], text, text[], uuid[]), access_withheld(uuid),
  access_find_existence(text, text, text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_class_of(text, text), access_level_of(text, text), access_viewer_agency(),
  access_viewer_classes(), access_viewer_stops(), access_identity_stopped(uuid, uuid[]),
  access_may_see_entry(uuid, text[], uuid[]), access_received(uuid, text),
  access_may_read_entry(uuid, text[], text, text[], uuid[]), access_withheld(uuid),
  access_find_existence(text, text, text, date) TO wp_web;
"""

POLICIES = f"""
ALTER POLICY web_reads ON record_entry USING (
  (agency = (SELECT access_viewer_agency())
   OR access_class_of(kind, agency) = ANY ((SELECT access_viewer_classes())::text[])
   OR access_received(id, (SELECT access_viewer_agency())))
  AND access_may_see_entry(id, {TEAMS}, {STOPS}));
ALTER POLICY web_reads ON record_about USING ({READS_ENTRY.format("entry_id")});
ALTER POLICY web_reads ON record_receipt USING ({READS_ENTRY.format("entry_id")});
ALTER POLICY web_reads ON people_relationship USING (
  ({SEES_IDENTITY.format("identity")} OR {SEES_IDENTITY.format("other")})
  AND NOT access_identity_stopped(identity, {STOPS}) AND NOT access_identity_stopped(other, {STOPS}));
ALTER POLICY web_reads ON access_audit USING (
  ((SELECT access_viewer_role()) = 'ig_lead' OR {SEES_PERSON.format("person")}) AND {NOT_STOPPED.format("person")});
ALTER POLICY web_reads ON access_involvement USING (
  team = ANY ({TEAMS}::text[]) AND (NOT personal OR practitioner = (SELECT access_viewer()))
  AND {NOT_STOPPED.format("person")});
"""

GLASS = (
    f"{NOT_STOPPED.format('person')} AND ((SELECT access_viewer_role()) = 'ig_lead' "
    f"OR practitioner = (SELECT access_viewer()) OR lead_team = ANY ({TEAMS}::text[]) OR {SEES_PERSON.format('person')})"
)
# Whoever is stopped is not told of it here: of a linked perpetrator the stop itself is a secret.
STOP = "(SELECT access_viewer_role()) = 'ig_lead' AND practitioner <> (SELECT access_viewer())"
TABLES = {
    "access_stop": STOP,
    "access_stop_end": "EXISTS (SELECT 1 FROM access_stop s WHERE s.id = stop_id)",
    "access_glass": GLASS,
    "access_glass_review": "EXISTS (SELECT 1 FROM access_glass g WHERE g.id = glass_id)",
}


class Migration(migrations.Migration):
    dependencies = [("people", "0003_involvement_shown"), ("access", "0004_stops_and_glass")]
    operations = [
        migrations.RunSQL(CLASSES + VIEWER, migrations.RunSQL.noop),
        migrations.RunSQL(
            owner_reads(["record_entry", "record_receipt", "people_identity", "access_stop", "access_stop_end"])
            + SEES + READS + WITHHELD + EXISTENCE + RIGHTS,
            migrations.RunSQL.noop,
        ),
        *[
            migrations.RunSQL(append_only(t) + guarded(t, web_reads=using), migrations.RunSQL.noop)
            for t, using in TABLES.items()
        ],
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
    ]  # fmt: skip
