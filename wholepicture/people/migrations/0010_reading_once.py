"""Reading many entries at once, decided once: an entry, its people and its receipts in one answer.

The four functions of 0005 each asked again which entries are readable, so a child's page asked four times. One asks for
all; the rule itself, `access_readable`, stays as 0008 has it, and so do the policies for every other way in.
"""

from django.db import migrations

READ = """
DROP FUNCTION access_read_entries(uuid[]), access_read_about(uuid[]), access_read_receipts(uuid[]),
  access_entries_of(uuid[]);
CREATE FUNCTION access_read(ids uuid[], identities uuid[])
RETURNS TABLE (entry record_entry, about json, receipts json) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
  wanted uuid[] := ids || ARRAY(SELECT DISTINCT a.entry_id FROM record_about a WHERE a.identity = ANY (identities));
  may uuid[] := ARRAY(SELECT access_readable(wanted));
  kept uuid[] := access_kept_of(may, teams);
BEGIN
  RETURN QUERY SELECT e,
    (SELECT json_agg(json_build_array(a.identity, a.role) ORDER BY a.position)
      FROM record_about a WHERE a.entry_id = e.id),
    (SELECT json_agg(json_build_array(r.agency, r.event, r.at) ORDER BY r.position, r.id)
      FROM record_receipt r WHERE r.entry_id = e.id
      AND (cardinality(kept) = 0 OR position('/' in r.agency) = 0 OR r.agency IS NOT DISTINCT FROM own
        OR NOT access_receipt_kept(r.entry_id, r.at_start, teams)))
  FROM record_entry e WHERE e.id = ANY (may) ORDER BY e.id;
END $$;
REVOKE ALL ON FUNCTION access_read(uuid[], uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_read(uuid[], uuid[]) TO wp_web;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_shielded_places")]
    operations = [migrations.RunSQL(READ, migrations.RunSQL.noop)]
