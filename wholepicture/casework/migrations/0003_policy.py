"""A notice and what was seen of each child are read by those who may read its entry; a stop hides tasks as well."""

from django.db import migrations

from wholepicture.access.guards import NOT_STOPPED, SEES_IDENTITY, SEES_PERSON, TEAMS

READS_NOTICE = "EXISTS (SELECT 1 FROM record_entry e WHERE e.id = {})"

POLICIES = f"""
ALTER POLICY web_reads ON casework_notice USING ({READS_NOTICE.format("entry_id")});
ALTER POLICY web_reads ON casework_child_observation USING ({READS_NOTICE.format("notice_id")});
ALTER POLICY web_reads ON casework_screening USING ({READS_NOTICE.format("notice_id")});
ALTER POLICY web_reads ON casework_candidate USING (
  {SEES_IDENTITY.format("identity")} AND {NOT_STOPPED.format("person")} AND {NOT_STOPPED.format("own_person")});
ALTER POLICY web_reads ON casework_screening_position USING (
  EXISTS (SELECT 1 FROM casework_screening_decision d WHERE d.screening_id = decision_id)
  AND {NOT_STOPPED.format("person")});
ALTER POLICY web_reads ON casework_task USING (
  (team = ANY ({TEAMS}::text[]) OR {SEES_PERSON.format("person")}) AND {NOT_STOPPED.format("person")});
DROP FUNCTION access_may_see_entry(uuid, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_guards"), ("people", "0004_policy")]
    operations = [migrations.RunSQL(POLICIES, migrations.RunSQL.noop)]
