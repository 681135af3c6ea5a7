"""The links at the top of every page: what the viewer's role may do, and nothing that it may not."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from wholepicture.access.policy import MAY_REVIEW_GLASS
from wholepicture.access.roles import ROLES, Permission, may
from wholepicture.web.middleware import viewer_of


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the top navigation, for roles with any of the permissions, or those named (everybody for neither)."""

    text: str
    href: str
    permissions: tuple[Permission, ...] = ()
    roles: tuple[str, ...] = ()


_LINKS = (
    Link("My list", "/"),
    Link("Find a child", "/find", (Permission.FIND_CHILD,)),
    Link("Tasks", "/work", (Permission.ANSWER_TASK,)),
    Link("Sharing", "/disclosures", (Permission.SEE_DISCLOSURES,)),
    Link("Send a notice", "/notices", (Permission.SEND_NOTICE,)),
    Link("Screening", "/screening", (Permission.DECIDE_SCREENING,)),
    Link("Oversight", "/oversight", (Permission.VIEW_OVERSIGHT,)),
    Link("Glass", "/glass", roles=MAY_REVIEW_GLASS),
    Link("Addresses asked for", "/releases", (Permission.RELEASE_ADDRESS,)),
    Link("Audit", "/audit", (Permission.REPORT_AUDIT,)),
    Link("Refused files", "/files/refused", (Permission.VIEW_REFUSED_FILES,)),
    Link("Requests", "/requests", (Permission.HANDLE_REQUEST,)),
    Link("Retention", "/retention", (Permission.DECIDE_RETENTION,)),
    Link("Bring in a record", "/bundles", (Permission.IMPORT_BUNDLE,)),
)


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """The viewer's links as the service navigation takes them; none where nobody is signed in."""
    viewer = viewer_of(request)
    if viewer is None:
        return []
    role = viewer.actor.role
    return [
        {"text": link.text, "href": link.href, "active": _stands_in(request.path, link.href)}
        for link in _LINKS
        if _is_for(link, role)
    ]


def _is_for(link: Link, role: str) -> bool:
    return (not link.permissions or any(may(role, p) for p in link.permissions)) and (
        not link.roles or role in link.roles
    )


def _stands_in(path: str, href: str) -> bool:
    if href == "/":
        return path == "/" or path.startswith("/children/")
    return path == href or path.startswith(f"{href}/")


def role_title(slug: str) -> str:
    """A role as people say it."""
    return ROLES[slug].name if slug in ROLES else slug.replace("_", " ")
