"""Sessions that idle are over, real people need a second factor, and attempts are counted: all said by the database."""

from django.db import migrations, models

# Twelve hours from signing in (expires_at), 15 minutes from the last use; the use is noted once a minute.
VIEWER = """
CREATE OR REPLACE FUNCTION access_viewer() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT p.id FROM access_session s
  JOIN access_session_use u ON u.token_hash = s.token_hash
  JOIN agencies_practitioner p ON p.id = s.practitioner
  WHERE s.token_hash = encode(sha256(convert_to(coalesce(current_setting('wp.session', true), ''), 'UTF8')), 'hex')
    AND s.expires_at > now() AND u.at > now() - interval '15 minutes' AND p.is_active
    AND NOT EXISTS (SELECT 1 FROM access_session_end e WHERE e.token_hash = s.token_hash)
$$;
CREATE FUNCTION access_session_used() RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  hash text := encode(sha256(convert_to(coalesce(current_setting('wp.session', true), ''), 'UTF8')), 'hex');
BEGIN
  -- Looked for first: an UPDATE that changes nothing would still be refused where nothing can be written.
  IF EXISTS (SELECT 1 FROM access_session_use u WHERE u.token_hash = hash
             AND u.at < now() - interval '1 minute' AND u.at > now() - interval '15 minutes') THEN
    UPDATE access_session_use SET at = now() WHERE token_hash = hash;
  END IF;
END $$;
CREATE FUNCTION access_session_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.second_factor = ''
     AND NOT EXISTS (SELECT 1 FROM agencies_practitioner p WHERE p.id = NEW.practitioner AND p.demo) THEN
    RAISE EXCEPTION 'a session needs a second factor' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO access_session_use (token_hash, at) VALUES (NEW.token_hash, now());
  RETURN NEW;
END $$;
CREATE TRIGGER access_session_begins BEFORE INSERT ON access_session
  FOR EACH ROW EXECUTE FUNCTION access_session_begins();
REVOKE ALL ON FUNCTION access_session_used(), access_session_begins() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_session_used() TO wp_web;
REVOKE ALL ON access_session_use FROM PUBLIC, wp_web, wp_engine;
GRANT SELECT ON access_session, access_session_end, access_session_use TO wp_sign_in;
GRANT SELECT ON agencies_practitioner TO wp_sign_in;
"""

LIMITS = """
CREATE FUNCTION access_take(its_kind text, its_key text, most integer, span interval, moment timestamptz)
RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(its_kind || ':' || its_key, 20261130));
  IF (SELECT count(*) FROM access_attempt a
      WHERE a.kind = its_kind AND a.key = its_key AND a.at > moment - span) >= most THEN
    RETURN false;
  END IF;
  INSERT INTO access_attempt (kind, key, at) VALUES (its_kind, its_key, moment);
  IF random() < 0.01 THEN
    DELETE FROM access_attempt a WHERE a.at < now() - interval '1 day' AND a.at < moment - interval '1 day';
  END IF;
  RETURN true;
END $$;
CREATE FUNCTION access_give_back(its_kind text, its_key text)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM access_attempt a WHERE a.kind = its_kind AND a.key = its_key
$$;
REVOKE ALL ON FUNCTION access_take(text, text, integer, interval, timestamptz), access_give_back(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_take(text, text, integer, interval, timestamptz) TO wp_web, wp_sign_in;
GRANT EXECUTE ON FUNCTION access_give_back(text, text) TO wp_sign_in;
REVOKE ALL ON access_attempt FROM PUBLIC, wp_web, wp_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_stops_and_glass"), ("agencies", "0002_viewer")]
    operations = [
        migrations.AddField("sessionrow", "second_factor", models.TextField(default="")),
        migrations.CreateModel(
            name="SessionUseRow",
            fields=[
                ("token_hash", models.TextField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "access_session_use"},
        ),
        migrations.CreateModel(
            name="AttemptRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("key", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_attempt",
                "indexes": [
                    models.Index(fields=["kind", "key", "at"], name="access_attempt_of"),
                    models.Index(fields=["at"], name="access_attempt_old"),
                ],
            },
        ),
        migrations.RunSQL(VIEWER, migrations.RunSQL.noop),
        migrations.RunSQL(LIMITS, migrations.RunSQL.noop),
    ]
