"""Which school or surgery was asked about somebody leads to a shielded address: such a task is its own team's to see."""

from django.db import migrations

from wholepicture.access.guards import NOT_STOPPED, SEES_PERSON, TEAMS

POLICY = f"""
ALTER POLICY web_reads ON casework_task USING (
  (team = ANY ({TEAMS}::text[]) OR {SEES_PERSON.format("person")} AND NOT access_team_kept(
    person, team, (raised_at AT TIME ZONE 'Europe/London')::date, (SELECT access_viewer_agency()), {TEAMS}))
  AND {NOT_STOPPED.format("person")});
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_disclosure_policy"), ("people", "0008_shielded_places")]
    operations = [migrations.RunSQL(POLICY, migrations.RunSQL.noop)]
