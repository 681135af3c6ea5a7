"""The tables of signing in belong to wp_sign_in: no page's role reads a second factor, nor does the engine's."""

from django.db import migrations, models

ALLAUTH = (
    "account_emailaddress, account_emailconfirmation, mfa_authenticator, socialaccount_socialaccount, "
    "socialaccount_socialapp, socialaccount_socialtoken"
)
RIGHTS = f"""
REVOKE ALL ON {ALLAUTH}, django_session, sign_in_kept_form FROM PUBLIC, wp_web, wp_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator, django_session TO wp_sign_in;
GRANT SELECT, INSERT, DELETE, UPDATE (extra_data, last_login, uid, provider, user_id, date_joined)
  ON socialaccount_socialaccount TO wp_sign_in;
GRANT SELECT ON account_emailaddress, socialaccount_socialapp, socialaccount_socialtoken TO wp_sign_in;
GRANT USAGE ON SEQUENCE mfa_authenticator_id_seq, socialaccount_socialaccount_id_seq TO wp_sign_in;
GRANT SELECT, INSERT, DELETE ON sign_in_kept_form TO wp_sign_in;
ALTER TABLE sign_in_kept_form ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_kept_form FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in_keeps ON sign_in_kept_form TO wp_sign_in USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("access", "0005_sessions"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="KeptFormRow",
            fields=[
                ("handle_hash", models.TextField(primary_key=True, serialize=False)),
                ("practitioner", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "sign_in_kept_form",
                "indexes": [models.Index(fields=["until"], name="sign_in_kept_form_until")],
            },
        ),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
