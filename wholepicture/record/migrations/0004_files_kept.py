"""A file is read by whoever reads the entry that it stands beside, and never changes.

That a virus was found in a file is told to the information governance lead; the row says nothing about a family.
"""

from django.db import migrations

from wholepicture.access.guards import READS_ENTRY, append_only, guarded

TABLES = {
    "record_file": READS_ENTRY.format("entry_id"),
    "record_refused_file": "(SELECT access_viewer_role()) = 'ig_lead'",
}


class Migration(migrations.Migration):
    dependencies = [("record", "0003_files"), ("people", "0005_reading")]
    operations = [
        migrations.RunSQL(append_only(table) + guarded(table, web_reads=using), migrations.RunSQL.noop)
        for table, using in TABLES.items()
    ]
