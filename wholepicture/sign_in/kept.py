"""Forms that were sent when their session was over: kept half an hour, for the same practitioner in the same browser.

What is kept is encrypted with a key that is made from the installation's own and from a handle that only the browser
has, so neither the database nor the installation's key opens it alone.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wholepicture.access.engine import as_sign_in
from wholepicture.sign_in.cookies import token_of
from wholepicture.sign_in.models import KeptFormRow
from wholepicture.sign_in.sessions import holder_of, real_now

KEPT_FOR = timedelta(minutes=30)
LARGEST = 2_000_000
"""Characters of a form that are kept: far more than anybody types, and too few to fill a disk with."""

MARK = "kept"
"""The query that shows a kept form; the form itself never stands in an address."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent: to which address, its fields URL-encoded, and whether files came with it (not kept)."""

    address: str
    fields: str
    had_files: bool


def cookie() -> str:
    """The name of the cookie that carries the handle."""
    return "__Host-wp_kept" if settings.HTTPS else "wp_kept"


def keep(request: HttpRequest, response: HttpResponse, form: Kept) -> bool:
    """Keep a form for whoever's session that was; False where it was nobody's, or where nothing was typed."""
    holder = holder_of(token_of(request)) if token_of(request) else None
    if holder is None or not form.fields or len(form.fields) > LARGEST:
        return False
    handle, nonce = secrets.token_urlsafe(32), secrets.token_bytes(12)
    plain = json.dumps([form.address, form.fields, form.had_files]).encode()
    sealed = nonce + _cipher(handle).encrypt(nonce, plain, holder.bytes)
    with as_sign_in():
        KeptFormRow.objects.filter(until__lt=real_now()).delete()
        KeptFormRow.objects.create(
            handle_hash=_hash(handle), practitioner=holder, sealed=sealed, until=real_now() + KEPT_FOR
        )
    response.set_cookie(
        cookie(), handle, max_age=KEPT_FOR, httponly=True, samesite="Lax", secure=settings.HTTPS, path="/"
    )
    return True


def is_waiting(request: HttpRequest) -> bool:
    """Whether this browser has a handle, whoever is to sign in."""
    return cookie() in request.COOKIES


def kept_for(request: HttpRequest, practitioner: UUID) -> Kept | None:
    """The form that this browser sent, if this is the practitioner who typed it; None for anybody else."""
    handle = request.COOKIES.get(cookie(), "")
    if not handle:
        return None
    with as_sign_in():
        row = KeptFormRow.objects.filter(
            handle_hash=_hash(handle), practitioner=practitioner, until__gt=real_now()
        ).first()
    if row is None:
        return None
    sealed = bytes(row.sealed)
    try:
        plain = _cipher(handle).decrypt(sealed[:12], sealed[12:], practitioner.bytes)
    except InvalidTag:
        return None
    address, fields, had_files = json.loads(plain)
    return Kept(address, fields, had_files)


def address_after_sign_in(request: HttpRequest, practitioner: UUID, then: str) -> str:
    """Where signing in goes on to: the page of the kept form where there is one of theirs, else where they wished."""
    found = kept_for(request, practitioner)
    if found is None:
        return then
    joint = "&" if "?" in found.address else "?"
    return f"{found.address}{joint}{MARK}=1"


def forget_if_sent(request: HttpRequest, response: HttpResponse, practitioner: UUID) -> None:
    """Keep a form no longer once its own practitioner has sent it, and it was taken: its page goes on to another."""
    if request.method != "POST" or response.status_code != 302 or not is_waiting(request):
        return
    found = kept_for(request, practitioner)
    if found is None or found.address.partition("?")[0] != request.path:
        return
    with as_sign_in():
        KeptFormRow.objects.filter(handle_hash=_hash(request.COOKIES.get(cookie(), ""))).delete()
    response.delete_cookie(cookie(), path="/", samesite="Lax")


def _hash(handle: str) -> str:
    return hashlib.sha256(handle.encode()).hexdigest()


def _cipher(handle: str) -> AESGCM:
    key = HKDF(SHA256(), 32, salt=handle.encode(), info=b"kept form").derive(settings.SECOND_FACTOR_KEY.encode())
    return AESGCM(key)
