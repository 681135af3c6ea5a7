"""Casework is read by those who may see the child or entry, and a task by the team that it was asked of."""

from django.db import migrations

from wholepicture.access.guards import SEES_ENTRY, SEES_IDENTITY, SEES_PERSON, TEAMS, append_only, guarded, sequences

DECIDED = "EXISTS (SELECT 1 FROM casework_screening_decision d WHERE d.screening_id = decision_id)"
TABLES = {
    "casework_notice": SEES_ENTRY.format("entry_id"),
    "casework_child_observation": SEES_ENTRY.format("notice_id"),
    "casework_candidate": SEES_IDENTITY.format("identity"),
    "casework_candidate_choice": "EXISTS (SELECT 1 FROM casework_candidate c WHERE c.id = candidate_id)",
    "casework_screening": SEES_ENTRY.format("notice_id"),
    "casework_screening_decision": "EXISTS (SELECT 1 FROM casework_screening s WHERE s.id = screening_id)",
    "casework_screening_position": DECIDED,
    "casework_screening_review": DECIDED,
    "casework_screening_event": "EXISTS (SELECT 1 FROM casework_screening s WHERE s.id = screening_id)",
    "casework_task": f"team = ANY ({TEAMS}::text[]) OR {SEES_PERSON.format('person')}",
    "casework_task_event": "EXISTS (SELECT 1 FROM casework_task t WHERE t.id = task_id)",
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("people", "0002_guards")]
    operations = [
        *[
            migrations.RunSQL(append_only(t) + guarded(t, web_reads=using), migrations.RunSQL.noop)
            for t, using in TABLES.items()
        ],
        migrations.RunSQL(
            sequences(
                "casework_child_observation",
                "casework_candidate",
                "casework_candidate_choice",
                "casework_screening_position",
                "casework_screening_review",
                "casework_screening_event",
                "casework_task_event",
            ),
            migrations.RunSQL.noop,
        ),
    ]
