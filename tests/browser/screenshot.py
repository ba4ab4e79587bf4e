"""`python -m tests.browser.screenshot` renews docs/images: the demonstration's front page as a desktop and a phone show it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.chromium import browser, missing
from tests.store.datasette.server import serving

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
PICTURES = (("front-page.png", "", 1280), ("front-page-phone.png", "", 390))
"""File, path of the page, width of the window in CSS pixels."""


def take(folder: Path, store: Path) -> list[Path]:
    """One picture of the window for each of `PICTURES`, of a store that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving(store) as server, tempfile.TemporaryDirectory() as profiles:
        for name, path, width in PICTURES:
            with browser(Path(profiles) / name, width) as window:
                window.open(f"{server.url}/{path}")
                (folder / name).write_bytes(window.driver.get_screenshot_as_png())
    return [folder / name for name, _, _ in PICTURES]


def main() -> None:
    if why := missing():
        sys.exit(why)
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([sys.executable, "-m", "scheduler", "demo", "--dir", f"{made}/demo"], check=True, cwd=ROOT)
        for picture in take(IMAGES, Path(made) / "demo" / "silkwatch.db"):
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
