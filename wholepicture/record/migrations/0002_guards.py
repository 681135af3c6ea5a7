"""Nothing of the record is readable until access says who may read it, and nothing of it ever changes."""

from django.db import migrations

from wholepicture.access.guards import append_only, guarded, owner_reads, sequences

TABLES = ("record_entry", "record_about", "record_receipt", "record_source_row")


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial"), ("access", "0002_guards")]
    operations = [
        *[migrations.RunSQL(append_only(t) + guarded(t, web_reads=None), migrations.RunSQL.noop) for t in TABLES],
        migrations.RunSQL(
            owner_reads(["record_about"]) + sequences("record_about", "record_receipt", "record_source_row"),
            migrations.RunSQL.noop,
        ),
    ]
