"""Functions that look past the guards look among temporary tables last: unnamed, pg_temp would be looked in first."""

from django.db import migrations

PATHS = """
ALTER FUNCTION access_viewer() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION access_viewer_role() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION access_viewer_teams() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION people_decide_belonging() SET search_path = pg_catalog, public, pg_temp;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_sessions"), ("people", "0008_shielded_places")]
    operations = [migrations.RunSQL(PATHS, migrations.RunSQL.noop)]
