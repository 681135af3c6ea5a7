"""What a shield keeps of the ledger, what a recipient is not told, and what is counted for a subject access request.

A school or surgery to which something about a shielded child went leads to the child's door. From the shield's first day
such a row is for the team that holds the shield, whoever has a release, the team that made it and whom it was sent to; a
governance lead sees the row, as in the audit.
That a sender left entries out by hand is not told to the recipient.
"""

from django.db import migrations

from wholepicture.access.guards import NOT_STOPPED, SEES_PERSON, TEAMS, owner_reads

OWN = "(SELECT access_viewer_agency())"
VIEWER = "(SELECT access_viewer())"
IS_AUDITOR = "(SELECT access_viewer_role()) = 'ig_lead'"
IN_ENGLAND = "({} AT TIME ZONE 'Europe/London')::date"
# As in 0008.
WRITES_SO = "access_class_of('letter', {}) = ANY ((SELECT access_viewer_classes())::text[])"
SHOWN = "EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.id = disclosure_id)"

KEEPS = """
CREATE FUNCTION casework_recipient_kept(
  child uuid, whom uuid, organisation text, day date, made_by text, own text, teams text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 500 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF made_by = ANY (teams) OR (whom IS NULL AND organisation = '') THEN RETURN false;
  END IF;
  -- What somebody typed for an organisation may be any place: it is kept like one.
  RETURN access_shielded(child, day, teams) AND (whom IS NULL OR EXISTS (
    SELECT 1 FROM agencies_practitioner p JOIN agencies_team t ON t.code = p.team_id
    WHERE p.id = whom AND position('/' in t.agency_id) > 0 AND t.agency_id IS DISTINCT FROM own));
END $$;
CREATE FUNCTION casework_is_for_viewer(what uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER COST 500
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM casework_disclosure d WHERE d.id = what AND d.recipient_practitioner = access_viewer());
END $$;
"""

COUNTS = f"""
CREATE FUNCTION casework_disclosures_kept(who uuid, until date) RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  own text := access_viewer_agency();
BEGIN
  IF NOT access_may_see_person(who, teams) THEN RETURN 0;
  END IF;
  RETURN (SELECT count(*) FROM casework_disclosure d WHERE d.child = who
    AND (until IS NULL OR {IN_ENGLAND.format("d.at")} <= until)
    AND casework_recipient_kept(d.child, d.recipient_practitioner, d.recipient_organisation,
      {IN_ENGLAND.format("d.at")}, d.by_team, own, teams)
    AND d.reviewer IS DISTINCT FROM access_viewer() AND NOT casework_sent_to_viewer(d.id))
    + (SELECT count(*) FROM casework_information_request r WHERE r.child = who
    AND (until IS NULL OR {IN_ENGLAND.format("r.at")} <= until)
    AND casework_recipient_kept(
      r.child, NULL, r.asker_organisation, {IN_ENGLAND.format("r.at")}, r.by_team, own, teams));
END $$;
CREATE FUNCTION casework_left_by_hand(ids uuid[]) RETURNS TABLE (disclosure uuid, number integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
  stops uuid[] := access_viewer_stops();
  me uuid := access_viewer();
  audits boolean := coalesce(access_viewer_role() = 'ig_lead', false);
BEGIN
  RETURN QUERY SELECT d.id, count(*)::integer FROM casework_disclosure d
    JOIN casework_disclosure_item i ON i.disclosure_id = d.id AND i.left_out = 'sender'
    WHERE d.id = ANY (ids) AND d.recipient_practitioner IS DISTINCT FROM me AND NOT d.child = ANY (stops)
      AND (audits OR access_may_see_person(d.child, teams))
    GROUP BY d.id;
END $$;
CREATE FUNCTION casework_addresses_kept(who uuid, until date) RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  teams text[] := access_viewer_teams();
BEGIN
  IF NOT access_may_see_person(who, teams) THEN RETURN 0;
  END IF;
  RETURN (SELECT count(*) FROM people_address a JOIN people_belongs b ON b.identity = a.identity
    WHERE b.person = who AND {IN_ENGLAND.format("a.recorded_at")} <= until
      AND access_address_kept(a.identity, a.root, teams));
END $$;
CREATE FUNCTION casework_told_beside(who uuid, until date)
RETURNS TABLE (disclosure uuid, day date, kind text, role text, gateway text, number integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  stops uuid[] := access_viewer_stops();
BEGIN
  IF access_may_see_person(who, access_viewer_teams()) THEN
    RETURN QUERY SELECT d.id, {IN_ENGLAND.format("v.at")}, d.recipient_kind, d.recipient_role, d.gateway,
        count(DISTINCT i.entry)::integer
      FROM people_belongs b JOIN record_about a ON a.identity = b.identity
      JOIN casework_disclosure_item i ON i.entry = a.entry_id AND i.left_out = ''
      JOIN casework_disclosure d ON d.id = i.disclosure_id
      JOIN casework_disclosure_event v ON v.disclosure_id = d.id AND v.event = 'sent'
      WHERE b.person = who AND d.child <> who AND NOT d.child = ANY (stops) AND {IN_ENGLAND.format("v.at")} <= until
      GROUP BY d.id, v.at ORDER BY v.at, d.id;
  END IF;
END $$;
"""

NEW = ("casework_recipient_kept(uuid, uuid, text, date, text, text, text[])",        "casework_is_for_viewer(uuid)", "casework_disclosures_kept(uuid, date)", "casework_left_by_hand(uuid[])",
       "casework_addresses_kept(uuid, date)", "casework_told_beside(uuid, date)")  # fmt: skip
RIGHTS = f"""
REVOKE ALL ON FUNCTION {", ".join(NEW)} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {", ".join(NEW)} TO wp_web;
"""

POLICIES = f"""
ALTER POLICY web_reads ON casework_information_request USING (
  {SEES_PERSON.format("child")} AND {NOT_STOPPED.format("child")} AND {WRITES_SO.format("by_agency")}
  AND NOT casework_recipient_kept(
    child, NULL, asker_organisation, {IN_ENGLAND.format("at")}, by_team, {OWN}, {TEAMS}));
ALTER POLICY web_reads ON casework_disclosure USING (
  ({IS_AUDITOR} OR (reviewer = {VIEWER} AND outcome = 'refused') OR casework_sent_to_viewer(id)
   OR {SEES_PERSON.format("child")} AND NOT casework_recipient_kept(
     child, recipient_practitioner, recipient_organisation, {IN_ENGLAND.format("at")}, by_team, {OWN}, {TEAMS}))
  AND {NOT_STOPPED.format("child")});
ALTER POLICY web_reads ON casework_disclosure_event USING (
  {SHOWN} AND (event <> 'held_back' OR NOT casework_is_for_viewer(disclosure_id)));
ALTER POLICY web_reads ON casework_disclosure_item USING (
  {SHOWN} AND EXISTS (SELECT 1 FROM record_entry e WHERE e.id = entry)
  AND (left_out <> 'sender' OR NOT casework_is_for_viewer(disclosure_id)));
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_kept_words")]
    operations = [
        migrations.RunSQL(
            owner_reads(["casework_disclosure_item", "casework_information_request"])
            + KEEPS
            + COUNTS
            + RIGHTS
            + POLICIES,
            migrations.RunSQL.noop,
        ),
    ]
