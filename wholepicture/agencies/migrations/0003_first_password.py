"""A password that was given out is for the first sign-in only; a file of staff gives them out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_viewer")]
    operations = [
        migrations.AddField("practitioner", "first_password", models.BooleanField(default=False)),
        migrations.RunSQL(
            "GRANT UPDATE (first_password) ON agencies_practitioner TO wp_engine;", migrations.RunSQL.noop
        ),
    ]
