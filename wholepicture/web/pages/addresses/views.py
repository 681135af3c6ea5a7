"""A family's addresses over time, and recording one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission, may
from wholepicture.foundation.authority import Viewer
from wholepicture.people.addresses.operations import add_address
from wholepicture.people.addresses.types import NewAddress
from wholepicture.people.queries import identities_of
from wholepicture.people.types import FamilyRecord
from wholepicture.web.drawings.words import name_words
from wholepicture.web.pages.addresses.forms import AddressForm
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
        given = form.cleaned_data
        person = UUID(given["who"])
        identity = identities_of(person)[0]
    address = NewAddress(
        lines=tuple(given["lines"].splitlines()),
        postcode=given["postcode"].upper(),
        sort=given["sort"],
        phone=given["phone"],
        from_=given["from_"],
        to=given["to"],
        source=given["source"],
    )
    add_address(
        authority=allowed(viewer, Permission.ADD_ENTRY, person), person=person, identity=identity, address=address,
        now=now(),
    )  # fmt: skip
    return told(reverse("addresses", args=[child]), "address-added")


def choices(record: FamilyRecord, child: UUID) -> list[tuple[str, str]]:
    """Those of the family whom the reader sees, for a form to choose from."""
    return [(p.key, name_words(p, p.key)) for p in known(record, child)]
