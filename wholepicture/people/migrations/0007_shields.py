"""Who reads an address, and what is matched on: a shield closes both in the transaction that sets it.

A shield holds against everybody but the team that holds it and whoever has a live release, which two people gave.
Where two shields lie upon one address, both must be open: a team that has its own is not let past another's.
"""

from django.db import migrations

from wholepicture.access.guards import (
    KEPT,
    LIVE_SHIELD,
    NOT_STOPPED,
    SEES_IDENTITY,
    SEES_PERSON,
    TEAMS,
    append_only,
    guarded,
    owner_reads,
    sequences,
)

# Of a shield on all whereabouts: an address that was not, by each statement of it, left by the shield's first day.
COVERS = """(s.address = {root} OR s.address IS NULL AND EXISTS (
        SELECT 1 FROM people_address one WHERE one.root = {root}
        AND (one.to_latest IS NULL OR one.to_latest > s.covers_from)))"""
COVERED = COVERS.format(root="a.root")

KEYS = f"""
CREATE FUNCTION people_address_gives_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO people_address_key (address, identity, key) SELECT a.id, a.identity, a.key FROM added a
    WHERE a.key <> '' AND NOT EXISTS (
      SELECT 1 FROM people_belongs b JOIN people_shield s ON s.person = b.person
      WHERE b.identity = a.identity AND {LIVE_SHIELD} AND {COVERED});
  DELETE FROM people_address_key k USING added a, people_address one
    WHERE one.root = a.root AND one.id <> a.id AND k.address = one.id;
  RETURN NULL;
END $$;
CREATE FUNCTION people_shield_takes_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM people_address_key k USING people_belongs b, added s
    WHERE b.person = s.person AND k.identity = b.identity AND (
      EXISTS (SELECT 1 FROM people_address a WHERE a.id = k.address AND {COVERED})
      OR k.address IS NULL AND (s.address IS NULL OR k.key IN (
        SELECT a.key FROM people_address a WHERE a.root = s.address)));
  RETURN NULL;
END $$;
CREATE FUNCTION people_grouping_takes_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM people_address_key k USING added g, people_shield s
    WHERE s.person = g.person_id AND {LIVE_SHIELD} AND k.identity = g.identity_id AND (
      EXISTS (SELECT 1 FROM people_address a WHERE a.id = k.address AND {COVERED})
      OR k.address IS NULL AND s.address IS NULL);
  RETURN NULL;
END $$;
CREATE FUNCTION people_shield_end_gives_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO people_address_key (address, identity, key) SELECT a.id, a.identity, a.key
    FROM people_shield was JOIN people_belongs b ON b.person = was.person
    JOIN people_address a ON a.identity = b.identity
    WHERE was.id = NEW.shield_id AND a.key <> ''
      AND NOT EXISTS (SELECT 1 FROM people_address later WHERE later.supersedes = a.id)
      AND NOT EXISTS (SELECT 1 FROM people_address_key k WHERE k.address = a.id)
      AND NOT EXISTS (SELECT 1 FROM people_shield s WHERE s.person = b.person AND {LIVE_SHIELD} AND {COVERED});
  RETURN NULL;
END $$;
CREATE TRIGGER people_address_gives_key AFTER INSERT ON people_address REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION people_address_gives_key();
CREATE TRIGGER people_shield_takes_keys AFTER INSERT ON people_shield REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION people_shield_takes_keys();
CREATE TRIGGER people_grouping_takes_keys AFTER INSERT ON people_grouping REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION people_grouping_takes_keys();
CREATE TRIGGER people_shield_end_gives_keys AFTER INSERT ON people_shield_end
  FOR EACH ROW EXECUTE FUNCTION people_shield_end_gives_keys();
CREATE POLICY owner_derives ON people_address_key FOR INSERT TO wp_owner WITH CHECK (true);
CREATE POLICY owner_takes ON people_address_key FOR DELETE TO wp_owner USING (true);
"""

READS = f"""
CREATE FUNCTION access_address_kept(whose uuid, first uuid, teams text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM people_belongs b JOIN people_shield s ON s.person = b.person
    WHERE b.identity = whose AND {KEPT}
      AND {COVERS.format(root="first")});
END $$;
CREATE FUNCTION access_shields_of(who uuid)
RETURNS TABLE (shield uuid, team text, team_name text, phone text, open boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
BEGIN
  IF access_may_see_person(who, teams) THEN
    RETURN QUERY SELECT s.id, s.holder_team, coalesce(t.name, ''), coalesce(t.phone, ''), NOT ({KEPT})
      FROM people_shield s LEFT JOIN agencies_team t ON t.code = s.holder_team
      WHERE s.person = who AND {LIVE_SHIELD} ORDER BY s.set_at, s.id;
  END IF;
END $$;
REVOKE ALL ON FUNCTION access_address_kept(uuid, uuid, text[]), access_shields_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_address_kept(uuid, uuid, text[]), access_shields_of(uuid) TO wp_web;
"""

SHIELD_SHOWN = "EXISTS (SELECT 1 FROM people_shield s WHERE s.id = shield_id)"
RELEASE = (
    f"{NOT_STOPPED.format('person')} AND ((SELECT access_viewer_role()) = 'ig_lead' "
    f"OR asked_by = (SELECT access_viewer()) OR reader = (SELECT access_viewer()) "
    f"OR {SHIELD_SHOWN} OR {SEES_PERSON.format('person')})"
)
TABLES = {
    "people_address": f"{SEES_IDENTITY.format('identity')} "
                      f"AND NOT access_address_kept(identity, root, {TEAMS})",
    # Its reason and from whom are the holding team's, who may no longer be involved when its review is overdue.
    "people_shield": f"holder_team = ANY ({TEAMS}::text[]) AND {NOT_STOPPED.format('person')}",
    "people_shield_from": SHIELD_SHOWN,
    "people_shield_review": SHIELD_SHOWN,
    "people_shield_end_ask": SHIELD_SHOWN,
    "people_shield_end": SHIELD_SHOWN,
    "people_release": RELEASE,
    "people_release_decision": "EXISTS (SELECT 1 FROM people_release r WHERE r.id = release_id)",
}  # fmt: skip
OWNER = ["people_address", "people_address_key", "people_shield", "people_shield_end", "people_release",
         "people_release_decision"]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0006_addresses")]
    operations = [
        *[migrations.RunSQL(append_only(t), migrations.RunSQL.noop) for t in TABLES],
        migrations.RunSQL(
            guarded("people_address_key", web_reads=None, engine_adds=False) + owner_reads(OWNER) + KEYS + READS
            + sequences("people_shield_from", "people_shield_review"),
            migrations.RunSQL.noop,
        ),
        *[migrations.RunSQL(guarded(t, web_reads=using), migrations.RunSQL.noop) for t, using in TABLES.items()],
    ]  # fmt: skip
