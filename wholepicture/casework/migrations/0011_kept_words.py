"""The words and the file of a document that names what a shield keeps are for those to whom the shield is open.

A letter that names her refuge stood on the ledger for everybody who reads letters of that agency, sent or not. Besides
those to whom it is open its maker's own team reads it, who wrote it, and whom it was sent to in Whole Picture. Why it
stopped, in which part, names no place, and is read as before: whoever is asked to let it go must know what stopped it.
"""

from django.db import migrations

from wholepicture.access.guards import SEES_PERSON, TEAMS

VIEWER = "(SELECT access_viewer())"
WRITES_SO = "access_class_of('letter', d.by_agency) = ANY ((SELECT access_viewer_classes())::text[])"
READS_ALL = f"""({SEES_PERSON.format("d.child")} AND {WRITES_SO}
      AND d.kept = (SELECT count(*) FROM casework_disclosure_item i WHERE i.disclosure_id = d.id AND i.left_out = ''))"""
OPEN = f"(d.by_team = ANY ({TEAMS}::text[]) OR NOT access_document_kept(d.id, {TEAMS}))"
GIVEN = f"((d.reviewer = {VIEWER} AND d.outcome = 'refused') OR casework_sent_to_viewer(d.id))"

POLICIES = f"""
ALTER POLICY web_reads ON casework_disclosure_words USING (
  EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.id = disclosure_id AND ({GIVEN} OR {READS_ALL} AND {OPEN})));
ALTER POLICY web_reads ON casework_disclosure_stop USING (
  EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.id = disclosure_id
    AND ((SELECT access_viewer_role()) = 'ig_lead' OR {GIVEN} OR {READS_ALL})));
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_own_disclosure"), ("people", "0011_handing")]
    operations = [migrations.RunSQL(POLICIES, migrations.RunSQL.noop)]
