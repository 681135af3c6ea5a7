"""A family's addresses over time; recording one, and putting a slip in one right."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission, may
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.operations import add_address, correct_address
from wholepicture.people.addresses.queries import addresses_of
from wholepicture.people.addresses.types import Address, NewAddress
from wholepicture.people.queries import identities_of
from wholepicture.people.types import FamilyRecord, Person
from wholepicture.web.drawings.words import name_words
from wholepicture.web.fields.forms import GovForm
from wholepicture.web.pages.addresses.forms import AddressForm, CorrectForm
from wholepicture.web.pages.addresses.shown import homes_of, household_of, known
from wholepicture.web.views import allowed, page, reading, signed_in, told


@require_safe
@signed_in
def addresses_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Where everybody of the family lives and lived; of what is shielded, whom to ask."""
    with reading(viewer, act="address.view", person=child):
        record = household_of(child)
        context = {
            "child": child,
            "name": record.people[str(child)].name,
            "people": homes_of(record, child, today()),
            "may_shield": may(viewer.actor.role, Permission.SHIELD_ADDRESS),
            "may_correct": may(viewer.actor.role, Permission.ADD_ENTRY),
        }
        return page(request, "addresses/addresses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Record where one of the family lives, lived, or is reached."""
    with reading(viewer, act="address.open", person=child):
        record = household_of(child)
        form = AddressForm(request.POST if request.method == "POST" else None, people=choices(record, child))
        if not form.is_valid():
            return page(request, "addresses/add.html", {"child": child, "form": form})
        person = UUID(form.cleaned_data["who"])
        identity = identities_of(person)[0]
    add_address(
        authority=allowed(viewer, Permission.ADD_ENTRY, person), person=person, identity=identity,
        address=_given(form), now=now(),
    )  # fmt: skip
    return told(reverse("addresses", args=[child]), "address-added")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def correct_page(request: HttpRequest, viewer: Viewer, child: UUID, address: UUID) -> HttpResponse:
    """Put a slip in an address right; how it stood before stays readable beside it."""
    with reading(viewer, act="address.open", person=child):
        record = household_of(child)
        people = {UUID(p.key): p for p in known(record, child)}
        found = next((a for homes in addresses_of(list(people)).values() for a in homes if a.id == address), None)
        if found is None:
            raise Refused("absent", "There is no address here that you could correct.")
        form = CorrectForm(request.POST if request.method == "POST" else None, was=found)
        if not form.is_valid():
            return _correcting(request, child, form, people[found.person])
        right = _given(form)
        if right == _as_stated(found):
            form.add_error(None, "Nothing is changed: put right what is wrong, or go back")
            return _correcting(request, child, form, people[found.person])
    correct_address(viewer=viewer, address=address, right=replace(right, known_from=found.known_from), now=now())
    return told(reverse("addresses", args=[child]), "address-corrected")


def _correcting(request: HttpRequest, child: UUID, form: CorrectForm, whose: Person) -> HttpResponse:
    return page(request, "addresses/correct.html", {"child": child, "form": form, "whose": name_words(whose, "")})


def _given(form: GovForm) -> NewAddress:
    given = form.cleaned_data
    return NewAddress(
        lines=tuple(" ".join(line.split()) for line in given["lines"].splitlines() if line.strip()),
        postcode=given["postcode"].strip().upper(), sort=given["sort"], phone=given["phone"].strip(),
        from_=given["from_"], to=given["to"], source=given["source"].strip(),
    )  # fmt: skip


def _as_stated(was: Address) -> NewAddress:
    return NewAddress(was.lines, was.postcode, was.sort, was.phone, was.from_, was.to, source=was.source)


def choices(record: FamilyRecord, child: UUID) -> list[tuple[str, str]]:
    """Those of the family whom the reader sees, for a form to choose from."""
    return [(p.key, name_words(p, p.key)) for p in known(record, child)]
