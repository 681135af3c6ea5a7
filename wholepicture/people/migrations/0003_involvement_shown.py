"""Whoever may see a person may see which teams are involved with them: a page says whom to speak to (principle 9)."""

from django.db import migrations

from wholepicture.access.guards import SEES_PERSON

SHOWN = f"""
CREATE POLICY web_reads_of_shown ON access_involvement FOR SELECT TO wp_web USING ({SEES_PERSON.format("person")});
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_guards")]
    operations = [
        migrations.RunSQL(SHOWN, "DROP POLICY web_reads_of_shown ON access_involvement;"),
    ]
