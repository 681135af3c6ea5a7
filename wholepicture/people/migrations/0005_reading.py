"""Reading many entries at once: the rule of 0004 for a set of them, decided once for each person and not for each row.

Row-level security asks its question of every row, which made a child's page four times as slow (ADR 0020). These three
functions answer it for a set; the policies stay for every other way in, and the differential holds the two together.
"""

from django.db import migrations

from wholepicture.access.guards import LIVE

READABLE = f"""
CREATE FUNCTION access_readable(ids uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  classes text[] := access_viewer_classes();
  stops uuid[] := access_viewer_stops();
  involved uuid[];
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
      WHERE a.entry_id = e.id AND b.person = ANY (stops)));
END $$;
"""

READS = """
CREATE FUNCTION access_read_entries(ids uuid[]) RETURNS SETOF record_entry LANGUAGE plpgsql STABLE SECURITY DEFINER
ROWS 200 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT e.* FROM record_entry e WHERE e.id = ANY (ARRAY(SELECT access_readable(ids)));
END $$;
CREATE FUNCTION access_read_about(ids uuid[]) RETURNS SETOF record_about LANGUAGE plpgsql STABLE SECURITY DEFINER
ROWS 400 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT a.* FROM record_about a WHERE a.entry_id = ANY (ARRAY(SELECT access_readable(ids)));
END $$;
CREATE FUNCTION access_read_receipts(ids uuid[]) RETURNS SETOF record_receipt LANGUAGE plpgsql STABLE SECURITY DEFINER
ROWS 400 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT r.* FROM record_receipt r WHERE r.entry_id = ANY (ARRAY(SELECT access_readable(ids)));
END $$;
CREATE FUNCTION access_entries_of(identities uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
ROWS 200 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT access_readable(ARRAY(
    SELECT DISTINCT a.entry_id FROM record_about a WHERE a.identity = ANY (identities)));
END $$;
REVOKE ALL ON FUNCTION access_readable(uuid[]), access_read_entries(uuid[]), access_read_about(uuid[]),
  access_read_receipts(uuid[]), access_entries_of(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_read_entries(uuid[]), access_read_about(uuid[]), access_read_receipts(uuid[]),
  access_entries_of(uuid[]) TO wp_web;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_policy")]
    operations = [migrations.RunSQL(READABLE + READS, migrations.RunSQL.noop)]
