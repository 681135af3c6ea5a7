"""A signal is read by those who may see the child it is about."""

from django.db import migrations

from wholepicture.access.guards import SEES_PERSON, append_only, guarded, sequences

OF_SIGNAL = "EXISTS (SELECT 1 FROM signals_signal s WHERE s.id = signal_id)"
TABLES = {
    "signals_signal": SEES_PERSON.format("person"),
    "signals_event": OF_SIGNAL,
    "signals_evidence": OF_SIGNAL,
    "signals_wait": None,
    "signals_tick": None,
}


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_waits"), ("people", "0002_guards")]
    operations = [
        *[
            migrations.RunSQL(append_only(t) + guarded(t, web_reads=using), migrations.RunSQL.noop)
            for t, using in TABLES.items()
        ],
        migrations.RunSQL(
            sequences("signals_event", "signals_evidence", "signals_wait", "signals_tick"), migrations.RunSQL.noop
        ),
    ]
