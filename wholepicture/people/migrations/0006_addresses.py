"""Addresses as objects of their own, shields and releases; the keys to match on leave the identities."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import wholepicture.foundation.ids

# Identities carried a folded address; from here on it is a key beside them, which a shield can take away.
MOVED = """
INSERT INTO people_address_key (identity, key) SELECT id, address_key FROM people_identity WHERE address_key <> '';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_reading"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReleaseRow",
            fields=[
                ("id", models.UUIDField(default=wholepicture.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                ("reader", models.UUIDField()),
                ("reader_name", models.TextField()),
                ("document", models.TextField(default="")),
                ("why", models.TextField()),
                ("hours", models.IntegerField()),
                ("asked_by", models.UUIDField()),
                ("asked_by_name", models.TextField()),
                ("asked_by_team", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "people_release",
            },
        ),
        migrations.CreateModel(
            name="ShieldEndAskRow",
            fields=[
                ("id", models.UUIDField(default=wholepicture.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "people_shield_end_ask",
            },
        ),
        migrations.CreateModel(
            name="ShieldRow",
            fields=[
                ("id", models.UUIDField(default=wholepicture.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                ("address", models.UUIDField(null=True)),
                ("reason", models.TextField()),
                ("words", models.TextField(default="")),
                ("from_whom", models.TextField(default="")),
                ("holder_team", models.TextField()),
                ("covers_from", models.DateField()),
                ("set_by", models.UUIDField(null=True)),
                ("set_by_name", models.TextField(default="")),
                ("set_at", models.DateTimeField()),
                ("set_on", models.DateField()),
                ("review_by", models.DateField()),
                ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "people_shield",
            },
        ),
        migrations.CreateModel(
            name="ShieldFromRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.UUIDField()),
            ],
            options={
                "db_table": "people_shield_from",
            },
        ),
        migrations.CreateModel(
            name="ShieldReviewRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("review_by", models.DateField()),
            ],
            options={
                "db_table": "people_shield_review",
            },
        ),
        migrations.CreateModel(
            name="AddressKeyRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.UUIDField(null=True)),
                ("identity", models.UUIDField()),
                ("key", models.TextField()),
            ],
            options={
                "db_table": "people_address_key",
                "indexes": [
                    models.Index(fields=["key"], name="people_address_key_key"),
                    models.Index(fields=["identity"], name="people_address_key_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AddressRow",
            fields=[
                ("id", models.UUIDField(default=wholepicture.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("root", models.UUIDField()),
                ("identity", models.UUIDField()),
                ("sort", models.TextField()),
                ("lines", models.TextField()),
                ("postcode", models.TextField(default="")),
                ("phone", models.TextField(default="")),
                ("key", models.TextField(default="")),
                ("lived_from", models.TextField(default="")),
                ("lived_to", models.TextField(default="")),
                ("to_latest", models.DateField(null=True)),
                ("known_from", models.TextField(default="")),
                ("source", models.TextField(default="")),
                ("agency", models.TextField(default="")),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.TextField(default="")),
                ("recorded_at", models.DateTimeField()),
                ("source_system", models.TextField()),
                ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "supersedes",
                    models.OneToOneField(
                        db_column="supersedes",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.addressrow",
                    ),
                ),
            ],
            options={
                "db_table": "people_address",
            },
        ),
        migrations.CreateModel(
            name="ReleaseDecisionRow",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="people.releaserow",
                    ),
                ),
                ("granted", models.BooleanField()),
                ("asked_by", models.UUIDField()),
                ("reader", models.UUIDField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "people_release_decision",
            },
        ),
        migrations.CreateModel(
            name="ShieldEndRow",
            fields=[
                (
                    "shield",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="people.shieldrow",
                    ),
                ),
                ("asked_by", models.UUIDField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "people_shield_end",
            },
        ),
        migrations.AddIndex(
            model_name="shieldrow",
            index=models.Index(fields=["person"], name="people_shield_person"),
        ),
        migrations.AddIndex(
            model_name="shieldrow",
            index=models.Index(fields=["holder_team"], name="people_shield_holder"),
        ),
        migrations.AddConstraint(
            model_name="shieldrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "review_by__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("set_on"), "+", models.Value(datetime.timedelta(days=184))
                        ),
                    )
                ),
                name="people_shield_reviewed",
            ),
        ),
        migrations.AddField(
            model_name="shieldendaskrow",
            name="shield",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.shieldrow"),
        ),
        migrations.AddField(
            model_name="releaserow",
            name="shield",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.shieldrow"),
        ),
        migrations.AddField(
            model_name="shieldfromrow",
            name="shield",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.shieldrow"),
        ),
        migrations.AddField(
            model_name="shieldreviewrow",
            name="shield",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.shieldrow"),
        ),
        migrations.AddIndex(
            model_name="addressrow",
            index=models.Index(fields=["identity"], name="people_address_identity"),
        ),
        migrations.AddIndex(
            model_name="addressrow",
            index=models.Index(fields=["root"], name="people_address_root"),
        ),
        migrations.AddConstraint(
            model_name="releasedecisionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_by", models.F("by")), _negated=True),
                    models.Q(("reader", models.F("by")), _negated=True),
                ),
                name="people_release_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedecisionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "until__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("at"), "+", models.Value(datetime.timedelta(days=1))
                        ),
                    )
                ),
                name="people_release_until_a_day",
            ),
        ),
        migrations.AddField(
            model_name="shieldendrow",
            name="ask",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="people.shieldendaskrow"),
        ),
        migrations.AddIndex(
            model_name="releaserow",
            index=models.Index(fields=["shield", "reader"], name="people_release_of"),
        ),
        migrations.AddConstraint(
            model_name="releaserow",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gte", 1), ("hours__lte", 24)), name="people_release_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="shieldreviewrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "review_by__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("on"), "+", models.Value(datetime.timedelta(days=184))
                        ),
                    )
                ),
                name="people_shield_reviewed_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="shieldendrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("by")), _negated=True), name="people_shield_end_by_two"
            ),
        ),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="identityrow",
            name="address_key",
        ),
    ]
