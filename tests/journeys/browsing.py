"""A person at a browser: signs in, opens pages, and every page that they reach must be whole and accessible."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Download, Page, Response

from wholepicture.config.places import project_root
from wholepicture.demo.users import DEMO_PASSWORD

AXE = Axe.from_file(project_root() / "node_modules" / "axe-core" / "axe.min.js")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

DESKTOP, PHONE = (1280, 900), (390, 844)

_IMAGES = project_root() / "docs" / "images"
_KEEP = os.environ.get("WHOLEPICTURE_SCREENSHOTS") == "1"


@dataclass
class Person:
    """Somebody at a browser of their own. `trouble` gathers what a visitor would not see but a developer must."""

    page: Page
    base: str
    pictures: Path
    real: frozenset[str]
    trouble: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def open(self, path: str) -> Page:
        """Go to a page by its address, and find it whole."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"
        self.check()
        return self.page

    def follow(self, name: str | re.Pattern[str], role: str = "link") -> Page:
        """Press a link or button by what it says, and find the page that comes whole."""
        found = self.page.get_by_role("button" if role == "button" else "link", name=name)
        with self.page.expect_navigation():
            found.first.click()
        self.check()
        return self.page

    def press(self, name: str | re.Pattern[str]) -> Page:
        """Press a button that sends a form."""
        return self.follow(name, "button")

    def sign_in(self, username: str) -> Page:
        """Sign in by typing, as somebody who has been given a name and a password."""
        self.open("/sign-in")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_role("textbox", name="Password").fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_role("button", name="Sign out").wait_for()
        self.check()
        return self.page

    def see(self, text: str | re.Pattern[str]) -> None:
        """The words stand on the page, where they can be seen."""
        self.page.get_by_text(text).locator("visible=true").first.wait_for(timeout=5000)

    @property
    def path(self) -> str:
        """Where the person is."""
        return urlsplit(self.page.url).path

    def check(self) -> None:
        """The page in the state in which it is: nothing for axe to find, and one main heading."""
        assert self.page.locator("h1").count() == 1, f"{self.path} has {self.page.locator('h1').count()} main headings"
        found = AXE.run(self.page, options={"resultTypes": ["violations"], **RULES})
        assert not found.violations_count, f"{self.path} at {self.page.viewport_size}:\n{_said(found.response)}"
        self.fits()

    def fits(self) -> None:
        """No page is wider than the screen: nobody reads sideways on a phone (WCAG 1.4.10)."""
        wide, shown = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= shown, f"{self.path} is {wide} wide on a screen of {shown}: {self._widest()}"

    def _widest(self) -> object:
        return self.page.evaluate(
            "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
            ".slice(0, 4).map(e => `${e.tagName}.${e.className.baseVal ?? e.className}`)"
        )

    def download(self, name: str) -> Path:
        """Save the file that a link gives."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name, exact=True).click()
        got: Download = waiting.value
        saved = self.pictures / got.suggested_filename
        got.save_as(saved)
        return saved

    def picture(self, name: str, *, whole: bool = False) -> Path:
        """A picture of the page, kept for the docs only when WHOLEPICTURE_SCREENSHOTS=1."""
        shown = set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", self.page.content() + self.page.url))
        assert not shown & self.real, f"{self.path} shows a real child, of whom no picture may be kept"
        target = (_IMAGES if _KEEP else self.pictures) / f"{name}.png"
        self.page.screenshot(path=target, full_page=whole, animations="disabled", caret="hide")
        return target

    def settled(self) -> None:
        """Nothing went wrong behind the pages: no error in the console, nothing that the content policy blocked."""
        assert not self.trouble, "\n".join(self.trouble)

    def _console(self, message: ConsoleMessage) -> None:
        said = re.search(r"status of (\d+)", message.text)
        if message.type in ("error", "warning") and not (said and int(said[1]) in self.expected):
            self.trouble.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.trouble.append(f"{response.url} answered {response.status}")


def somebody(
    browser: Browser, base: str, pictures: Path, real: frozenset[str], size: tuple[int, int] = DESKTOP
) -> Person:
    """A person with a fresh browser window of that size; `real` are the ids that no picture of theirs may hold."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", timezone_id="Europe/London",
        reduced_motion="reduce", accept_downloads=True,
    )  # fmt: skip
    person = Person(context.new_page(), base, pictures, real)
    person.page.set_default_timeout(30_000)
    person.page.on("console", person._console)
    person.page.on("pageerror", lambda error: person.trouble.append(f"{person.page.url}: {error}"))
    person.page.on("response", person._answered)
    return person


def _said(response: object) -> str:
    violations = response["violations"] if isinstance(response, dict) else []
    return "\n".join(
        f"{v['id']}: {v['help']}\n    " + "\n    ".join(n["html"][:200] for n in v["nodes"][:4]) for v in violations
    )
