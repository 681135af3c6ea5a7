"""`wholepicture staff`: somebody leaves, moves, comes back, lost a second factor, or is linked to a provider."""

from __future__ import annotations

import argparse
import secrets
from datetime import UTC, datetime

from wholepicture.foundation.authority import Authority
from wholepicture.foundation.refusals import Refused

NAME = "staff"
HELP = "say that somebody leaves, moves, comes back, or must set up their sign-in again; or link an identity provider"


def configure(parser: argparse.ArgumentParser) -> None:
    """What happens to whom."""
    happens = parser.add_subparsers(title="what happens", dest="happens", metavar="WHAT", required=True)
    _of(happens, "leave", "they sign in no longer; sessions and break-glasses end at once")
    moving = _of(happens, "move", "to another team or role; sessions and break-glasses end at once")
    coming = _of(happens, "return", "somebody who left is back; prints a new first password")
    for one in (moving, coming):
        one.add_argument("--team", required=True, help="the code of the team")
        one.add_argument("--role", required=True, help="one of the roles of docs/reference/access.md")
    _of(happens, "reset", "they have lost their second factor: it is removed, and a new first password printed")
    _of(happens, "unlink", "they sign in by a provider no longer; sessions end, and a new first password is printed")
    linking = _of(happens, "link", "they sign in by an account of an identity provider, and by nothing else")
    linking.add_argument("--provider", required=True, help="the provider's id in identity-providers.json")
    linking.add_argument("--subject", required=True, help="the account's “sub” there, exactly")


def _of(happens: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str) -> argparse.ArgumentParser:
    one = happens.add_parser(name, help=words, description=words, allow_abbrev=False)
    one.add_argument("username", help="the name that they sign in with")
    return one


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what ended."""
    from wholepicture.cli.installation import installation

    with installation():
        from wholepicture.access.operations import system_authority
        from wholepicture.agencies.staff import practitioner_named

        authority = system_authority(act=f"staff:{arguments.happens}", now=datetime.now(UTC))
        practitioner = practitioner_named(authority=authority, username=arguments.username)
        named = system_authority(
            act=f"staff:{arguments.happens}", now=datetime.now(UTC), ground=f"practitioner {practitioner}"
        )
        for line in _happens(arguments, named, str(practitioner)):
            print(line)
    return 0


def _happens(arguments: argparse.Namespace, authority: Authority, practitioner: str) -> list[str]:
    from uuid import UUID

    from wholepicture.access.operations import end_sessions
    from wholepicture.access.roles import ROLES
    from wholepicture.agencies import staff
    from wholepicture.sign_in import factors, providers

    who, name = UUID(practitioner), arguments.username
    if getattr(arguments, "role", None) not in (None, *ROLES):
        raise Refused("role", f"“{arguments.role}” is no role; expected one of {', '.join(sorted(ROLES))}")
    if arguments.happens == "leave":
        ended = staff.leave(authority=authority, practitioner=who)
        factors.remove_all(who)
        providers.unlink(who)
        return [f"{name} has left. {ended} sessions ended."]
    if arguments.happens == "link":
        providers.link(who, provider=arguments.provider, subject=arguments.subject)
        ended = end_sessions(authority=authority, practitioner=who)
        return [f"{name} signs in by {arguments.provider}, and by nothing else. {ended} sessions ended."]
    if arguments.happens in ("reset", "unlink"):
        # The password first: without its factor, the old one would be enough to set up another.
        password, hashed = _first_password()
        ended = staff.new_password(authority=authority, practitioner=who, password_hash=hashed)
        factors.remove_all(who)
        if arguments.happens == "unlink":
            providers.unlink(who)
        return [f"{ended} sessions ended. They set up a second factor at their next sign-in.", f"{name},{password}"]
    ended = staff.move(authority=authority, practitioner=who, team=arguments.team, role=arguments.role)
    if arguments.happens == "move":
        return [f"{name} is now {arguments.role} in {arguments.team}. {ended} sessions ended."]
    password, hashed = _first_password()
    staff.come_back(authority=authority, practitioner=who, password_hash=hashed)
    return [f"{name} is back, as {arguments.role} in {arguments.team}.", f"{name},{password}"]


def _first_password() -> tuple[str, str]:
    from django.contrib.auth.hashers import make_password

    password = secrets.token_urlsafe(12)
    return password, make_password(password)
