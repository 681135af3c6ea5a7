"""The viewer is whoever's session token hashes to a live session: the database asks, the application cannot forge it."""

from django.db import migrations

from wholepicture.access.guards import REFUSE_CHANGE, TEAMS, append_only, guarded, owner_reads, sequences

SESSIONS = """
REVOKE ALL ON access_session, access_session_end FROM PUBLIC, wp_web, wp_engine;
GRANT SELECT, INSERT ON access_session, access_session_end TO wp_engine;
REVOKE ALL ON access_demo_clock FROM PUBLIC, wp_web, wp_engine;
GRANT SELECT ON access_demo_clock TO wp_web, wp_engine;
GRANT INSERT ON access_demo_clock TO wp_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("agencies", "0002_viewer")]
    operations = [
        migrations.RunSQL(REFUSE_CHANGE, migrations.RunSQL.noop),
        migrations.RunSQL(SESSIONS, migrations.RunSQL.noop),
        *[
            migrations.RunSQL(append_only(t), migrations.RunSQL.noop)
            for t in ("access_session", "access_session_end", "access_involvement", "access_involvement_end",
                      "access_audit", "access_demo_clock")
        ],
        migrations.RunSQL(guarded("access_involvement", web_reads=f"team = ANY ({TEAMS}::text[])"),
                          migrations.RunSQL.noop),
        migrations.RunSQL(
            guarded(
                "access_involvement_end",
                web_reads="EXISTS (SELECT 1 FROM access_involvement i WHERE i.id = involvement_id)",
            )
            + owner_reads(["access_involvement", "access_involvement_end"])
            + sequences("access_audit", "access_demo_clock"),
            migrations.RunSQL.noop,
        ),
    ]  # fmt: skip
