"""Who reads the ledger of disclosures, its words and its files.

That something was shared or refused, in which role, by which law, is read by whoever sees the child and by the
information governance lead. Its words and its file are read by whoever may read every entry in it and what that agency
writes in letters; by whoever it was sent to in Whole Picture; and, of a refusal, by its reviewer. Nobody reads any of it
about a person from whom they are kept.
"""

from django.db import migrations

from wholepicture.access.guards import NOT_STOPPED, SEES_PERSON, append_only, guarded, owner_reads, sequences

SENT_TO_VIEWER = """
CREATE FUNCTION casework_sent_to_viewer(what uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM casework_disclosure d JOIN casework_disclosure_event v ON v.disclosure_id = d.id AND v.event = 'sent'
    WHERE d.id = what AND d.channel = 'in_app' AND d.recipient_practitioner = access_viewer());
END $$;
REVOKE ALL ON FUNCTION casework_sent_to_viewer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework_sent_to_viewer(uuid) TO wp_web;
"""
IS_AUDITOR = "(SELECT access_viewer_role()) = 'ig_lead'"
VIEWER = "(SELECT access_viewer())"
WRITES_SO = "access_class_of('letter', {}) = ANY ((SELECT access_viewer_classes())::text[])"
SHOWN = "EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.id = disclosure_id)"
READ = "EXISTS (SELECT 1 FROM casework_disclosure_words w WHERE w.disclosure_id = {})"

# A row of an entry is shown to whoever may read the entry, so whoever may not counts fewer than went.
WORDS = f"""EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.id = disclosure_id AND (
  (d.reviewer = {VIEWER} AND d.outcome = 'refused') OR casework_sent_to_viewer(d.id)
  OR ({SEES_PERSON.format("d.child")} AND {WRITES_SO.format("d.by_agency")}
      AND d.kept = (SELECT count(*) FROM casework_disclosure_item i WHERE i.disclosure_id = d.id AND i.left_out = ''))))"""

TABLES = {
    "casework_information_request": (
        f"{SEES_PERSON.format('child')} AND {NOT_STOPPED.format('child')} AND {WRITES_SO.format('by_agency')}"
    ),
    "casework_disclosure": (
        f"({IS_AUDITOR} OR {SEES_PERSON.format('child')} OR (reviewer = {VIEWER} AND outcome = 'refused') "
        f"OR casework_sent_to_viewer(id)) AND {NOT_STOPPED.format('child')}"
    ),
    "casework_disclosure_item": f"{SHOWN} AND EXISTS (SELECT 1 FROM record_entry e WHERE e.id = entry)",
    "casework_disclosure_words": WORDS,
    "casework_disclosure_event": SHOWN,
    "casework_disclosure_said": (
        "EXISTS (SELECT 1 FROM casework_disclosure_event v WHERE v.id = event_id AND "
        + READ.format("v.disclosure_id")
        + ")"
    ),
    "casework_disclosure_stop": f"({IS_AUDITOR} AND {SHOWN}) OR {READ.format('disclosure_id')}",
    "casework_disclosed_document": READ.format("disclosure_id"),
}
NUMBERED = ("casework_disclosure_item", "casework_disclosure_event", "casework_disclosure_stop")


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_disclosure"), ("people", "0007_shields")]
    operations = [
        migrations.RunSQL(
            owner_reads(["casework_disclosure", "casework_disclosure_event"]) + SENT_TO_VIEWER, migrations.RunSQL.noop
        ),
        *[
            migrations.RunSQL(append_only(t) + guarded(t, web_reads=using), migrations.RunSQL.noop)
            for t, using in TABLES.items()
        ],
        migrations.RunSQL(sequences(*NUMBERED), migrations.RunSQL.noop),
    ]
