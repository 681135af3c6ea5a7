"""The index that online matching asks: each identity made ready for comparing, with each home that may be matched on.

A row is what `people/linkage` compares, so that scoring needs nothing else; the indexes are what its blocking rules
begin with. Equal values share an entry of an index, so a row costs less than a key of its own for each rule would.
What takes an address's key away (a shield, a correction, a person joined to one who is shielded) takes the home out of
here in the same statement: one trigger, whoever asks. Nothing of this is shown to anybody: the web has no right here.
"""

import django.db.models.functions.datetime
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from wholepicture.access.guards import append_only, guarded, owner_reads, sequences

TABLE = """
CREATE TABLE people_ready (
  identity uuid NOT NULL REFERENCES people_identity ON DELETE CASCADE,
  given_name text COLLATE "C", middle_name text COLLATE "C", family_name text COLLATE "C", born text COLLATE "C",
  sex text COLLATE "C", postcode text COLLATE "C", address text COLLATE "C", nhs_number text COLLATE "C",
  upn text COLLATE "C");
CREATE INDEX people_ready_identity ON people_ready (identity);
CREATE INDEX people_ready_nhs ON people_ready ((nhs_number::bigint)) WHERE nhs_number IS NOT NULL;
CREATE INDEX people_ready_upn ON people_ready (upn) WHERE upn IS NOT NULL;
CREATE INDEX people_ready_born ON people_ready (born) WHERE born IS NOT NULL;
CREATE INDEX people_ready_names ON people_ready (family_name, given_name)
  WHERE family_name IS NOT NULL AND given_name IS NOT NULL;
CREATE INDEX people_ready_postcode ON people_ready (postcode) WHERE postcode IS NOT NULL;
CREATE INDEX people_ready_address ON people_ready (address) WHERE address IS NOT NULL;
"""

# The homes that may be matched on, held until this transaction ends: a shield set meanwhile waits, and then takes them.
# The oldest keys came from identities that carried an address in one text.
HOMES = """
CREATE POLICY owner_holds ON people_address_key FOR UPDATE TO wp_owner USING (true);
CREATE FUNCTION people_homes(ids uuid[]) RETURNS TABLE (identity uuid, lines text, postcode text)
LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT k.identity, coalesce(a.lines, replace(k.key, '-', ' ')), coalesce(a.postcode, '')
    FROM people_address_key k LEFT JOIN people_address a ON a.id = k.address
    WHERE k.identity = ANY (ids) ORDER BY k.identity, k.id FOR SHARE OF k;
END $$;
CREATE FUNCTION people_unready(ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM people_ready r WHERE r.identity = ANY (ids);
END $$;
CREATE FUNCTION people_key_takes_home() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE people_ready r SET postcode = NULL, address = NULL WHERE r.identity IN (SELECT g.identity FROM gone g)
    AND (r.postcode IS NOT NULL OR r.address IS NOT NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER people_key_takes_home AFTER DELETE ON people_address_key REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION people_key_takes_home();
REVOKE ALL ON FUNCTION people_homes(uuid[]), people_unready(uuid[]), people_key_takes_home() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_homes(uuid[]), people_unready(uuid[]) TO wp_engine;
"""

# A home is indexed only beside a key that the database has let stand.
GUARDS = """
GRANT INSERT ON people_ready TO wp_engine;
CREATE POLICY engine_adds ON people_ready FOR INSERT TO wp_engine WITH CHECK (
  postcode IS NULL AND address IS NULL OR EXISTS (SELECT 1 FROM people_address_key k WHERE k.identity = people_ready.identity));
CREATE POLICY owner_derives ON people_ready FOR INSERT TO wp_owner WITH CHECK (true);
CREATE POLICY owner_rederives ON people_ready FOR UPDATE TO wp_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_takes ON people_ready FOR DELETE TO wp_owner USING (true);
"""

# As the blocking rules of linkage/standard.py say; a test compares what the two find. One plan, whatever is asked.
LOOK_UP = """
CREATE FUNCTION people_look_up(given text, family text, day text, zip text, home text, nhs text, pupil text, most integer)
RETURNS TABLE (person uuid, identity uuid, given_name text, middle_name text, family_name text, born text, sex text,
  postcode text, address text, nhs_number text, upn text, model bigint)
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  whole text := CASE WHEN length(day) = 10 THEN day END;
  turned text := CASE WHEN length(day) = 10 THEN left(day, 5) || substr(day, 9, 2) || '-' || substr(day, 6, 2) END;
  year text := left(day, 4);
  rest text := substr(day, 6, 5);
  area text := left(zip, -3);
  given3 text := left(given, 3);
  family3 text := left(family, 3);
BEGIN
  RETURN QUERY SELECT b.person, f.*, (SELECT max(m.id) FROM people_match_model m) FROM (
    SELECT r.* FROM people_ready r WHERE
      r.nhs_number::bigint = nhs::bigint
      OR r.upn = pupil
      OR r.born = whole AND (left(r.family_name, 3) = family3 OR left(r.given_name, 3) = given3
        OR left(r.family_name, 3) = given3 OR left(r.given_name, 3) = family3 OR left(r.postcode, -3) = area)
      OR r.born = turned AND (left(r.family_name, 3) = family3 OR left(r.given_name, 3) = given3)
      OR r.family_name = family AND r.given_name = given AND (left(r.born, 4) = year OR substr(r.born, 6, 5) = rest
        OR left(r.postcode, -3) = area)
      OR r.family_name = given AND r.given_name = family AND left(r.born, 4) = year
      OR r.postcode = zip AND (left(r.given_name, 3) = given3 OR left(r.family_name, 3) = family3
        OR left(r.family_name, 3) = given3 OR left(r.born, 4) = year)
      OR r.address = home AND (zip IS NULL OR r.postcode IS NULL OR left(r.postcode, -3) = area)
        AND (left(r.given_name, 3) = given3 OR left(r.family_name, 3) = family3 OR r.born = whole)
    ORDER BY (r.nhs_number = nhs OR r.upn = pupil) IS TRUE DESC, (r.born = whole) IS TRUE DESC, r.identity
    LIMIT most
  ) AS f JOIN people_belongs b ON b.identity = f.identity;
END $$;
REVOKE ALL ON FUNCTION people_look_up(text, text, text, text, text, text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_look_up(text, text, text, text, text, text, text, integer) TO wp_engine;
"""


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make ready whoever is there."""
    from wholepicture.people.matching.keeping import make_ready_all

    make_ready_all(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("people", "0011_handing"), ("record", "0006_destruction")]
    operations = [
        migrations.CreateModel(
            name="MatchModelRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settings", models.TextField()),
                ("digest", models.TextField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.TextField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={"db_table": "people_match_model"},
        ),
        migrations.RunSQL(
            append_only("people_match_model")
            + guarded("people_match_model", web_reads=None)
            + sequences("people_match_model"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            TABLE
            + guarded("people_ready", web_reads=None, engine_adds=False)
            + owner_reads(["people_ready"])
            + GUARDS
            + HOMES
            + LOOK_UP,
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
