"""Every audit row is sealed as its transaction commits: numbered in its authority's chain and hashed with the row before.

The seal is made by a deferred trigger, so that a chain is held for the length of a commit and not of a page (ADR 0010).
"""

from django.conf import settings
from django.db import migrations, models

from wholepicture.access.guards import append_only, guarded

HASH = """
CREATE FUNCTION access_audit_part(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT octet_length(value) || ':' || value || ','
$$;
CREATE FUNCTION access_audit_micros(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (extract(epoch FROM moment) * 1000000)::bigint::text
$$;
CREATE FUNCTION access_audit_hash(r access_audit, number bigint, previous text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN encode(sha256(convert_to(
    access_audit_part('wp-audit-1') || access_audit_part(r.chain) || access_audit_part(number::text)
    || access_audit_part(previous) || access_audit_part(r.id::text) || access_audit_part(access_audit_micros(r.at))
    || access_audit_part(access_audit_micros(r.clock)) || access_audit_part(coalesce(r.practitioner::text, ''))
    || access_audit_part(r.agency) || access_audit_part(r.role) || access_audit_part(r.act)
    || access_audit_part(r.purpose) || access_audit_part(r.ground) || access_audit_part(coalesce(r.person::text, ''))
    || access_audit_part(coalesce(r.entry::text, '')), 'UTF8')), 'hex');
END $$;
"""

SEAL = """
CREATE FUNCTION access_audit_seal_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  last_number bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.chain, 20261125));
  SELECT s.number, s.hash INTO last_number, last_hash FROM access_audit_seal s
    WHERE s.chain = NEW.chain ORDER BY s.number DESC LIMIT 1;
  last_number := coalesce(last_number, 0);
  last_hash := coalesce(last_hash, repeat('0', 64));
  INSERT INTO access_audit_seal (audit, chain, number, previous, hash)
    VALUES (NEW.id, NEW.chain, last_number + 1, last_hash, access_audit_hash(NEW, last_number + 1, last_hash));
  RETURN NULL;
END $$;
CREATE POLICY owner_reads ON access_audit_seal FOR SELECT TO wp_owner USING (true);
CREATE POLICY owner_seals ON access_audit_seal FOR INSERT TO wp_owner WITH CHECK (true);
CREATE CONSTRAINT TRIGGER access_audit_is_sealed AFTER INSERT ON access_audit
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_audit_seal_row();
REVOKE ALL ON FUNCTION access_audit_seal_row(), access_audit_hash(access_audit, bigint, text),
  access_audit_part(text), access_audit_micros(timestamptz) FROM PUBLIC;
"""

# Rows from before there was a chain, in the order in which they were written. Only the owner does this, once.
EARLIER = """
ALTER TABLE access_audit NO FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
  r access_audit;
  n bigint := 0;
  h text := repeat('0', 64);
  sealed text;
BEGIN
  FOR r IN SELECT * FROM access_audit ORDER BY id LOOP
    n := n + 1;
    sealed := access_audit_hash(r, n, h);
    INSERT INTO access_audit_seal (audit, chain, number, previous, hash) VALUES (r.id, r.chain, n, h, sealed);
    h := sealed;
  END LOOP;
END $$;
ALTER TABLE access_audit FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_guards"), ("people", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="auditrow",
            name="chain",
            field=models.TextField(default=settings.AREA),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="SealRow",
            fields=[
                ("audit", models.BigIntegerField(primary_key=True, serialize=False)),
                ("chain", models.TextField()),
                ("number", models.BigIntegerField()),
                ("previous", models.TextField()),
                ("hash", models.TextField()),
            ],
            options={
                "db_table": "access_audit_seal",
                "constraints": [
                    models.UniqueConstraint(fields=["chain", "number"], name="access_audit_seal_in_chain"),
                ],
            },
        ),
        migrations.RunSQL(
            append_only("access_audit_seal")
            + guarded("access_audit_seal", web_reads="(SELECT access_viewer_role()) = 'ig_lead'", engine_adds=False),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(HASH + SEAL, migrations.RunSQL.noop),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
    ]
