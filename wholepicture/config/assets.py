"""What browsers are sent of the front-end packages: made once, when the packages are installed.

The sheets come without the typeface and crown that only services on GOV.UK may use; Arial is what the design system
names next.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from wholepicture.config.places import project_root

SERVED = Path("node_modules") / ".served"
"""From the top folder; inside `node_modules` so that it goes when the packages do."""

PACKAGES = {
    "govuk": (
        Path("govuk-frontend/dist/govuk"),
        ["govuk-frontend.min.css", "govuk-frontend.min.js"],
    ),
    "moj": (
        Path("@ministryofjustice/frontend/moj"),
        ["moj-frontend.min.css", "moj-frontend.min.js"],
    ),
    "htmx": (Path("htmx.org/dist"), ["htmx.min.js"]),
}

_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_TYPEFACE = re.compile(r"GDS Transport,")
_ASSET = re.compile(r"url\(/assets/([^)]+)\)")
_SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")


def main() -> None:
    """Make the served files from the installed packages."""
    collect(project_root() / "node_modules", project_root() / SERVED)


def collect(node_modules: Path, target: Path) -> None:
    """Replace `target` by the served files; what is not there is a package that was not installed."""
    draft = target.with_name(".served.new")
    shutil.rmtree(draft, ignore_errors=True)
    for name, (source, files) in PACKAGES.items():
        for file in files:
            _serve(node_modules / source, file, draft / name)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)


def served_sheet(text: str) -> str:
    """A style sheet that finds its pictures beside it and asks for no typeface that we may not use."""
    return _ASSET.sub(r"url(assets/\1)", _TYPEFACE.sub("", _FONT_FACE.sub("", text)))


def _serve(source: Path, file: str, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    # The maps are not served, and a browser's tools would ask for them.
    text = _SOURCE_MAP.sub("", (source / file).read_text(encoding="utf-8"))
    if file.endswith(".css"):
        text = served_sheet(text)
        for picture in set(re.findall(r"url\(assets/([^)]+)\)", text)):
            _copy(source / "assets" / picture, target / "assets" / picture)
    (target / file).write_text(text, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
