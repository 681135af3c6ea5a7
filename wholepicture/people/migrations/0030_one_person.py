"""Two persons who are found to be one: what was written of either is of both, until they are told apart again.

Only the decisions that group identities move. From them this keeps, by trigger, whom each person's id stands for
(whoever its first identity belongs to now). `people_decided` says which one person each identity is; `people_belongs`,
which every policy asks, says under which ids that person is written about: one, for whoever was never joined.
"""

from django.db import migrations, models

from wholepicture.access.guards import NOT_STOPPED, SEES_PERSON, guarded, owner_reads

TABLES = """
ALTER INDEX people_belongs_pkey RENAME TO people_decided_pkey;
CREATE TABLE people_belongs (identity uuid NOT NULL, person uuid NOT NULL, PRIMARY KEY (identity, person));
CREATE INDEX people_belongs_person ON people_belongs (person, identity);
INSERT INTO people_belongs (identity, person) SELECT identity, person FROM people_decided;
"""

# Read with the caller's own rights, and written so that the planner takes them into the query.
ASKED = """
CREATE FUNCTION access_stands_for(who uuid) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT s.person FROM public.people_stands s WHERE s.handle = who), who)
$$;
CREATE FUNCTION access_alike(people uuid[]) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ARRAY(
    SELECT p FROM unnest(people) AS p
    UNION SELECT s.person FROM public.people_stands s WHERE s.handle = ANY (people)
    UNION SELECT s.handle FROM public.people_stands s WHERE s.person = ANY (people)
    UNION SELECT o.handle FROM public.people_stands s JOIN public.people_stands o ON o.person = s.person
      WHERE s.handle = ANY (people))
$$;
REVOKE ALL ON FUNCTION access_stands_for(uuid), access_alike(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_stands_for(uuid), access_alike(uuid[]) TO wp_web, wp_engine;
"""

# Whoever writes to an id that stands for somebody else writes to whom it stands for; its own first identity alone
# takes it back.
DECIDES = """
CREATE FUNCTION people_first_of(who uuid) RETURNS uuid LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT g.identity_id FROM people_grouping g WHERE g.person_id = who ORDER BY g.id LIMIT 1
$$;
CREATE FUNCTION people_decide_for_whom() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF people_first_of(NEW.person_id) IS DISTINCT FROM NEW.identity_id THEN
    NEW.person_id := access_stands_for(NEW.person_id);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER people_grouping_means BEFORE INSERT ON people_grouping
  FOR EACH ROW EXECUTE FUNCTION people_decide_for_whom();
CREATE OR REPLACE FUNCTION people_decide_belonging() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  was uuid;
  founded uuid[];
BEGIN
  SELECT d.person INTO was FROM people_decided d WHERE d.identity = NEW.identity_id;
  IF was IS NULL THEN
    INSERT INTO people_decided (identity, person) VALUES (NEW.identity_id, NEW.person_id);
    INSERT INTO people_belongs (identity, person)
      SELECT NEW.identity_id, h FROM unnest(access_alike(ARRAY[NEW.person_id])) AS h;
    RETURN NULL;
  END IF;
  founded := ARRAY(SELECT DISTINCT g.person_id FROM people_grouping g
    WHERE g.identity_id = NEW.identity_id AND people_first_of(g.person_id) = NEW.identity_id);
  IF cardinality(founded) > 0 THEN
    DELETE FROM people_stands WHERE handle = ANY (founded);
    INSERT INTO people_stands (handle, person)
      SELECT h, NEW.person_id FROM unnest(founded) AS h WHERE h <> NEW.person_id;
  END IF;
  IF was <> NEW.person_id THEN
    UPDATE people_decided SET person = NEW.person_id WHERE identity = NEW.identity_id;
    DELETE FROM people_belongs k USING people_decided b
      WHERE b.identity = k.identity AND b.person IN (was, NEW.person_id);
    INSERT INTO people_belongs (identity, person)
      SELECT b.identity, h FROM people_decided b, unnest(access_alike(ARRAY[b.person])) AS h
      WHERE b.person IN (was, NEW.person_id);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION people_first_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM people_decided b WHERE b.person IN (OLD.person, NEW.person)
    AND NOT EXISTS (SELECT 1 FROM people_decided f WHERE f.identity = people_first_of(b.person) AND f.person = b.person))
  THEN RAISE EXCEPTION 'the first identity of a person stays theirs while any other is'
    USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER people_first_identity_stays AFTER UPDATE ON people_decided
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION people_first_stays();
REVOKE ALL ON FUNCTION people_first_of(uuid), people_first_stays(), people_decide_for_whom() FROM PUBLIC;
"""

# Whoever governs information reads the ledger of both, and nothing of the record.
SHOWN = (
    f"((SELECT access_viewer_role()) = 'ig_lead' OR {SEES_PERSON.format('person')}) AND {NOT_STOPPED.format('person')}"
)
OWNER = "\n".join(
    f"""CREATE POLICY owner_derives ON {table} FOR INSERT TO wp_owner WITH CHECK (true);
CREATE POLICY owner_rederives ON {table} FOR DELETE TO wp_owner USING (true);"""
    for table in ("people_stands", "people_belongs")
)


class Migration(migrations.Migration):
    dependencies = [("people", "0020_ready"), ("access", "0006_paths")]
    operations = [
        migrations.RenameIndex("belongsrow", new_name="people_decided_person", old_name="people_belongs_person"),
        migrations.AlterModelTable("belongsrow", "people_decided"),
        migrations.CreateModel(
            name="StandsRow",
            fields=[
                ("handle", models.UUIDField(primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
            ],
            options={
                "db_table": "people_stands",
                "indexes": [models.Index(fields=["person", "handle"], name="people_stands_person")],
            },
        ),
        migrations.RunSQL(
            TABLES
            + guarded("people_stands", web_reads=SHOWN, engine_adds=False)
            + guarded("people_belongs", web_reads=None, engine_adds=False)
            + owner_reads(["people_stands", "people_belongs", "people_grouping"])
            + OWNER
            + ASKED
            + DECIDES,
            migrations.RunSQL.noop,
        ),
    ]
