"""Each user that the sign-in page offers signs in, and every page of their navigation is whole, on desk and phone."""

from __future__ import annotations

import pytest

from tests.journeys.browsing import DESKTOP, PHONE, Person
from tests.journeys.conftest import People
from wholepicture.demo.users import DEMO_PASSWORD, OFFERED

pytestmark = pytest.mark.journey


def test_the_sign_in_page_offers_everybody_and_refuses_a_wrong_password(people: People) -> None:
    visitor = people()
    given_the_sign_in_page(visitor)
    for user in OFFERED:
        visitor.see(user.name)
    visitor.see(DEMO_PASSWORD)
    visitor.picture("sign-in")
    when_somebody_types_a_wrong_password(visitor)
    visitor.see("The user name or the password is not right")
    assert visitor.page.get_by_label("User name").input_value() == "police"
    visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visitor.check()


def test_one_press_signs_a_visitor_of_the_demonstration_in_and_another_out(people: People) -> None:
    visitor = people()
    visitor.open("/sign-in?next=/work")
    visitor.press(OFFERED[0].name)
    assert visitor.path == "/work"
    visitor.press("Sign out")
    visitor.see("You are signed out")
    visitor.open("/work")
    assert visitor.path == "/sign-in"


@pytest.mark.parametrize("username", [user.username for user in OFFERED])
def test_every_page_of_their_navigation(people: People, username: str) -> None:
    visitor = people(username)
    links = visitor.page.locator(".govuk-service-navigation__link").evaluate_all("all => all.map(a => a.pathname)")
    assert links[0] == "/"
    for link in links:
        visitor.open(link)
        then_the_keyboard_reaches_the_content(visitor)
        on_a_phone(visitor)


def given_the_sign_in_page(visitor: Person) -> None:
    visitor.open("/sign-in")


def when_somebody_types_a_wrong_password(visitor: Person) -> None:
    visitor.page.get_by_label("User name").fill("police")
    visitor.page.get_by_role("textbox", name="Password").fill("guess")
    visitor.page.get_by_role("button", name="Sign in", exact=True).click()
    visitor.page.get_by_role("alert").wait_for()
    visitor.check()


def then_the_keyboard_reaches_the_content(visitor: Person) -> None:
    """The first Tab finds the way past the navigation, and it is taken."""
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "govuk-skip-link"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main-content"


def on_a_phone(visitor: Person) -> None:
    visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visitor.check()
    visitor.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
