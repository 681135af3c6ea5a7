"""A request in a small town, through every step, for tests: who handles it, who reviews, who reads second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tests.casework.town import EWA_BORN, KASIA_BORN, NOW, TODAY, CaseworkTown, build_town, notice
from tests.worlds import authority as system
from tests.worlds import practitioner
from wholepicture.access.operations import acting, authorise, viewing
from wholepicture.access.roles import Permission
from wholepicture.casework.notice.operations import send_notice
from wholepicture.casework.subject_access import operations
from wholepicture.casework.subject_access.gathering import held_about, items_about
from wholepicture.casework.subject_access.queries import decisions_of, request_shown
from wholepicture.casework.subject_access.rules import answer_of
from wholepicture.casework.subject_access.types import Asker, Cut, Held, Item, Outcome, Request
from wholepicture.foundation.authority import Authority, Purpose, Viewer
from wholepicture.foundation.when import When
from wholepicture.people.addresses.operations import shield
from wholepicture.people.addresses.types import NewShield, ShieldReason
from wholepicture.people.queries import identities_of
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole

SECRET = "Qzsecret told us that Ewa Nowak sleeps at 9 Hidden Row. She asked that nobody be told."


@dataclass(frozen=True)
class Asked:
    """A request about Kasia by her father, with a reviewer and a second reader who hold nothing of her otherwise."""

    town: CaseworkTown
    lead: Viewer
    reviewer: Viewer
    second: Viewer
    stranger: Viewer
    request: UUID

    def acts(self, viewer: Viewer, *, reviews: bool = False) -> Authority:
        """The viewer's authority, as a page would get it."""
        permission = Permission.REVIEW_REQUEST if reviews else Permission.HANDLE_REQUEST
        people = [self.town.kasia] if reviews else []
        return authorise(viewer, permission=permission, purpose=Purpose.RIGHTS, now=NOW, people=people)

    def known(self) -> Request:
        """The request as it stands."""
        with acting(system()):
            found = request_shown(self.request)
        assert found is not None
        return found

    def items(self, viewer: Viewer | None = None) -> list[Item]:
        """Its items, as the engine sees them or as a viewer does."""
        if viewer is None:
            with acting(system()):
                return items_about(self.town.kasia, self.known().received_on)
        known = self.known()
        with viewing(viewer, permission=Permission.REVIEW_REQUEST, purpose=Purpose.RIGHTS, now=NOW, act="request.items",
                     person=self.town.kasia):  # fmt: skip
            return items_about(self.town.kasia, known.received_on)

    def held(self, viewer: Viewer | None = None) -> Held:
        """The items as a reader is shown them; the reviewer, unless somebody else is named."""
        with viewing(
            viewer or self.reviewer, permission=Permission.REVIEW_REQUEST, purpose=Purpose.RIGHTS, now=NOW,
            act="request.items", person=self.town.kasia,
        ):  # fmt: skip
            return held_about(self.town.kasia, self.known().received_on)

    def item(self, words: str) -> Item:
        """The item that says these words."""
        return next(i for i in self.items() if any(words in p.text for p in i.parts))

    def decide(self, item: Item, outcome: Outcome = Outcome.GIVE, code: str = "", note: str = "", *cuts: Cut) -> None:
        """The reviewer decides an item."""
        operations.decide(
            authority=self.acts(self.reviewer, reviews=True), request=self.request, held=self.held(),
            item=item.id, digest=item.digest,
            outcome=outcome, cuts=cuts, code=code, words=note, now=NOW,
        )  # fmt: skip

    def decide_rest(self) -> None:
        """The reviewer gives everything that is left."""
        with acting(system()):
            done = decisions_of(self.request)
        for item in self.items():
            if item.id not in done:
                self.decide(item)

    def digest(self, viewer: Viewer | None = None) -> str:
        """Of what goes out, as a reader is shown it; the second reader, unless somebody else is named."""
        held = self.held(viewer or self.second)
        with acting(system()):
            return answer_of(self.known(), held, decisions_of(self.request)).digest

    def sign(self, viewer: Viewer | None = None, words: str = "Read.") -> None:
        """The second reader signs off what they were shown."""
        who = viewer or self.second
        operations.sign_off(
            authority=self.acts(who, reviews=True), request=self.request, held=self.held(who), digest=self.digest(who),
            words=words, now=NOW,
        )  # fmt: skip

    def note(self, event: str, viewer: Viewer | None = None, words: str = "Seen and written down.") -> None:
        """Write something down."""
        operations.note(authority=self.acts(viewer or self.lead), request=self.request, event=event, words=words,
                        now=NOW)  # fmt: skip


def write(person: UUID, summary: str, kind: str = "note", **details: object) -> UUID:
    """An entry of social care about somebody, a month ago."""
    with acting(system()):
        identity = identities_of(person)[0]
    day = When.on(TODAY - timedelta(days=30))
    about = ((identity, AboutRole.SUBJECT),)
    return add_entry(
        authority=system(), entry=NewEntry(kind, day, day, "social_care", "social worker", about, summary, details)
    )


def shield_places(asked: Asked) -> UUID:
    """Keep from somebody where Kasia is; returns the entry that tells at which school she is."""
    school = write(asked.town.kasia, "Settled in at Qzplace Primary.", "school_move", type="enrolled")
    new = NewShield(ShieldReason.FLEEING, "", "Her father", TODAY - timedelta(days=60))
    shield(authority=system(), people=[asked.town.kasia], new=new, holder_team="assessment", now=NOW)
    return school


def ask(*, asker: Asker = Asker.PARENT, received: date = TODAY) -> Asked:
    """The town, what is held about Kasia, and the request for it with its two readers."""
    town = build_town()
    write(town.kasia, SECRET)
    write(town.kasia, "Spoke at the sand tray.", "childs_words", words="I do not want Tata to know", language="en")
    send_notice(
        authority=authorise(town.police, permission=Permission.SEND_NOTICE, purpose=Purpose.PROTECT, now=NOW),
        notice=notice("asked"), now=NOW,
    )  # fmt: skip
    lead = practitioner("iggy", "ig_lead", "local_authority", "information", "Iggy Lead")
    people = [practitioner(n, "manager", "local_authority", f"{n}s-team", n.title()) for n in ("rosa", "sol", "stan")]
    authority = authorise(lead, permission=Permission.HANDLE_REQUEST, purpose=Purpose.RIGHTS, now=NOW)
    made = operations.receive(
        authority=authority, asker=asker, asker_name="Adam Lis", given_name="Kasia", family_name="Nowak",
        born=KASIA_BORN, scope="", received_on=received, now=NOW,
    )  # fmt: skip
    asked = Asked(town, lead, people[0], people[1], people[2], made)
    operations.assign(authority=asked.acts(lead), request=made, practitioner=_id(people[0]), now=NOW)
    operations.name_second(authority=asked.acts(lead), request=made, practitioner=_id(people[1]), now=NOW)
    return asked


def _id(viewer: Viewer) -> UUID:
    return UUID(viewer.actor.practitioner)


__all__ = ["EWA_BORN", "SECRET", "Asked", "ask", "shield_places", "write"]
