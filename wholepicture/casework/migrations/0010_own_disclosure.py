"""Files and stops are read by whoever reads the words of their own disclosure, and not of any.

In 0008, “w.disclosure_id = disclosure_id” named the column of `w` twice: whoever read the words of one disclosure read
the files and stops of all.
"""

from django.db import migrations

READ = "EXISTS (SELECT 1 FROM casework_disclosure_words w WHERE w.disclosure_id = {}.disclosure_id)"
POLICIES = f"""
ALTER POLICY web_reads ON casework_disclosed_document USING ({READ.format("casework_disclosed_document")});
ALTER POLICY web_reads ON casework_disclosure_stop USING (
  ((SELECT access_viewer_role()) = 'ig_lead'
   AND EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.id = casework_disclosure_stop.disclosure_id))
  OR {READ.format("casework_disclosure_stop")});
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_shielded")]
    operations = [migrations.RunSQL(POLICIES, migrations.RunSQL.noop)]
