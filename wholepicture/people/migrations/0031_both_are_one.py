"""Who may see whom, of two persons found to be one: whoever is involved with either, and nobody stopped from either.

A rule that joins `people_belongs` asks of every id that a person is written about under. These are the rules that are
handed an id: each now asks of every id that is the same person's. The tables of `access/policy.py` are as they stood.
"""

from importlib import import_module

from django.db import migrations

from wholepicture.access.guards import KEPT, LIVE, LIVE_SHIELD

# Stopped from one is stopped from both: a stop is written about an id, and is the person's.
STOPS = """
CREATE OR REPLACE FUNCTION access_viewer_stops() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT access_alike(ARRAY(SELECT s.person FROM access_stop s
    WHERE s.practitioner = (SELECT access_viewer())
      AND NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id)))
$$;
"""

STOPPED = """EXISTS (SELECT 1 FROM access_stop s WHERE s.person = ANY ({}) AND s.practitioner = access_viewer()
     AND NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id))"""

SEES = f"""
CREATE OR REPLACE FUNCTION access_may_see_person(who uuid, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  people uuid[] := access_alike(ARRAY[who]);
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM access_involvement i WHERE i.person = ANY (people) AND i.team = ANY (teams) AND {LIVE})
    AND NOT {STOPPED.format("people")};
END $$;
CREATE OR REPLACE FUNCTION access_may_see_identity(who uuid, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  people uuid[] := ARRAY(SELECT b.person FROM people_belongs b WHERE b.identity = who);
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM access_involvement i WHERE i.person = ANY (people) AND i.team = ANY (teams) AND {LIVE})
    AND NOT {STOPPED.format("people")};
END $$;
"""

KEEPS = f"""
CREATE OR REPLACE FUNCTION access_shielded(who uuid, day date, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM people_shield s
    WHERE s.person = ANY (access_alike(ARRAY[who])) AND (day IS NULL OR s.covers_from <= day) AND {KEPT});
END $$;
CREATE OR REPLACE FUNCTION access_shields_of(who uuid)
RETURNS TABLE (shield uuid, team text, team_name text, phone text, open boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
BEGIN
  IF access_may_see_person(who, teams) THEN
    RETURN QUERY SELECT s.id, s.holder_team, coalesce(t.name, ''), coalesce(t.phone, ''), NOT ({KEPT})
      FROM people_shield s LEFT JOIN agencies_team t ON t.code = s.holder_team
      WHERE s.person = ANY (access_alike(ARRAY[who])) AND {LIVE_SHIELD} ORDER BY s.set_at, s.id;
  END IF;
END $$;
"""

# A shielded address is never matched on: joined to somebody shielded, all of a person's addresses are looked at again.
COVERED = """(s.address = a.root OR s.address IS NULL AND EXISTS (
        SELECT 1 FROM people_address one WHERE one.root = a.root
        AND (one.to_latest IS NULL OR one.to_latest > s.covers_from)))"""
OVER = f"""EXISTS (SELECT 1 FROM people_belongs o JOIN people_shield s ON s.person = o.person
        WHERE o.identity = a.identity AND {LIVE_SHIELD} AND {COVERED})"""
KEYS = f"""
CREATE OR REPLACE FUNCTION people_shield_end_gives_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM people_address_keys_again(ARRAY(SELECT b.identity FROM people_shield was
    JOIN people_belongs b ON b.person = was.person WHERE was.id = NEW.shield_id));
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION people_grouping_takes_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Of a new identity, its own; of one that moved, those of whomever it left and of whom it came to.
  PERFORM people_address_keys_again(ARRAY(SELECT DISTINCT o.identity FROM added g
    JOIN people_grouping was ON was.identity_id = g.identity_id AND was.id < g.id
    JOIN people_belongs b ON b.person IN (was.person_id, g.person_id) JOIN people_belongs o ON o.person = b.person
    UNION SELECT g.identity_id FROM added g JOIN people_belongs b ON b.identity = g.identity_id
    JOIN people_shield s ON s.person = b.person));
  RETURN NULL;
END $$;
CREATE FUNCTION people_address_keys_again(whose uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM people_address_key k USING people_address a
    WHERE a.id = k.address AND a.identity = ANY (whose) AND {OVER};
  DELETE FROM people_address_key k USING people_belongs o, people_shield s
    WHERE k.address IS NULL AND k.identity = ANY (whose) AND o.identity = k.identity AND s.person = o.person
      AND s.address IS NULL AND {LIVE_SHIELD};
  INSERT INTO people_address_key (address, identity, key) SELECT a.id, a.identity, a.key FROM people_address a
    WHERE a.identity = ANY (whose) AND a.key <> ''
      AND NOT EXISTS (SELECT 1 FROM people_address later WHERE later.supersedes = a.id)
      AND NOT EXISTS (SELECT 1 FROM people_address_key k WHERE k.address = a.id)
      AND NOT {OVER};
END $$;
REVOKE ALL ON FUNCTION people_address_keys_again(uuid[]) FROM PUBLIC;
"""

EXISTENCE = f"""
CREATE OR REPLACE FUNCTION access_find_existence(nhs text, family text, given text, day date)
RETURNS TABLE (person uuid, team text, team_name text, phone text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  fits uuid[];
  people uuid[];
BEGIN
  IF coalesce(access_viewer_role() NOT IN (
    'police_officer', 'screening_worker', 'social_worker', 'health_visitor', 'school_nurse', 'midwife',
    'gp', 'paediatrician', 'ae_liaison', 'dsl', 'practitioner', 'chair', 'manager', 'named_nurse'), true)
  THEN RETURN;
  END IF;
  SELECT array_agg(DISTINCT b.person) INTO fits FROM people_identity n JOIN people_decided b ON b.identity = n.id
    WHERE nhs <> '' AND n.nhs_number = nhs;
  IF fits IS NULL THEN
    SELECT array_agg(DISTINCT b.person) INTO fits FROM people_identity n JOIN people_decided b ON b.identity = n.id
      WHERE family <> '' AND given <> '' AND n.name_folded = family || ' ' || given
        AND n.born_start = day AND n.born = day::text;
  END IF;
  people := access_alike(fits);
  IF cardinality(fits) = 1 AND NOT {STOPPED.format("people")} AND EXISTS (
    SELECT 1 FROM people_decided b JOIN people_identity n ON n.id = b.identity
    WHERE b.person = fits[1] AND n.type IN ('child', 'unborn'))
  THEN RETURN QUERY
    SELECT fits[1], coalesce(lead.code, ''), coalesce(lead.name, ''), coalesce(lead.phone, '')
    FROM (SELECT 1) AS one LEFT JOIN LATERAL (
      SELECT t.code, t.name, t.phone FROM access_involvement i JOIN agencies_team t ON t.code = i.team
      WHERE i.person = ANY (people) AND NOT i.personal AND {LIVE}
        AND (position('/' in t.agency_id) = 0 OR NOT EXISTS (
          SELECT 1 FROM people_shield s WHERE s.person = ANY (people) AND {LIVE_SHIELD}))
      -- Whoever is allocated leads; a team that only screened, or brought the record in, does not.
      ORDER BY EXISTS (SELECT 1 FROM people_shield s
        WHERE s.person = ANY (people) AND s.holder_team = t.code AND {LIVE_SHIELD}) DESC,
        (split_part(t.agency_id, '/', 1) = 'social_care') DESC, (i.practitioner IS NOT NULL) DESC, i.since, t.code
      LIMIT 1
    ) AS lead ON true;
  END IF;
END $$;
"""

# As 0020 has it, but for whose an identity is: one person's, under whichever ids they are written about.
LOOK_UP: str = (
    import_module("wholepicture.people.migrations.0020_ready")
    .LOOK_UP.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace("JOIN people_belongs b", "JOIN people_decided b")
)


class Migration(migrations.Migration):
    dependencies = [("people", "0030_one_person")]
    operations = [migrations.RunSQL(STOPS + SEES + KEEPS + KEYS + EXISTENCE + LOOK_UP, migrations.RunSQL.noop)]
