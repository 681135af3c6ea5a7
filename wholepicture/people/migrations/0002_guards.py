"""Who may see whom: a person is seen by the teams involved with them, an entry by those who may see one of its people."""

from django.db import migrations

from wholepicture.access.guards import (
    SEES_ENTRY,
    SEES_IDENTITY,
    SEES_PERSON,
    append_only,
    guarded,
    owner_reads,
    sequences,
)

LIVE = """(i.until IS NULL OR i.until > now())
     AND NOT EXISTS (SELECT 1 FROM access_involvement_end e WHERE e.involvement_id = i.id)"""

BELONGS = """
CREATE FUNCTION people_decide_belonging() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO people_belongs (identity, person) VALUES (NEW.identity_id, NEW.person_id)
  ON CONFLICT (identity) DO UPDATE SET person = EXCLUDED.person;
  RETURN NULL;
END $$;
CREATE TRIGGER people_grouping_decides AFTER INSERT ON people_grouping
  FOR EACH ROW EXECUTE FUNCTION people_decide_belonging();
CREATE POLICY owner_derives ON people_belongs FOR INSERT TO wp_owner WITH CHECK (true);
CREATE POLICY owner_rederives ON people_belongs FOR UPDATE TO wp_owner USING (true) WITH CHECK (true);
"""

SEES = f"""
CREATE FUNCTION access_may_see_person(who uuid, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM access_involvement i WHERE i.person = who AND i.team = ANY (teams) AND {LIVE});
END $$;
CREATE FUNCTION access_may_see_identity(who uuid, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM people_belongs b JOIN access_involvement i ON i.person = b.person
    WHERE b.identity = who AND i.team = ANY (teams) AND {LIVE});
END $$;
CREATE FUNCTION access_may_see_entry(what uuid, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM record_about a JOIN people_belongs b ON b.identity = a.identity
    JOIN access_involvement i ON i.person = b.person
    WHERE a.entry_id = what AND i.team = ANY (teams) AND {LIVE});
END $$;
REVOKE ALL ON FUNCTION access_may_see_person(uuid, text[]), access_may_see_identity(uuid, text[]),
  access_may_see_entry(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_may_see_person(uuid, text[]), access_may_see_identity(uuid, text[]),
  access_may_see_entry(uuid, text[]) TO wp_web;
"""

RECORD = f"""
GRANT SELECT ON record_entry, record_about, record_receipt TO wp_web;
CREATE POLICY web_reads ON record_entry FOR SELECT TO wp_web USING ({SEES_ENTRY.format("id")});
CREATE POLICY web_reads ON record_about FOR SELECT TO wp_web USING ({SEES_ENTRY.format("entry_id")});
CREATE POLICY web_reads ON record_receipt FOR SELECT TO wp_web USING ({SEES_ENTRY.format("entry_id")});
"""

AUDIT = guarded(
    "access_audit",
    web_reads=f"(SELECT access_viewer_role()) = 'ig_lead' OR {SEES_PERSON.format('person')}",
) + """
GRANT INSERT ON access_audit TO wp_web;
GRANT USAGE ON SEQUENCE access_audit_id_seq TO wp_web;
CREATE POLICY web_adds ON access_audit FOR INSERT TO wp_web
  WITH CHECK (practitioner = (SELECT access_viewer()));
"""  # fmt: skip

OWN = {
    "people_person": SEES_PERSON.format("id"),
    "people_identity": SEES_IDENTITY.format("id"),
    "people_grouping": SEES_PERSON.format("person_id"),
    "people_relationship": f"{SEES_IDENTITY.format('identity')} OR {SEES_IDENTITY.format('other')}",
}


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("record", "0002_guards")]
    operations = [
        migrations.RunSQL(SEES, migrations.RunSQL.noop),
        *[
            migrations.RunSQL(append_only(t) + guarded(t, web_reads=using), migrations.RunSQL.noop)
            for t, using in OWN.items()
        ],
        migrations.RunSQL(
            guarded("people_belongs", web_reads=SEES_PERSON.format("person"), engine_adds=False)
            + owner_reads(["people_belongs"])
            + BELONGS
            + sequences("people_grouping"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(AUDIT + RECORD, migrations.RunSQL.noop),
    ]
