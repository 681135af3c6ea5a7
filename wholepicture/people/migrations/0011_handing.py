"""A shield that goes from team to team, and that always has somebody to answer for it; a release for one document.

Whoever answers for a shield is its team; where nobody is left in it, nor in a team that supervises it, the managers of
the authority's social care. They see the shield, and the name of whom it keeps, whether or not they are involved; and
the team itself sees the addresses that it keeps. Nothing else of the record opens by that.
"""

import datetime

import django.db.models.expressions
from django.db import migrations, models

import wholepicture.foundation.ids
from wholepicture.access.guards import (
    KEPT,
    LIVE_SHIELD,
    NOT_STOPPED,
    SEES_PERSON,
    TEAMS,
    append_only,
    guarded,
    owner_reads,
    sequences,
)

# With what they are about they go: from the record's destruction by two people, and by nothing else.
GOES_WITH = """
ALTER TABLE {table} ADD CONSTRAINT {table}_goes FOREIGN KEY ({column}) REFERENCES {other}
  ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
FOLLOWS = "".join(
    GOES_WITH.format(table=table, column=column, other=other)
    for table, column, other in (
        ("people_shield_hand", "shield", "people_shield (id)"),
        ("people_shield_hand_end", "hand", "people_shield_hand (id)"),
        ("people_document_shield", "shield", "people_shield (id)"),
        ("people_document_release", "person", "people_person (id)"),
        ("people_document_release_shield", "release", "people_document_release (id)"),
        ("people_document_release_decision", "release", "people_document_release (id)"),
        ("people_document_release_used", "release", "people_document_release (id)"),
    )
)

ANSWERS = f"""
CREATE FUNCTION access_teams_left() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM agencies_practitioner p JOIN agencies_team t ON t.code = p.team_id
    WHERE p.id = access_viewer() AND p.role = 'manager' AND split_part(t.agency_id, '/', 1) = 'social_care')
  THEN RETURN '{{}}';
  END IF;
  RETURN ARRAY(SELECT t.code FROM agencies_team t WHERE NOT EXISTS (
    SELECT 1 FROM agencies_practitioner p WHERE p.is_active AND (p.team_id = t.code OR p.team_id IN (
      SELECT s.team_id FROM agencies_supervision s WHERE s.supervised_id = t.code))));
END $$;
CREATE FUNCTION access_shields_answered()
RETURNS TABLE (shield uuid, person uuid, type text, given text, family text, born text, offered boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  answered text[] := teams || access_teams_left();
  stops uuid[] := access_viewer_stops();
BEGIN
  RETURN QUERY
    SELECT s.id, s.person, n.type, n.given_name, n.family_name, n.born, NOT (s.holder_team = ANY (answered))
    FROM people_shield s
    CROSS JOIN LATERAL (
      SELECT i.type, i.given_name, i.family_name, i.born FROM people_belongs b JOIN people_identity i ON i.id = b.identity
      WHERE b.person = s.person ORDER BY (i.family_name <> '') DESC, i.stored_at, i.id LIMIT 1) AS n
    WHERE {LIVE_SHIELD} AND NOT (s.person = ANY (stops)) AND (s.holder_team = ANY (answered) OR EXISTS (
      SELECT 1 FROM people_shield_hand h WHERE h.shield = s.id AND h.to_team = ANY (teams)
      AND NOT EXISTS (SELECT 1 FROM people_shield_hand_end e WHERE e.hand = h.id)))
    ORDER BY s.set_at, s.id;
END $$;
CREATE FUNCTION access_addresses_answered(which uuid) RETURNS SETOF people_address
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  stops uuid[] := access_viewer_stops();
BEGIN
  RETURN QUERY
    SELECT a.* FROM people_shield s JOIN people_belongs b ON b.person = s.person
    JOIN people_address a ON a.identity = b.identity
    WHERE s.id = which AND {LIVE_SHIELD} AND s.holder_team = ANY (teams) AND NOT (s.person = ANY (stops))
      AND (s.address = a.root OR s.address IS NULL AND EXISTS (SELECT 1 FROM people_address one
        WHERE one.root = a.root AND (one.to_latest IS NULL OR one.to_latest > s.covers_from)))
      AND NOT access_address_kept(a.identity, a.root, teams);
END $$;
CREATE FUNCTION access_document_kept(what uuid, teams text[]) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM people_document_shield n JOIN people_shield s ON s.id = n.shield
    WHERE n.document = what AND {KEPT});
END $$;
REVOKE ALL ON FUNCTION access_teams_left(), access_shields_answered(), access_addresses_answered(uuid),
  access_document_kept(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_teams_left(), access_shields_answered(), access_addresses_answered(uuid),
  access_document_kept(uuid, text[]) TO wp_web;
ALTER POLICY web_reads ON people_shield USING (
  (holder_team = ANY ({TEAMS}::text[]) OR holder_team = ANY ((SELECT access_teams_left())::text[])) AND {NOT_STOPPED.format("person")});
"""

HELD = "EXISTS (SELECT 1 FROM people_shield s WHERE s.id = shield)"
DOCUMENT_SHOWN = "EXISTS (SELECT 1 FROM people_document_release r WHERE r.id = release)"
TABLES = {
    "people_shield_hand": f"(to_team = ANY ({TEAMS}::text[]) OR {HELD}) AND {NOT_STOPPED.format('person')}",
    "people_shield_hand_end": "EXISTS (SELECT 1 FROM people_shield_hand h WHERE h.id = hand)",
    "people_document_shield": None,
    # Which shields it is about is theirs who hold them: others are told that the document names a kept place.
    "people_document_release_shield": HELD,
    "people_document_release": (
        f"{NOT_STOPPED.format('person')} AND ((SELECT access_viewer_role()) = 'ig_lead' "
        f"OR asked_by = (SELECT access_viewer()) OR {SEES_PERSON.format('person')} "
        "OR EXISTS (SELECT 1 FROM people_document_release_shield o WHERE o.release = people_document_release.id))"
    ),
    "people_document_release_decision": DOCUMENT_SHOWN,
    "people_document_release_used": DOCUMENT_SHOWN,
}
OWNER = ["people_shield_hand", "people_shield_hand_end", "people_document_shield"]


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_reading_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentReleaseDecisionRow",
            fields=[
                ("release", models.UUIDField(primary_key=True, serialize=False)),
                ("granted", models.BooleanField()),
                ("asked_by", models.UUIDField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "people_document_release_decision",
            },
        ),
        migrations.CreateModel(
            name="DocumentReleaseRow",
            fields=[
                ("id", models.UUIDField(default=wholepicture.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                ("document", models.UUIDField()),
                ("digest", models.TextField()),
                ("why", models.TextField()),
                ("hours", models.IntegerField()),
                ("asked_by", models.UUIDField()),
                ("asked_by_name", models.TextField()),
                ("asked_by_team", models.TextField()),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "people_document_release",
            },
        ),
        migrations.CreateModel(
            name="DocumentReleaseShieldRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("release", models.UUIDField()),
                ("shield", models.UUIDField()),
            ],
            options={
                "db_table": "people_document_release_shield",
            },
        ),
        migrations.CreateModel(
            name="DocumentReleaseUsedRow",
            fields=[
                ("release", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "people_document_release_used",
            },
        ),
        migrations.CreateModel(
            name="DocumentShieldRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.UUIDField()),
                ("shield", models.UUIDField()),
            ],
            options={
                "db_table": "people_document_shield",
            },
        ),
        migrations.CreateModel(
            name="HandEndRow",
            fields=[
                ("hand", models.UUIDField(primary_key=True, serialize=False)),
                ("taken", models.BooleanField()),
                ("asked_by", models.UUIDField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("words", models.TextField(default="")),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "people_shield_hand_end",
            },
        ),
        migrations.CreateModel(
            name="HandRow",
            fields=[
                ("id", models.UUIDField(default=wholepicture.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("shield", models.UUIDField()),
                ("person", models.UUIDField()),
                ("from_team", models.TextField()),
                ("to_team", models.TextField()),
                ("why", models.TextField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "people_shield_hand",
            },
        ),
        migrations.AddField(
            model_name="shieldrow",
            name="continues",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="shieldrow",
            constraint=models.UniqueConstraint(fields=("continues",), name="people_shield_handed_once"),
        ),
        migrations.AddConstraint(
            model_name="documentreleasedecisionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("by")), _negated=True), name="people_document_release_by_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentreleasedecisionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "until__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("at"), "+", models.Value(datetime.timedelta(days=1))
                        ),
                    )
                ),
                name="people_document_release_until_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="documentreleaserow",
            index=models.Index(fields=["document"], name="people_document_release_of"),
        ),
        migrations.AddIndex(
            model_name="documentreleaserow",
            index=models.Index(fields=["person"], name="people_document_release_about"),
        ),
        migrations.AddConstraint(
            model_name="documentreleaserow",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gte", 1), ("hours__lte", 24)), name="people_document_release_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentreleaseshieldrow",
            constraint=models.UniqueConstraint(fields=("release", "shield"), name="people_document_release_once"),
        ),
        migrations.AddConstraint(
            model_name="documentshieldrow",
            constraint=models.UniqueConstraint(fields=("document", "shield"), name="people_document_shield_once"),
        ),
        migrations.AddConstraint(
            model_name="handendrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken", False), models.Q(("asked_by", models.F("by")), _negated=True), _connector="OR"
                ),
                name="people_shield_taken_by_two",
            ),
        ),
        migrations.AddIndex(
            model_name="handrow",
            index=models.Index(fields=["shield"], name="people_shield_hand_of"),
        ),
        migrations.AddIndex(
            model_name="handrow",
            index=models.Index(fields=["to_team"], name="people_shield_hand_to"),
        ),
        *[
            migrations.RunSQL(append_only(t) + guarded(t, web_reads=using), migrations.RunSQL.noop)
            for t, using in TABLES.items()
        ],
        migrations.RunSQL(
            FOLLOWS
            + owner_reads(OWNER)
            + ANSWERS
            + sequences("people_document_shield", "people_document_release_shield"),
            migrations.RunSQL.noop,
        ),
    ]
