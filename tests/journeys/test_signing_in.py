"""Somebody real signs in for the first time, by passkey and by app, and loses no word when the session ends."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.journeys.browsing import DESKTOP, PHONE, Person
from tests.journeys.conftest import People
from tests.journeys.serving import Served

pytestmark = pytest.mark.journey

DJANGO = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'wholepicture.config.settings'"
ENTER = (
    DJANGO
    + """
import sys, django; django.setup()
from datetime import UTC, datetime
from django.contrib.auth.hashers import make_password
from wholepicture.access.operations import system_authority
from wholepicture.agencies.operations import add_practitioner
for name in sys.argv[1:]:
    add_practitioner(
        authority=system_authority(act="test:build", now=datetime.now(UTC)), username=name, name=name.title(),
        role="social_worker", team="assessment-north", password_hash=make_password("first " + name),
    )
"""
)
IDLED = (
    DJANGO
    + """
import sys, django; django.setup()
from django.db import connections
with connections["owner"].cursor() as cursor:
    cursor.execute("UPDATE access_session_use SET at = at - interval '16 minutes'")
"""
)


@pytest.fixture(scope="module")
def real(served: Served) -> Iterator[Served]:
    """The town's server, with two people who are no part of the demonstration's staff."""
    served.installation.run("-c", ENTER, "amal", "bryn")
    yield served


def by_name(person: Person) -> Person:
    """Reach the server by a name: browsers keep passkeys for names, not for numbers."""
    person.base = person.base.replace("127.0.0.1", "localhost")
    return person


def with_passkeys(page: Page) -> None:
    """Give the browser a device that keeps passkeys and is unlocked by its owner (CDP's virtual authenticator)."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )  # fmt: skip


def type_password(person: Person, username: str) -> None:
    person.open("/sign-in")
    person.page.get_by_label("User name").fill(username)
    person.page.get_by_role("textbox", name="Password").fill(f"first {username}")
    person.page.get_by_role("button", name="Sign in", exact=True).click()
    person.page.get_by_role("heading", level=1).filter(has_not_text="Sign in").wait_for()
    person.check()


def on_a_phone_too(person: Person, name: str) -> None:
    person.picture(f"{name}-desk", whole=True)
    person.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    person.check()
    person.picture(f"{name}-phone", whole=True)
    person.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def code_of(secret: str, step: int) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step)))


def test_a_first_sign_in_by_passkey_and_the_next_with_nothing_else(people: People, real: Served) -> None:
    amal = by_name(people())
    with_passkeys(amal.page)
    type_password(amal, "amal")
    amal.see("Set up a second step before you go on")
    on_a_phone_too(amal, "set-up")
    amal.follow("Set up a passkey", "button")
    on_a_phone_too(amal, "set-up-passkey")
    amal.page.get_by_label("Name of this passkey").fill("work laptop")
    amal.page.get_by_role("button", name="Set up a passkey").click()
    amal.page.get_by_role("heading", name="Your recovery codes").wait_for()
    assert amal.page.locator(".wp-codes li").count() == 10
    on_a_phone_too(amal, "recovery-codes")
    amal.press("I have kept them: go on")
    assert amal.path == "/"
    amal.press("Sign out")
    amal.page.get_by_role("button", name="Sign in with a passkey").click()
    amal.page.get_by_role("button", name="Sign out").wait_for()
    amal.check()
    amal.open("/your-sign-in")
    amal.see("Passkey: work laptop")
    amal.see(re.compile("by passkey"))
    on_a_phone_too(amal, "your-sign-in")


def test_a_first_sign_in_by_app_and_a_form_that_outlives_its_session(people: People, real: Served) -> None:
    bryn = people()
    type_password(bryn, "bryn")
    bryn.follow("Set up an authenticator app", "button")
    secret = bryn.page.locator(".wp-key").inner_text().replace(" ", "")
    on_a_phone_too(bryn, "set-up-app")
    bryn.page.get_by_label("Code").fill("000000")
    bryn.press("Continue")
    bryn.see("The code is not right")
    bryn.page.get_by_label("Code").fill(code_of(secret, -1))
    bryn.press("Continue")
    bryn.press("I have kept them: go on")
    bryn.press("Sign out")
    type_password(bryn, "bryn")
    bryn.see("Show that it is you")
    on_a_phone_too(bryn, "second-factor")
    bryn.page.get_by_label("Code").fill(code_of(secret, 0))
    bryn.press("Continue")
    words = "She said her arm hurt, and looked at him first."
    bryn.open("/find")
    bryn.page.get_by_label("Given name").fill(words)
    bryn.page.get_by_label("Family name").fill("O’Neill")
    real.installation.run("-c", IDLED)
    bryn.page.get_by_role("main").get_by_role("button").first.click()
    bryn.page.get_by_role("heading", name="Sign in", exact=True).wait_for()
    bryn.see(re.compile("kept for you for 30 minutes"))
    bryn.check()
    on_a_phone_too(bryn, "sign-in-kept")
    bryn.page.get_by_label("User name").fill("bryn")
    bryn.page.get_by_role("textbox", name="Password").fill("first bryn")
    bryn.page.get_by_role("button", name="Sign in", exact=True).click()
    bryn.page.get_by_label("Code").fill(code_of(secret, 1))
    bryn.press("Continue")
    assert bryn.path == "/find"
    bryn.see("Not sent yet")
    assert bryn.page.get_by_label("Given name").input_value() == words
    assert bryn.page.get_by_label("Family name").input_value() == "O’Neill"
    on_a_phone_too(bryn, "kept")


def test_idling_is_warned_of_and_typing_is_no_idling(people: People, served: Served) -> None:
    police = people()
    police.page.clock.install()
    police.sign_in("police")
    police.open("/notices/new")
    dialog = police.page.get_by_role("dialog", name="You will be signed out in 2 minutes")
    police.page.clock.fast_forward("13:10")
    dialog.wait_for()
    police.check()
    on_a_phone_too(police, "idle")
    with police.page.expect_response(re.compile("/your-sign-in/stay")) as answered:
        police.page.get_by_role("button", name="Stay signed in").click()
    assert answered.value.status == 204
    dialog.wait_for(state="hidden")
    police.page.clock.fast_forward("04:00")
    police.page.get_by_role("textbox", name="What happened?").press_sequentially("He")
    with police.page.expect_response(re.compile("/your-sign-in/stay")):
        police.page.clock.fast_forward("00:30")
    police.page.clock.fast_forward("15:10")
    police.see("You are signed out")
    police.page.get_by_role("button", name="Close").click()
