"""What each address answers each role, said here by hand; and a world of two families to ask it about.

The table is written out and not derived from `access.roles`, so that a slip there does not excuse itself here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from tests.casework.town import KASIA_BORN, NOW, TODAY, CaseworkTown, acts, build_town, notice, years_ago
from tests.worlds import authority, practitioner
from wholepicture.access.glass import break_glass
from wholepicture.access.operations import acting, authorise, involve, viewing
from wholepicture.access.policy import Stop
from wholepicture.access.roles import ROLES, Permission
from wholepicture.access.stops import stop
from wholepicture.casework.disclosure.operations import make, send
from wholepicture.casework.disclosure.refusing import record_request
from wholepicture.casework.disclosure.types import (
    Asking,
    Channel,
    DocumentKind,
    Draft,
    Made,
    Recipient,
    RecipientKind,
    Threshold,
    Why,
)
from wholepicture.casework.models import CandidateRow, ChildObservationRow, ScreeningRow, TaskRow
from wholepicture.casework.notice.operations import send_notice
from wholepicture.casework.screening.operations import decide
from wholepicture.casework.subject_access import operations as requests
from wholepicture.casework.subject_access.gathering import held_about
from wholepicture.casework.subject_access.queries import decisions_of, request_shown
from wholepicture.casework.subject_access.rules import answer_of
from wholepicture.casework.subject_access.types import Asker, Held, Outcome
from wholepicture.casework.task.operations import answer_task
from wholepicture.casework.task.types import Decision
from wholepicture.exchange.outgoing.letter import write_letter
from wholepicture.exchange.outgoing.opening import parts_of
from wholepicture.foundation.authority import Authority, Purpose, Viewer
from wholepicture.foundation.letters import Letter
from wholepicture.foundation.when import When
from wholepicture.people.addresses import release as releases
from wholepicture.people.addresses.documents import ask_for_document, note_named
from wholepicture.people.addresses.handing import offer_shield
from wholepicture.people.addresses.operations import add_address, shield
from wholepicture.people.addresses.types import NewAddress, NewShield, ShieldReason
from wholepicture.people.models import BelongsRow
from wholepicture.people.operations import NewIdentity, add_person, relate
from wholepicture.people.queries import identities_of
from wholepicture.people.types import Relation, Relationship
from wholepicture.record.files.operations import keep_file, make_ready
from wholepicture.record.files.types import Offered
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole
from wholepicture.signals.models import SignalRow
from wholepicture.signals.operations import answer, refresh

SHOWN, REDIRECTED, REFUSED, FORBIDDEN, ABSENT, WRONG_METHOD = 200, 302, 400, 403, 404, 405
"""REFUSED is a page that says why."""

EVERYBODY: Final = frozenset(ROLES)
PRACTISE: Final = frozenset(
    "police_officer screening_worker social_worker health_visitor school_nurse midwife gp paediatrician ae_liaison dsl "
    "practitioner chair manager named_nurse".split()
)
SEND: Final = frozenset({"police_officer", "screening_worker"})
DECIDE: Final = frozenset({"screening_worker", "manager"})
OVERSEE: Final = frozenset({"manager", "named_nurse", "board_officer"})
EXPORT: Final = frozenset({"screening_worker", "social_worker", "chair", "manager", "named_nurse"})
REVIEW: Final = frozenset({"ig_lead", "manager", "named_nurse"})
IMPORT: Final = frozenset({"ig_lead"})
AUDIT: Final = frozenset({"ig_lead"})
HANDLE: Final = frozenset({"ig_lead", "manager"})
MANAGE: Final = frozenset({"manager"})


@dataclass(frozen=True)
class Row:
    """Who may use an address: what a GET and a POST answer them, and what either answers of somebody hidden.

    Anybody else is forbidden, but by a method that the address does not take nobody gets past the method.
    """

    roles: frozenset[str] = EVERYBODY
    get: int = SHOWN
    post: int = WRONG_METHOD
    hidden: int = ABSENT
    signed_out: int = REDIRECTED
    public: bool = False
    sees_all: frozenset[str] = frozenset()
    sees_none: frozenset[str] = frozenset()


TABLE: Final[Mapping[str, Row]] = {
    "home": Row(),
    "sign-in": Row(get=REDIRECTED, post=SHOWN, signed_out=SHOWN),
    "sign-out": Row(get=WRONG_METHOD, post=REDIRECTED),
    # Half-way pages of signing in: whoever is not on the way is sent to begin; whoever is signed in sets up more.
    "second-factor": Row(get=REDIRECTED, post=REDIRECTED, public=True),
    "passkey": Row(get=WRONG_METHOD, post=REDIRECTED, public=True),
    "passkey-ask": Row(get=WRONG_METHOD, post=SHOWN, signed_out=SHOWN, public=True),
    "set-up": Row(public=True),
    "set-up-app": Row(post=SHOWN, public=True),
    "set-up-passkey": Row(post=SHOWN, public=True),
    "set-up-passkey-ask": Row(get=WRONG_METHOD, post=SHOWN, signed_out=FORBIDDEN, public=True),
    "recovery-codes": Row(post=SHOWN, public=True),
    "own-password": Row(get=REDIRECTED, post=REDIRECTED, public=True),
    "change-password": Row(post=SHOWN),
    # A provider that nobody has named: back to the sign-in page.
    "sign-in-with": Row(get=REDIRECTED, hidden=REDIRECTED, public=True),
    "sign-in-back": Row(get=REDIRECTED, hidden=REDIRECTED, public=True),
    "your-sign-in": Row(),
    "end-session": Row(get=WRONG_METHOD, post=REDIRECTED),
    "remove-factor": Row(get=WRONG_METHOD, post=REFUSED),
    "stay-signed-in": Row(get=WRONG_METHOD, post=REDIRECTED),
    "child": Row(PRACTISE),
    "child-chronology": Row(PRACTISE),
    "child-family": Row(PRACTISE),
    "child-growth": Row(PRACTISE),
    "child-work": Row(PRACTISE),
    "child-ledger": Row(PRACTISE | {"ig_lead"}),
    # Of a question whose evidence they may not read others learn that it waits, and whom to ask.
    "question": Row(PRACTISE, post=SHOWN, sees_none=frozenset({"practitioner"})),
    "chronology-csv": Row(EXPORT),
    "chronology-docx": Row(EXPORT),
    "oversight": Row(OVERSEE),
    "notices": Row(SEND),
    "new-notice": Row(SEND, post=SHOWN),
    # Another agency learns that a notice is held, and what of; it does not read it.
    "notice": Row(PRACTISE, sees_none=frozenset({"practitioner"})),
    "screening": Row(DECIDE),
    "screening-item": Row(DECIDE, post=SHOWN),
    "screening-who": Row(DECIDE, get=WRONG_METHOD, post=SHOWN),
    # A board's officer oversees figures, and is shown no child's screening to review.
    "screening-review": Row(OVERSEE, get=WRONG_METHOD, post=SHOWN, sees_none=frozenset({"board_officer"})),
    "work": Row(PRACTISE),
    "task": Row(PRACTISE, post=SHOWN),
    "task-pass-on": Row(PRACTISE, get=WRONG_METHOD, post=SHOWN),
    "find": Row(PRACTISE, post=SHOWN),
    "break-glass": Row(PRACTISE, get=WRONG_METHOD, post=SHOWN),
    "glass": Row(REVIEW),
    "glass-review": Row(REVIEW, post=SHOWN, hidden=REFUSED, sees_all=frozenset({"ig_lead"})),
    # An information governance lead sees that anybody asks, and of whom; never what is held.
    "requests": Row(HANDLE),
    "new-request": Row(HANDLE, post=SHOWN),
    "request": Row(HANDLE, post=SHOWN, sees_all=frozenset({"ig_lead"})),
    "request-items": Row(MANAGE),
    "request-item": Row(MANAGE, post=SHOWN),
    "request-answer": Row(MANAGE, post=SHOWN),
    "answer-docx": Row(MANAGE),
    "answer-csv": Row(MANAGE),
    "disclosures": Row(PRACTISE | AUDIT),
    "child-disclosures": Row(PRACTISE | AUDIT, sees_all=AUDIT),
    "share": Row(PRACTISE, post=SHOWN),
    "child-request": Row(PRACTISE, post=SHOWN),
    # A request's words are a letter's: another agency reads neither.
    "answer-information": Row(PRACTISE, post=SHOWN, sees_none=frozenset({"practitioner"})),
    # What may not be read is not approved: a governance lead reads none of it, another agency no letter.
    "disclosure-read": Row(PRACTISE | AUDIT, post=SHOWN, sees_none=frozenset({"practitioner", "ig_lead"})),
    "disclosure": Row(PRACTISE | AUDIT, post=REFUSED, sees_all=AUDIT),
    # Its maker's team carries it once it is sent, and whoever it was sent to opens it: nobody here is either.
    "disclosure-file": Row(PRACTISE | AUDIT, sees_none=PRACTISE | AUDIT),
    "retention": Row(HANDLE),
    # Only what is due or held is here, or what the viewer may see: nothing of these families is due.
    "retention-record": Row(HANDLE, post=SHOWN),
    "bundles": Row(IMPORT, post=SHOWN),
    "audit": Row(AUDIT),
    # The auditor reads the ledger of anybody that there is, and nothing of the record.
    "audit-ledger": Row(AUDIT, sees_all=AUDIT),
    "stops": Row(PRACTISE | AUDIT, post=SHOWN, sees_all=AUDIT),
    "addresses": Row(PRACTISE),
    "address-add": Row(PRACTISE, post=SHOWN),
    "shield-set": Row(PRACTISE, post=SHOWN),
    # A shield is read by the team that holds it; that there is one, and whom to ask, by all who see the person.
    "shields": Row(PRACTISE),
    "shield": Row(PRACTISE, post=SHOWN, sees_none=PRACTISE - {"manager"}),
    "shield-hand": Row(PRACTISE, post=SHOWN, sees_none=PRACTISE - {"manager"}),
    # An offer is read by the two teams between which it goes: here the manager's and the named nurse's.
    "shield-offer": Row(PRACTISE, post=SHOWN, sees_none=PRACTISE - {"manager", "named_nurse"}),
    "address-correct": Row(PRACTISE, post=SHOWN),
    "release-ask": Row(PRACTISE, post=SHOWN),
    "releases": Row(REVIEW),
    "release": Row(REVIEW, post=SHOWN, hidden=REFUSED, sees_all=frozenset({"ig_lead"})),
    "document-release": Row(REVIEW, post=SHOWN, hidden=REFUSED, sees_all=frozenset({"ig_lead"})),
    "who": Row(PRACTISE),
    "who-part": Row(DECIDE, get=WRONG_METHOD, post=SHOWN),
    "who-find": Row(DECIDE, get=WRONG_METHOD, post=SHOWN),
    "who-join": Row(DECIDE, post=SHOWN),
    "lift-stop": Row(AUDIT, get=WRONG_METHOD, post=SHOWN, sees_all=AUDIT),
    "add-file": Row(PRACTISE, post=SHOWN),
    # The notice is the police's: another agency, which all of these are, finds no entry there that it could add to.
    "add-file-to-entry": Row(PRACTISE, get=ABSENT, post=ABSENT),
    # It stands beside the notice, and is read by whoever reads that.
    "file": Row(PRACTISE, sees_none=frozenset({"practitioner"})),
    "file-words": Row(PRACTISE, sees_none=frozenset({"practitioner"})),
    "refused-files": Row(IMPORT),
    **{f"{p}/": Row(get=REDIRECTED, post=REDIRECTED) for p in
       ("notices", "screening", "work", "oversight", "bundles", "find", "glass", "audit", "requests", "disclosures",
        "releases", "retention", "shields")},
}  # fmt: skip

HOLDS_PEOPLE: Final[Mapping[str, bool]] = {
    "Agency": False, "Team": False, "Supervision": False, "Practitioner": False,
    "NoticeRow": True, "ChildObservationRow": True, "CandidateRow": True, "CandidateChoiceRow": True,
    "ScreeningRow": True, "ScreeningDecisionRow": True, "ScreeningPositionRow": True, "ScreeningReviewRow": True,
    "ScreeningEventRow": True, "TaskRow": True, "TaskEventRow": True,
    "HoldRow": True, "HoldEndRow": True, "RetentionDecisionRow": True, "RetentionConfirmRow": True,
    "TombstoneRow": True, "TombstoneItemRow": True,
    "SubjectRequestRow": True, "SubjectEventRow": True, "SubjectDecisionRow": True,
    "InformationRequestRow": True, "DisclosureRow": True, "DisclosureWordsRow": True, "DisclosureItemRow": True,
    "DisclosureEventRow": True, "DisclosureSaidRow": True, "DisclosureStopRow": True, "DisclosedDocumentRow": True,
    "SessionRow": False, "SessionEndRow": False, "SessionUseRow": False, "AttemptRow": False, "KeptFormRow": True,
    "InvolvementRow": True, "InvolvementEndRow": True,
    "StopRow": True, "StopEndRow": True, "GlassRow": True, "GlassReviewRow": True, "AuditRow": True,
    "SealRow": False, "DemoClockRow": False,
    "SignalRow": True, "SignalEventRow": True, "EvidenceRow": True, "WaitRow": True, "TickRow": False,
    "EntryRow": True, "FileRow": True, "RefusedFileRow": True, "AboutRow": True, "ReceiptRow": True, "SourceRow": True,
    "PersonRow": True, "IdentityRow": True, "GroupingRow": True, "BelongsRow": True, "StandsRow": True,
    "RelationshipRow": True,
    "MatchModelRow": False,
    "AddressRow": True, "AddressKeyRow": True, "ShieldRow": True, "ShieldFromRow": True, "ShieldReviewRow": True,
    "ShieldEndAskRow": True, "ShieldEndRow": True, "ReleaseRow": True, "ReleaseDecisionRow": True,
    "HandRow": True, "HandEndRow": True, "DocumentShieldRow": True, "DocumentReleaseRow": True,
    "DocumentReleaseShieldRow": True, "DocumentReleaseDecisionRow": True, "DocumentReleaseUsedRow": True,
}  # fmt: skip
"""Which tables hold a person, or words about one: the database must keep each of these row by row."""

KEEPER_READS: Final = {
    "name": "Qzname", "summary": "Qzsummary", "details": "Qzdetails", "circumstances": "Qzcircumstances",
    "place": "Qzplace", "safe contact": "Qzcontact", "safety action": "Qzaction", "child’s words": "Qzwords",
    "where seen": "Qzwhere", "why not seen": "Qznotseen", "meaning": "Qzmeaning", "did": "Qzdid",
    "reasons": "Qzreasons", "position": "Qzposition", "signal answer": "Qzanswer", "glass reason": "Qzglass",
    "file label": "Qzlabel", "file shows": "Qzshows", "file": "Qzfilewords",
    "what is asked": "Qzasked", "purpose of a share": "Qzpurpose", "letter": "Qzletter", "harm weighed": "Qzharm",
    "why not told": "Qznottold", "conditions": "Qzconditions",
    "address": "Qzaddress", "shield’s words": "Qzshield", "from whom": "Qzfrom", "release’s reason": "Qzrelease",
    "why handed over": "Qzhanded",
}  # fmt: skip
"""A marker for each protected field of the other family, each of which whoever holds that family must find."""
HANDLER_READS: Final = {"asker": "Qzasker", "asks for": "Qzscope", "check": "Qzcheck", "decision note": "Qznote"}
"""A marker in each field of a request for the other family: for its readers, and but the last for a governance lead."""
NEVER_SHOWN: Final = {"reference": "Qzreference"}
NHS: Final = "9434765919"
HER_NHS: Final = "9990000018"


@dataclass(frozen=True)
class Ids:
    """One of everything that an address takes, about one family."""

    child: UUID
    signal: UUID
    entry: UUID
    screening: UUID
    task: UUID
    glass: UUID
    stop: UUID
    file: UUID
    asked: UUID
    item: UUID
    disclosure: UUID
    information: UUID
    shield: UUID
    release: UUID
    address: UUID
    hand: UUID
    paper: UUID
    candidate: int = 0
    second: UUID = field(default_factory=uuid4)  # somebody else of the family

    @classmethod
    def absent(cls) -> Ids:
        """Ids that nothing has."""
        names = [f.name for f in fields(cls) if f.name != "candidate"]
        return cls(**{name: uuid4() for name in names}, candidate=987654)


@dataclass(frozen=True)
class Places:
    """The town's family is everybody's own; the other is its keeper's alone."""

    town: CaseworkTown
    viewers: Mapping[str, Viewer]
    keeper: Viewer
    reader: Viewer
    own: Ids
    other: Ids
    absent: Ids = field(default_factory=Ids.absent)


def patterns(found: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address: its name, or itself where it has none, and its route."""
    for pattern in get_resolver().url_patterns if found is None else found:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, route)
        else:
            yield pattern.name or route, route


def address(route: str, ids: Ids) -> str:
    """The route with a family's ids in it."""
    path = "/" + route
    for name in (f.name for f in fields(Ids)):
        path = path.replace(f"<uuid:{name}>", str(getattr(ids, name)))
    path = path.replace("<uuid:person>", str(ids.child)).replace("<uuid:other>", str(ids.second))
    path = path.replace("<slug:provider>", "nobodys")
    assert "<" not in path, f"say in tests/web/matrix.py what {route} takes"
    return path


def _hills() -> tuple[UUID, UUID, UUID]:
    """Another family, marked in every field: (child, its identity, mother)."""
    made = []
    for given, kind, born in (("Tom", "child", years_ago(5)), ("Una", "adult", years_ago(30))):
        identity = NewIdentity(
            key=given, type=kind, given_name=given, family_name=KEEPER_READS["name"], born=When.on(born),
            nhs_number=NHS if kind == "child" else HER_NHS, reference=NEVER_SHOWN["reference"],
            address=f"12 {KEEPER_READS['address']} Road, QX9 1AA",
        )  # fmt: skip
        made.append(add_person(authority=authority(), identity=identity, now=NOW, ground="given by a test"))
    (tom, tom_row), (una, una_row) = made
    tie = Relationship("", Relation.MOTHER, "", lives_with=True)
    relate(authority=authority(), identity=una_row, other=tom_row, relationship=tie)
    return tom, tom_row, una


def _write(identity: UUID, kind: str, agency: str, summary: str, **details: object) -> UUID:
    subject = ((identity, AboutRole.SUBJECT),)
    day = When.on(TODAY - timedelta(days=20))
    entry = NewEntry(kind, day, day, agency, "worker", subject, summary, details)
    return add_entry(authority=authority(), entry=entry)


def _hill_notice(town: CaseworkTown) -> UUID:
    given, m = notice("hill"), KEEPER_READS
    victim, perpetrator = given.adults
    home = f"{m['place']} Lane"
    tom, other = given.children
    named = replace(tom.person, given_name="Tom", family_name=m["name"], born=When.on(years_ago(5)), sex="",
                    address="", nhs_number=NHS)  # fmt: skip
    changed = replace(
        given, reference="MP/2", place=home, circumstances=f"{m['circumstances']}. He put his hands round her neck.",
        adults=(replace(victim, person=replace(victim.person, given_name="Una", family_name=m["name"], language="",
                                               interpreter="", born=When.on(years_ago(30)), address="",
                                               nhs_number=HER_NHS)),
                replace(perpetrator, person=replace(perpetrator.person, given_name="Max"))),
        children=(
            replace(tom, person=named, where=m["where seen"], spoken_to=True, spoken_by="PC Reed",
                    alone=True, language="en", words=m["child’s words"]),
            replace(other, person=replace(named, given_name="Ned", born=When.on(years_ago(9)), nhs_number=""),
                    not_seen_reason=f"{m['why not seen']}; away at his aunt’s, and not visited tonight"),
        ),
        safe_contact=m["safe contact"], safety_action=m["safety action"],
    )  # fmt: skip
    return send_notice(authority=acts(town.police, Permission.SEND_NOTICE), notice=changed, now=NOW)


def _file(town: CaseworkTown, child: UUID, entry: UUID, words: tuple[str, str, str]) -> UUID:
    """A file of these words (label, what it shows, what it says) beside a notice, by the police who sent it."""
    label, shows, says = words
    by = acts(town.police, Permission.ADD_ENTRY)
    offered = Offered(f"{says} he said.".encode(), f"{label}.txt", f"{shows} of what was said")
    ready = make_ready(authority=by, offered=offered, now=NOW)
    return keep_file(authority=by, person=child, entry=entry, ready=ready, now=NOW)


def _ids(
    child: UUID, entry: UUID, file: UUID, people: list[UUID], by: Viewer, lead: str, reason: str, maker: Viewer
) -> Ids:
    with acting(authority()):
        refresh(authority=authority(), people=people, today=TODAY)
    with acting(authority()):
        signal = SignalRow.objects.filter(person=child).first()
        screening = ScreeningRow.objects.get(notice=entry)
        task = TaskRow.objects.filter(entry=entry).order_by("id").first()
        candidate = CandidateRow.objects.order_by("-id").first()
    assert signal is not None and task is not None
    glass = break_glass(
        viewer=by, person=child, household=[], reason=reason, length=timedelta(hours=1), lead_team=lead, now=NOW
    )
    kept_out = stop(
        authority=authority(), practitioner=UUID(by.actor.practitioner), person=child, ground=Stop.FAMILY, now=NOW
    )
    disclosure, information = _shared(child, maker)
    return Ids(
        child=child, signal=signal.id, entry=entry, screening=screening.id, task=task.id, glass=glass, stop=kept_out,
        file=file, asked=uuid4(), item=uuid4(), disclosure=disclosure, information=information,
        shield=uuid4(), release=uuid4(), address=uuid4(), hand=uuid4(), paper=uuid4(),
        candidate=candidate.id if candidate else 0, second=people[-1],
    )  # fmt: skip


def _shared(child: UUID, maker: Viewer) -> tuple[UUID, UUID]:
    """A request that the maker wrote down, and the letter that they sent in answer: each word of it marked."""
    m, sentence = KEEPER_READS if maker.actor.name == "Amira" else {}, "so that they can plan for the family"
    said = {
        k: f"{m.get(k, '')} {sentence}"
        for k in ("what is asked", "purpose of a share", "letter", "harm weighed", "why not told", "conditions")
    }
    to = Recipient(RecipientKind.PROFESSIONAL, "Dr Brown", "gp", "A surgery elsewhere")
    may = acts(maker, Permission.SHARE, child)
    asked = record_request(
        authority=may, asking=Asking(child, to, said["what is asked"], said["purpose of a share"]), now=NOW
    )
    why = Why(said["purpose of a share"], "ca1989-s17", Threshold.ABOVE, told_words=said["why not told"],
              harm_words=said["harm weighed"], conditions=said["conditions"], request=asked)  # fmt: skip
    draft = Draft(child, to, DocumentKind.LETTER, Channel.SECURE_EMAIL, why, text=said["letter"])
    letter = Letter(("Social care",), "today", (to.name,), "About a child", (said["letter"],), ("Amira",), "")
    file = Made("letter.docx", "application/octet-stream", write_letter(letter))
    disclosure, stopped = make(authority=may, draft=draft, made=file, opens=parts_of, now=NOW)
    assert not stopped
    assert not send(authority=may, child=child, disclosure=disclosure, opens=parts_of, now=NOW)
    return disclosure, asked


def _kept(ids: Ids, people: list[UUID], holder: str, asker: Viewer, since: date, words: str) -> Ids:
    """With a shield on these people, and a release of the child's asked for."""
    whom = KEEPER_READS["from whom"] if words else "x"
    new = NewShield(ShieldReason.FLEEING, f"{words}: ring her advocate first.", whom, since)
    kept = shield(authority=authority(), people=people, new=new, holder_team=holder, now=NOW)[0]
    why = f"{KEEPER_READS['release’s reason'] if words else 'She'} must be fetched from there before Friday’s hearing."
    asking = releases.Asking(UUID(asker.actor.practitioner), why, 4)
    asked = releases.ask_release(viewer=asker, shield=kept, asking=asking, now=NOW)
    return replace(
        ids, shield=kept, release=asked, address=_old_home(people[0], words), paper=_paper(ids.child, kept, asker, why)
    )


def _paper(child: UUID, shield: UUID, asker: Viewer, why: str) -> UUID:
    """What is asked of a document that names what the shield keeps; the document itself is neither family's here."""
    document = uuid4()
    with acting(authority()):
        note_named(document=document, shields=[shield])
    return ask_for_document(viewer=asker, person=child, document=document, digest="0", why=why, hours=4, now=NOW)


def _old_home(person: UUID, words: str) -> UUID:
    """An address that was left long ago, which the own family's shield does not keep."""
    line = f"9 {KEEPER_READS['address'] if words else 'Own'} Row"
    home = NewAddress((line,), to=When.parse("2020"))
    row = _identity_of(person)
    return add_address(authority=authority(), person=person, identity=row, address=home, now=NOW)


def _identity_of(person: UUID) -> UUID:
    """The first identity of a person, as the engine knows it."""
    with acting(authority()):
        return identities_of(person)[0]


def _offered(ids: Ids, holder: Viewer, to: str) -> Ids:
    why = f"{KEEPER_READS['why handed over'] if holder.actor.name == 'Amira' else 'They'} moved to another area."
    return replace(ids, hand=offer_shield(viewer=holder, shield=ids.shield, to_team=to, why=why, now=NOW))


def _answer_everything(town: CaseworkTown, keeper: Viewer, ids: Ids) -> None:
    """The other family's screening decided, a task and a question answered, each with its marker."""
    with acting(authority()):
        rows = ChildObservationRow.objects.filter(notice=ids.entry).values_list("identity", flat=True)
        people = list(BelongsRow.objects.filter(identity__in=list(rows)).values_list("person", flat=True))
    m = KEEPER_READS
    decide(
        authority=acts(town.screener, Permission.DECIDE_SCREENING), screening=ids.screening,
        decision=Decision.ASSESSMENT, reasons=f"{m['reasons']}: strangulation, and one child not seen by anybody yet.",
        positions={p: f"{m['position']}; must be seen alone this week." for p in people},
        taken_by="assessment", now=NOW,
    )  # fmt: skip
    with acting(authority()):
        task = TaskRow.objects.filter(entry=ids.entry, team="elm").first()
    assert task is not None, "the school is asked"
    answer_task(
        authority=acts(town.other_dsl, Permission.ANSWER_TASK), task=task.id, meaning=f"{m['meaning']}: he is afraid.",
        did=f"{m['did']}: seen alone.", nothing_because="", on=TODAY, now=NOW,
    )  # fmt: skip
    reason = f"{m['signal answer']}: read it all and asked for a meeting."
    answer(authority=acts(keeper, Permission.ANSWER_SIGNAL, ids.child), signal=ids.signal, reason=reason, today=TODAY)


WITHHELD: Final[Mapping[str, tuple[str, str, frozenset[str]]]] = {
    "Qzadulthealth": ("parental_health", "mental_health", PRACTISE - {"police_officer", "dsl", "practitioner"}),
    "Qzinvestigation": (
        "police_investigation", "police",
        frozenset("police_officer screening_worker social_worker chair manager".split()),
    ),
    "Qzhealthreview": ("health_review", "health_visiting", PRACTISE - {"police_officer", "dsl", "practitioner"}),
    "Qzcareplan": ("plan", "social_care", PRACTISE - {"practitioner"}),
}  # fmt: skip
"""A marked entry of the town's family: its kind, who wrote it, and which roles read it whole."""


def build_places() -> Places:
    """Two families, each with one of everything; then somebody of each role, whose team holds the first alone."""
    town = build_town()
    tom, tom_row, una = _hills()
    keeper = town.social_worker
    involve(authority=authority(), team=keeper.actor.team, people=[tom, una], ground="allocated",
            since=NOW - timedelta(days=30))  # fmt: skip
    involve(
        authority=authority(), team="elm", people=[tom], ground="on the school roll", since=NOW - timedelta(days=30)
    )
    _write(tom_row, "note", "social_care", KEEPER_READS["summary"])
    _write(tom_row, "childs_words", "school/elm", "Spoke.", words=KEEPER_READS["details"], language="en")
    theirs = _hill_notice(town)
    ours = send_notice(authority=acts(town.police, Permission.SEND_NOTICE), notice=notice("own"), now=NOW)
    with acting(authority()):
        kasia_row = BelongsRow.objects.filter(person=town.kasia).values_list("identity", flat=True)[0]
    for marker, (kind, agency, _) in WITHHELD.items():
        _write(kasia_row, kind, agency, marker)
    outsider = practitioner("out", "midwife", "midwifery", "midwives", "Olga")
    people = [town.kasia, town.jan, town.ewa]
    m = KEEPER_READS
    our_file = _file(town, town.kasia, ours, ("Statement", "A page", "Taken down by PC Reed"))
    their_file = _file(town, tom, theirs, (m["file label"], m["file shows"], m["file"]))
    why = "Labour came early and nobody else answers."
    own = _ids(town.kasia, ours, our_file, people, outsider, "m-manager", why, town.manager)
    other = _ids(
        tom,
        theirs,
        their_file,
        [tom, una],
        outsider,
        keeper.actor.team,
        f"{m['glass reason']}: nobody answers.",
        keeper,
    )
    _answer_everything(town, keeper, other)
    lead = practitioner("m-lead", "ig_lead", "other/matrix", "m-lead", "Lena Lead")
    viewers = {r: practitioner(f"m-{r}", r, "other/matrix", f"m-{r}".replace("_", "-"), f"Viewer {r}") for r in ROLES}
    for viewer in viewers.values():
        involve(authority=authority(), team=viewer.actor.team, people=people, ground="held", since=NOW)
    # The own family's shield keeps nothing yet, so that every role still finds what its own row says.
    own = _kept(own, [town.kasia], "m-manager", viewers["health_visitor"], date(2999, 1, 1), "")
    other = _kept(other, [tom, una], keeper.actor.team, keeper, date(2020, 1, 1), KEEPER_READS["shield’s words"])
    own, other = _offered(own, viewers["manager"], "m-named-nurse"), _offered(other, keeper, "elm")
    marks = {name: "" for name in HANDLER_READS}
    # Of the reviewer's team, which holds the shield: or the two are shown different addresses.
    second = practitioner("m-second", "manager", "other/matrix", "m-manager", "Sam Second")
    own = _asked(own, "Kasia", "Nowak", KASIA_BORN, (lead, viewers["manager"], second), marks)
    tess, uma = (practitioner(f"m-{n}", "manager", "other/matrix", f"m-{n}", n.title()) for n in ("tess", "uma"))
    other = _asked(other, "Tom", KEEPER_READS["name"], years_ago(5), (lead, tess, uma), HANDLER_READS)
    return Places(town, viewers, keeper, tess, own, other)


def _asked(
    ids: Ids, given: str, family: str, born: date, people: tuple[Viewer, Viewer, Viewer], marks: Mapping[str, str]
) -> Ids:
    """A request about the family's child, signed off by its two readers, with one of its items."""
    lead, reviewer, second = people

    def acts_on(viewer: Viewer) -> Authority:
        return authorise(viewer, permission=Permission.HANDLE_REQUEST, purpose=Purpose.RIGHTS, now=NOW)

    made = requests.receive(
        authority=acts_on(lead), asker=Asker.PARENT, asker_name=f"{marks['asker']} Parent", given_name=given,
        family_name=family, born=born, scope=marks["asks for"], received_on=TODAY, now=NOW,
    )  # fmt: skip
    for give, viewer in ((requests.assign, reviewer), (requests.name_second, second)):
        give(authority=acts_on(lead), request=made, practitioner=UUID(viewer.actor.practitioner), now=NOW)
    for event, viewer in (("checked", lead), ("harm_checked", reviewer)):
        requests.note(authority=acts_on(viewer), request=made, event=event, words=f"{marks['check']} seen.", now=NOW)
    held = _held_by(reviewer, ids.child)
    for item in held.items:
        requests.decide(
            authority=acts_on(reviewer), request=made, held=held,
            item=item.id, digest=item.digest, outcome=Outcome.GIVE, cuts=(),
            code="", words=marks["decision note"], now=NOW,
        )  # fmt: skip
    requests.submit(authority=acts_on(reviewer), request=made, held=held, now=NOW)
    seen = _held_by(second, ids.child)
    with acting(authority()):
        known = request_shown(made)
        assert known is not None
        digest = answer_of(known, seen, decisions_of(made)).digest
    requests.sign_off(
        authority=acts_on(second), request=made, held=seen, digest=digest, words="Read.", now=NOW
    )  # fmt: skip
    return replace(ids, asked=made, item=held.items[1].id)


def _held_by(reader: Viewer, child: UUID) -> Held:
    """The items of a request as its reader is shown them."""
    with viewing(
        reader, permission=Permission.REVIEW_REQUEST, purpose=Purpose.RIGHTS, now=NOW, act="request.items",
        person=child,
    ):  # fmt: skip
        return held_about(child, TODAY)
