"""Bugs to plant in the access policy: each drops or turns one clause of one function or policy of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Bug:
    """A clause of a function (or of a policy, `table.policy`) and what stands in its place."""

    where: str
    clause: str
    instead: str = "true"

    def __str__(self) -> str:
        return f"{self.where}: {self.clause[:60]} -> {self.instead[:30]}"


_LIVE = (
    Bug("", "i.since <= now() OR i.since <=", "true OR i.since <="),
    Bug("", "i.since <= now() OR i.since <=", "i.since <= now() OR false AND i.since <="),
    Bug("", "i.until IS NULL OR i.until >", "i.until IS NULL OR true OR i.until >"),
    Bug("", "i.until IS NULL OR", "false OR"),
    Bug("", "NOT i.personal OR i.practitioner = access_viewer()"),
    Bug("", "NOT i.personal OR i.practitioner = access_viewer()", "NOT i.personal"),
    Bug("", "NOT EXISTS (SELECT 1 FROM access_involvement_end e WHERE e.involvement_id = i.id)"),
    Bug("", "i.team = ANY (teams)"),
    Bug("", "coalesce((SELECT c.days_ahead FROM access_demo_clock c ORDER BY c.id DESC LIMIT 1), 0)", "0"),
)
_STOP = (
    Bug("", "s.practitioner = access_viewer()"),
    Bug("", "AND NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id)", ""),
)

_VIEWER = (
    Bug("access_viewer", "s.expires_at > now()"),
    Bug("access_viewer", "p.is_active"),
    Bug("access_viewer", "NOT EXISTS (SELECT 1 FROM access_session_end e WHERE e.token_hash = s.token_hash)"),
    Bug("access_viewer", "s.token_hash = encode(sha256(convert_to(coalesce(current_setting('wp.session', true), ''), "
        "'UTF8')), 'hex')"),
    Bug("access_viewer", "p.id = s.practitioner"),
    Bug("access_viewer_role", "id = access_viewer()"),
    Bug("access_viewer_teams", "s.supervised_id FROM", "p.team_id FROM"),
    Bug("access_viewer_teams", "s.team_id = p.team_id"),
    Bug("access_viewer_teams", "SELECT p.team_id AS t FROM agencies_practitioner p WHERE p.id = access_viewer()",
        "SELECT t.code AS t FROM agencies_team t"),
    Bug("access_viewer_agency", "t.code = p.team_id"),
    Bug("access_viewer_agency", "p.id = access_viewer()"),
    Bug("access_viewer_classes", "= 'content'", "IN ('content', 'headline')"),
    Bug("access_viewer_classes", "access_level_of(mine.role, c) = 'content'"),
    Bug("access_viewer_stops", "s.practitioner = (SELECT access_viewer())"),
    Bug("access_viewer_stops", "NOT EXISTS (SELECT 1 FROM access_stop_end e WHERE e.stop_id = s.id)"),
    Bug("access_viewer_stops", "access_alike(", "("),
    Bug("access_may_see_person", "access_alike(ARRAY[who])", "ARRAY[who]"),
    Bug("access_shielded", "access_alike(ARRAY[who])", "ARRAY[who]"),
    Bug("access_shields_of", "access_alike(ARRAY[who])", "ARRAY[who]"),
    Bug("access_signals_withheld", "access_alike(ARRAY[who])", "ARRAY[who]"),
)  # fmt: skip

_SEES = (
    *(Bug("access_may_see_person", b.clause, b.instead) for b in _LIVE + _STOP),
    Bug("access_may_see_person", "i.person = ANY (people)"),
    Bug(
        "access_may_see_person",
        "AND NOT EXISTS (SELECT 1 FROM access_stop s WHERE s.person = ANY (people)",
        "AND NOT EXISTS (SELECT 1 FROM access_stop s WHERE false",
    ),
    Bug("access_may_see_person", "s.person = ANY (people)"),
    *(Bug("access_may_see_identity", b.clause, b.instead) for b in _LIVE + _STOP),
    Bug("access_may_see_identity", "b.identity = who"),
    Bug("access_may_see_identity", "i.person = ANY (people)"),
    Bug("access_may_see_identity", "s.person = ANY (people)"),
    *(Bug("access_may_see_entry", b.clause, b.instead) for b in _LIVE),
    Bug("access_may_see_entry", "RETURN false", "RETURN true"),
    Bug("access_may_see_entry", "b.person = ANY (stops)", "false"),
    Bug("access_may_see_entry", "a.entry_id = what AND i.team", "i.team"),
    Bug("access_identity_stopped", "b.identity = who"),
    Bug("access_identity_stopped", "b.person = ANY (stops)"),
)
_READS = (
    Bug("access_received", "r.agency = own"),
    Bug("access_received", "r.entry_id = what"),
    Bug("access_received", "r.event IN ('sent', 'received')"),
    Bug("access_received", "'sent', 'received'", "'received'"),
    Bug("access_received", "'sent', 'received'", "'sent'"),
    Bug("access_may_read_entry", "e.id = what"),
    Bug("access_may_read_entry", "e.agency = own", "false"),
    Bug("access_may_read_entry", "access_class_of(e.kind, e.agency) = ANY (classes)"),
    Bug("access_may_read_entry", "access_class_of(e.kind, e.agency) = ANY (classes)", "false"),
    Bug("access_may_read_entry", "access_received(what, own)", "false"),
    Bug("access_may_read_entry", "AND access_may_see_entry(what, teams, stops)", ""),
    Bug("access_class_of", "split_part(agency, '/', 1) IN ('mental_health'", "split_part(agency, '/', 1) IN ('moon'"),
    Bug("access_class_of", "'domestic_abuse_incident'", "'moon'"),
    Bug("access_level_of", "THEN 'existence'", "THEN 'headline'"),
    Bug("access_level_of", "THEN 'headline'", "THEN 'content'"),
)
_WITHHELD = (
    Bug("access_withheld", "access_may_see_person(who, teams)"),
    Bug("access_withheld", "cardinality(access_viewer_classes()) = 8"),
    Bug("access_withheld", "WHERE b.person = who), teams)) = 0", "WHERE false), teams)) = 0"),
    Bug("access_withheld", "b.person = who"),
    Bug("access_withheld", "w.level IS NOT NULL"),
    Bug("access_withheld", "w.level <> 'content'"),
    Bug("access_withheld", "w.level <> 'content'", "w.level = 'headline'"),
    Bug("access_withheld", "CASE WHEN w.level IN ('content', 'headline') THEN w.kind END", "w.kind"),
    Bug("access_withheld", "CASE WHEN w.level IN ('content', 'headline') THEN w.kind END", "NULL"),
    Bug("access_withheld", "w.level IN ('content', 'headline')", "w.level = 'headline'"),
    Bug("access_withheld", "w.agency <> own"),
    Bug("access_withheld", "NOT access_received(w.id, own)"),
    Bug("access_withheld", "AND access_may_see_entry(w.id, teams, stops)", ""),
    Bug("access_withheld", "NOT EXISTS (SELECT 1 FROM record_entry later WHERE later.supersedes = w.id)"),
)

_READABLE = (
    *(Bug("access_readable", b.clause, b.instead) for b in _LIVE),
    Bug("access_readable", "i.person = p.person"),
    Bug("access_readable", "WHERE a.entry_id = ANY (ids)\n  ) AS p", "WHERE false) AS p"),
    Bug("access_readable", "e.id = ANY (ids)"),
    Bug("access_readable", "e.agency = own OR", "false OR"),
    Bug("access_readable", "access_class_of(e.kind, e.agency) = ANY (classes)"),
    Bug("access_readable", "access_class_of(e.kind, e.agency) = ANY (classes)", "false"),
    Bug("access_readable", "r.entry_id = e.id AND r.agency", "r.agency"),
    Bug("access_readable", "r.agency = own"),
    Bug("access_readable", "r.event IN ('sent', 'received')"),
    Bug("access_readable", "r.event IN ('sent', 'received')", "r.event = 'sent'"),
    Bug("access_readable", "a.entry_id = e.id AND b.person = ANY (involved)", "b.person = ANY (involved)"),
    Bug("access_readable", "b.person = ANY (involved)"),
    Bug("access_readable", "a.entry_id = e.id AND b.person = ANY (stops)", "b.person = ANY (stops)"),
    Bug("access_readable", "b.person = ANY (stops)", "false"),
    Bug("access_read", "access_readable(wanted)", "unnest(wanted)"),
    Bug("access_read", "a.identity = ANY (identities)"),
    Bug("access_read", "e.id = ANY (may)"),
    Bug("access_read", "e.id = ANY (may)", "e.id = ANY (wanted)"),
    Bug("access_read", "a.entry_id = e.id"),
    Bug("access_read", "r.entry_id = e.id\n"),
)

_ASKED = (
    Bug("access_may_read_signal", "cardinality(stops) = 0 AND cardinality(classes) = 8", "cardinality(classes) = 8"),
    Bug("access_may_read_signal", "cardinality(stops) = 0 AND cardinality(classes) = 8", "false"),
    Bug("access_may_read_signal", "cardinality(stops) = 0 AND cardinality(classes) = 8", "cardinality(stops) = 0"),
    Bug("access_may_read_signal", "v.signal_id = what"),
    Bug("access_may_read_signal", "v.tell::jsonb ? own OR", "false OR"),
    Bug("access_may_read_signal", "v.tell::jsonb ? split_part(own, '/', 1)", "false"),
    Bug("access_may_read_signal", "(v.tell::jsonb ? own OR v.tell::jsonb ? split_part(own, '/', 1))"),
    Bug("access_may_read_signal", "d.signal_id = what"),
    Bug("access_may_read_signal", "AND NOT access_may_read_entry(d.entry_id, teams, own, classes, stops)",
        "AND access_may_read_entry(d.entry_id, teams, own, classes, stops)"),
    Bug("access_may_read_signal", "AND NOT access_may_read_entry(d.entry_id, teams, own, classes, stops)", "AND false"),
    Bug("access_may_read_signal", "AND NOT access_may_read_entry(d.entry_id, teams, own, classes, stops)", ""),
    Bug("access_signals_withheld", "access_may_see_person(who, teams)"),
    Bug("access_signals_withheld", "s.person = ANY (access_alike(ARRAY[who]))"),
    Bug("access_signals_withheld", "IN ('raised', 'new_evidence', 'reopened')", "<> ''"),
    Bug("access_signals_withheld", "NOT access_may_read_signal(s.id, teams, own, classes, stops)"),
    *(bug for function, entry in (("casework_task_words", "t.entry_id"), ("casework_answer_words", "v.entry_id"))
      for bug in (
        Bug(function, "t.id = ANY (tasks)"),
        Bug(function, "NOT (t.person = ANY (stops))"),
        Bug(function, "t.team = ANY (teams)", "false"),
        Bug(function, "access_may_see_person(t.person, teams)"),
        Bug(function, f"access_may_read_entry({entry}, teams, own, classes, stops)"),
        Bug(function, f"access_may_read_entry({entry}, teams, own, classes, stops)", "false"),
        Bug(function, "session_user = 'wp_engine'"),
    )),
)  # fmt: skip

_OPEN = (
    Bug("", "NOT EXISTS (SELECT 1 FROM people_shield_end e WHERE e.shield_id = s.id)"),
    Bug("", "s.holder_team = ANY (teams)", "false"),
    Bug("", "s.holder_team = ANY (teams)"),
    Bug("", "r.shield_id = s.id"),
    Bug("", "r.reader = access_viewer()"),
    Bug("", "d.release_id = r.id"),
    Bug("", "d.granted"),
    Bug("", "d.until >", "true OR d.until >"),
    Bug("", "d.until >", "false AND d.until >"),
)
"""Clauses of a shield that is in force and not open to the viewer."""
_KEPT_IN = (
    "access_document_kept",
    "access_address_kept",
    "access_shielded",
    "access_entry_kept",
    "access_kept_of",
    "access_withheld",
)
_SHIELDED = (
    *(Bug(function, b.clause, b.instead) for function in (*_KEPT_IN, "access_shields_of") for b in _OPEN),
    Bug("access_address_kept", "b.identity = whose"),
    Bug("access_address_kept", "s.person = b.person"),
    Bug("access_address_kept", "s.address = first", "false"),
    Bug("access_address_kept", "s.address IS NULL AND", "false AND"),
    Bug("access_address_kept", "one.root = first"),
    Bug("access_address_kept", "one.to_latest IS NULL OR one.to_latest > s.covers_from"),
    Bug("access_address_kept", "one.to_latest IS NULL OR", ""),
    Bug("access_address_kept", "one.to_latest > s.covers_from", "false"),
    Bug("access_shields_of", "s.person = ANY (access_alike(ARRAY[who]))"),
    Bug("access_shields_of", "access_may_see_person(who, teams)"),
    Bug("access_tells_place", "kind IN ('housing'", "kind IN ('moon'"),
    Bug("access_tells_place", "position('/' in agency) > 0", "false"),
    Bug("access_tells_place", "(address_key|area|other_school)", "(moon)"),
    Bug("access_tells_place", "(school|", "(moon|"),
    Bug("access_tells_place", "\"(school|", "(school|"),
    Bug("access_shielded", "s.person = ANY (access_alike(ARRAY[who]))"),
    Bug("access_shielded", "day IS NULL OR s.covers_from <= day"),
    Bug("access_shielded", "day IS NULL OR", ""),
    Bug("access_entry_kept", "e.id = what"),
    Bug("access_entry_kept", "e.agency IS DISTINCT FROM own"),
    Bug("access_entry_kept", "access_tells_place(e.kind, e.agency, e.details)"),
    Bug("access_entry_kept", "s.covers_from <= e.occurred_latest"),
    Bug("access_entry_kept", "s.person = b.person"),
    Bug("access_receipt_kept", "a.entry_id = what"),
    Bug("access_receipt_kept", "access_shielded(b.person, day, teams)", "false"),
    Bug("access_entries_kept", "e.id = ANY (ids)"),
    Bug("access_entries_kept", "e.agency IS DISTINCT FROM own"),
    Bug("access_entries_kept", "access_receipt_kept(e.id, e.occurred_latest, teams)"),
    Bug("access_entries_kept", "access_may_see_entry(e.id, teams, access_viewer_stops())"),
    Bug("access_identity_kept", "b.identity = whose"),
    Bug("access_identity_kept", "o.person = b.person"),
    Bug("access_identity_kept", "position('/' in n.agency) = 0"),
    Bug("access_team_kept", "t.code = which"),
    Bug("access_team_kept", "position('/' in t.agency_id) > 0"),
    Bug("access_team_kept", "t.agency_id IS DISTINCT FROM own"),
    Bug("access_team_kept", "access_shielded(who, day, teams)"),
    Bug("access_kept_of", "a.entry_id = ANY (ids)", "false"),
    Bug("access_may_read_entry", "AND NOT access_entry_kept(what, own, teams)", ""),
    Bug("access_readable", "cardinality(kept) = 0 OR", "true OR"),
    Bug("access_readable", "e.agency IS NOT DISTINCT FROM own", "false"),
    Bug("access_readable", "NOT access_tells_place(e.kind, e.agency, e.details)", "false"),
    Bug("access_readable", "s.id = ANY (kept)"),
    Bug("access_readable", "s.covers_from <= e.occurred_latest"),
    Bug("access_readable", "a.entry_id = e.id AND s.id = ANY (kept)", "s.id = ANY (kept)"),
    Bug("access_read", "cardinality(kept) = 0 OR", "true OR"),
    Bug("access_read", "position('/' in r.agency) = 0", "false"),
    Bug("access_read", "r.agency IS NOT DISTINCT FROM own", "false"),
    Bug("access_read", "NOT access_receipt_kept(r.entry_id, r.at_start, teams)", "false"),
    Bug("access_withheld", "CASE WHEN w.ask IS NULL THEN w.agency ELSE split_part(w.agency, '/', 1) END", "w.agency"),
    Bug("access_withheld", "w.ask IS NOT NULL OR", ""),
    Bug("access_withheld", "e.agency <> own AND", "true AND"),
    Bug("access_withheld", "access_tells_place(e.kind, e.agency, e.details)"),
    Bug("access_withheld", "s.covers_from <= e.occurred_latest"),
    Bug("access_withheld", "o.entry_id = e.id"),
)  # fmt: skip

_ANSWERED = (
    Bug("access_teams_left", "p.role = 'manager'"),
    Bug("access_teams_left", "split_part(t.agency_id, '/', 1) = 'social_care'"),
    Bug("access_teams_left", "p.id = access_viewer()"),
    Bug("access_teams_left", "p.is_active AND", ""),
    Bug("access_teams_left", "p.team_id = t.code OR", ""),
    Bug("access_teams_left", "s.supervised_id = t.code"),
    Bug("access_teams_left", "s.supervised_id = t.code", "false"),
    Bug("access_shields_answered", "teams || access_teams_left()", "teams"),
    Bug("access_shields_answered", "NOT EXISTS (SELECT 1 FROM people_shield_end e WHERE e.shield_id = s.id)"),
    Bug("access_shields_answered", "NOT (s.person = ANY (stops))"),
    Bug("access_shields_answered", "s.holder_team = ANY (answered) OR EXISTS", "EXISTS"),
    Bug("access_shields_answered", "s.holder_team = ANY (answered) OR EXISTS", "true OR EXISTS"),
    Bug("access_shields_answered", "h.shield = s.id"),
    Bug("access_shields_answered", "h.to_team = ANY (teams)"),
    Bug("access_shields_answered", "NOT EXISTS (SELECT 1 FROM people_shield_hand_end e WHERE e.hand = h.id)"),
    Bug("access_addresses_answered", "s.id = which"),
    Bug("access_addresses_answered", "NOT EXISTS (SELECT 1 FROM people_shield_end e WHERE e.shield_id = s.id)"),
    Bug("access_addresses_answered", "s.holder_team = ANY (teams)"),
    Bug("access_addresses_answered", "NOT (s.person = ANY (stops))"),
    Bug("access_addresses_answered", "s.address = a.root OR", "false OR"),
    Bug("access_addresses_answered", "s.address IS NULL AND EXISTS", "EXISTS"),
    Bug("access_addresses_answered", "one.root = a.root"),
    Bug("access_addresses_answered", "one.to_latest IS NULL OR one.to_latest > s.covers_from"),
    Bug("access_addresses_answered", "NOT access_address_kept(a.identity, a.root, teams)"),
    Bug("access_addresses_answered", "b.person = s.person"),
    Bug("access_document_kept", "n.document = what"),
    Bug("access_told", "code IS DISTINCT FROM own"),
    Bug("access_told", "access_shielded(person, NULL, teams)", "false"),
    Bug("access_told", "access_receipt_kept(d.entry_id, NULL, teams)", "false"),
    Bug("access_told", "d.signal_id = signal"),
    Bug("access_signals_told", "v.signal_id = ANY (ids)"),
    Bug("access_signals_told", "access_may_see_person(s.person, teams)"),
    Bug("access_signals_told", "access_may_read_signal(s.id, teams, own, classes, stops)"),
    Bug("access_signals_told", "access_tell_of(v.tell, s.id, s.person, own, teams)", "v.tell"),
    Bug("access_document_kept", "s.id = n.shield"),
)

_FUNCTION_BUGS = _ANSWERED + _SHIELDED + _ASKED + _VIEWER + _SEES + _READS + _WITHHELD + _READABLE

_TABLES = ("people_person", "people_identity", "people_decided", "people_stands", "people_grouping",
           "people_relationship",
           "record_entry", "record_about", "record_receipt", "access_involvement", "access_involvement_end",
           "access_stop", "access_stop_end", "access_glass", "access_glass_review", "access_audit", "signals_signal",
           "signals_event", "signals_evidence", "casework_task", "casework_task_event", "people_address",
           "people_shield", "people_shield_from", "people_shield_review", "people_shield_end_ask", "people_shield_end",
           "people_release", "people_release_decision", "people_shield_hand", "people_shield_hand_end",
           "people_document_release", "people_document_release_shield", "people_document_release_decision",
           "people_document_release_used")  # fmt: skip

# As PostgreSQL prints a policy: its own brackets and casts, so a clause is named as it stands there.
STOPS = "( SELECT access_viewer_stops() AS access_viewer_stops)"
SEES_PERSON = "access_may_see_person(person, ( SELECT access_viewer_teams() AS access_viewer_teams))"
RECEIVED = "access_received(id, ( SELECT access_viewer_agency() AS access_viewer_agency))"
_POLICY_BUGS = (
    *(Bug(f"{table}.web_reads", "", "true") for table in _TABLES),
    *(Bug(f"{table}.web_reads", "", "false") for table in _TABLES),
    Bug("access_involvement.web_reads_of_shown", "", "true"),
    Bug("access_involvement.web_reads_of_shown", "", "false"),
    Bug("record_entry.web_reads", "agency = ( SELECT access_viewer_agency() AS access_viewer_agency)", "false"),
    Bug("record_entry.web_reads", "access_class_of(kind, agency) = ANY", "'x' <> ALL"),
    Bug("record_entry.web_reads", RECEIVED, "false"),
    Bug("record_entry.web_reads", RECEIVED),
    Bug("record_entry.web_reads", "access_may_see_entry(id, ( SELECT access_viewer_teams() AS access_viewer_teams), "
        "( SELECT access_viewer_stops() AS access_viewer_stops))"),
    Bug("record_entry.web_reads", STOPS, "'{}'::uuid[]"),
    Bug("record_about.web_reads", STOPS, "'{}'::uuid[]"),
    Bug("record_receipt.web_reads", STOPS, "'{}'::uuid[]"),
    Bug("people_relationship.web_reads",
        "access_may_see_identity(identity, ( SELECT access_viewer_teams() AS access_viewer_teams))", "false"),
    Bug("people_relationship.web_reads",
        "access_may_see_identity(other, ( SELECT access_viewer_teams() AS access_viewer_teams))", "false"),
    Bug("people_relationship.web_reads",
        "access_identity_stopped(identity, ( SELECT access_viewer_stops() AS access_viewer_stops))", "false"),
    Bug("people_relationship.web_reads",
        "access_identity_stopped(other, ( SELECT access_viewer_stops() AS access_viewer_stops))", "false"),
    Bug("access_audit.web_reads", "'ig_lead'::text", "'moon'::text"),
    Bug("access_audit.web_reads", "person <> ALL", "true OR person <> ALL"),
    Bug("access_audit.web_reads", SEES_PERSON,
        "false"),
    Bug("access_involvement.web_reads", "team = ANY", "true OR team = ANY"),
    Bug("access_involvement.web_reads", "(NOT personal)"),
    Bug("access_involvement.web_reads", "practitioner = ( SELECT access_viewer() AS access_viewer)", "false"),
    Bug("access_involvement.web_reads", "person <> ALL", "true OR person <> ALL"),
    Bug("access_stop.web_reads", "practitioner <> ( SELECT access_viewer() AS access_viewer)"),
    Bug("access_stop.web_reads", "'ig_lead'::text", "'manager'::text"),
    Bug("access_glass.web_reads", "person <> ALL", "true OR person <> ALL"),
    Bug("access_glass.web_reads", "'ig_lead'::text", "'moon'::text"),
    Bug("access_glass.web_reads", "practitioner = ( SELECT access_viewer() AS access_viewer)", "false"),
    Bug("access_glass.web_reads", "lead_team = ANY", "'x' = ANY"),
    Bug("access_glass.web_reads", SEES_PERSON,
        "false"),
    Bug("signals_signal.web_reads", SEES_PERSON),
    Bug("signals_signal.web_reads", "access_may_read_signal(id", "true OR access_may_read_signal(id"),
    Bug("record_entry.web_reads", "access_tells_place(kind, agency, details)", "false"),
    Bug("record_entry.web_reads", "access_tells_place(kind, agency, details)"),
    Bug("record_entry.web_reads", "access_entry_kept(id", "false AND access_entry_kept(id"),
    Bug("record_entry.web_reads", "agency IS DISTINCT FROM", "'x' IS DISTINCT FROM"),
    *(bug for table in ("record_receipt", "people_identity", "access_audit") for bug in (
        Bug(f"{table}.web_reads", "POSITION(('/'::text) IN (agency)) > 0", "false"),
        Bug(f"{table}.web_reads", "POSITION(('/'::text) IN (agency)) > 0"),
        Bug(f"{table}.web_reads", "agency IS DISTINCT FROM", "'x' IS DISTINCT FROM"),
    )),
    Bug("record_receipt.web_reads", "access_receipt_kept(entry_id", "false AND access_receipt_kept(entry_id"),
    Bug("people_identity.web_reads", "access_identity_kept(id", "false AND access_identity_kept(id"),
    Bug("access_audit.web_reads", "access_shielded(person", "false AND access_shielded(person"),
    Bug("access_involvement.web_reads_of_shown", "access_team_kept(person", "false AND access_team_kept(person"),
    Bug("casework_task.web_reads", "access_team_kept(person", "false AND access_team_kept(person"),
    Bug("people_address.web_reads", "access_address_kept(identity", "false AND access_address_kept(identity"),
    Bug("people_address.web_reads", "access_may_see_identity(identity", "true OR access_may_see_identity(identity"),
    Bug("people_shield.web_reads", "holder_team = ANY", "true OR holder_team = ANY"),
    Bug("people_shield.web_reads", "person <> ALL", "true OR person <> ALL"),
    Bug("people_shield.web_reads", "holder_team = ANY (( SELECT access_teams_left()",
        "'x' = ANY (( SELECT access_teams_left()"),
    Bug("people_shield_hand.web_reads", "person <> ALL", "true OR person <> ALL"),
    Bug("people_shield_hand.web_reads", "to_team = ANY", "'x' = ANY"),
    Bug("people_document_release.web_reads", "person <> ALL", "true OR person <> ALL"),
    Bug("people_document_release.web_reads", "'ig_lead'::text", "'moon'::text"),
    Bug("people_document_release.web_reads", "asked_by = ( SELECT access_viewer() AS access_viewer)", "false"),
    Bug("people_document_release.web_reads", SEES_PERSON, "false"),
    Bug("people_document_release.web_reads", "(o.release = people_document_release.id)", "false"),
    Bug("people_release.web_reads", "person <> ALL", "true OR person <> ALL"),
    Bug("people_release.web_reads", "'ig_lead'::text", "'moon'::text"),
    Bug("people_release.web_reads", "asked_by = ( SELECT access_viewer() AS access_viewer)", "false"),
    Bug("people_release.web_reads", "reader = ( SELECT access_viewer() AS access_viewer)", "false"),
    Bug("people_release.web_reads", SEES_PERSON, "false"),
    Bug("people_release.web_reads", "(s.id = people_release.shield_id)", "false"),
    Bug("casework_task.web_reads", "team = ANY", "'x' = ANY"),
    Bug("casework_task.web_reads", "person <> ALL", "true OR person <> ALL"),
    Bug("casework_task.web_reads", SEES_PERSON,
        "false"),
)  # fmt: skip

BUGS = _FUNCTION_BUGS + _POLICY_BUGS


def plant(connection: Connection, bug: Bug) -> None:
    """Put the bug where the clause stands, in the connection's transaction; fails where there is no such clause."""
    table, _, policy = bug.where.partition(".")
    if policy:
        _plant_in_policy(connection, table, policy, bug)
        return
    [(definition,)] = connection.execute("SELECT pg_get_functiondef(%s::regproc)", [bug.where]).fetchall()
    connection.execute(_with(str(definition), bug).encode())


def _plant_in_policy(connection: Connection, table: str, policy: str, bug: Bug) -> None:
    found = connection.execute(
        "SELECT qual FROM pg_policies WHERE tablename = %s AND policyname = %s", [table, policy]
    ).fetchall()
    using = _with(str(found[0][0]), bug) if bug.clause else bug.instead
    connection.execute(f"ALTER POLICY {policy} ON {table} USING ({using})".encode())


def _with(text: str, bug: Bug) -> str:
    if bug.clause not in text:
        raise LookupError(f"{bug}: no such clause in {text}")
    return text.replace(bug.clause, bug.instead)
