"""A real headless Chromium, driven by Selenium, that tells what it logged and whom it asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

_BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_DRIVER = shutil.which("chromedriver")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)


def missing() -> str:
    """Why there can be no browser here; empty when there can."""
    try:
        import selenium  # noqa: F401  # asked for by name only
    except ImportError:
        return "Selenium is not installed"
    if not _BROWSER:
        return "Chromium is not installed (Debian: apt-get install chromium chromium-driver)"
    return "" if _DRIVER else "chromedriver is not installed (Debian: apt-get install chromium-driver)"


needs_chromium = pytest.mark.skipif(bool(missing()), reason=missing())


class Browser:
    """A window of a given width, with what happened in it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, url: str) -> None:
        self.driver.get(url)

    def find(self, css: str) -> Any:
        return self.driver.find_element("css selector", css)

    def all(self, css: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", css))

    def ask(self, css: str, typed: str) -> None:
        """Type into a field of a form, press Enter, and wait for the page that answers."""
        with self._next_page():
            field = self.find(css)
            field.clear()
            field.send_keys(typed + "\n")

    def follow(self, link: Any) -> None:
        """Click, and wait for the page that answers."""
        with self._next_page():
            link.click()

    @contextmanager
    def _next_page(self) -> Iterator[None]:
        """The old document is marked, and one without the mark awaited.

        To ask an element of a document that is just being replaced makes the driver fail in more ways than "stale".
        """
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver.support.wait import WebDriverWait

        self.driver.execute_script("document.left = true")
        yield
        answered = "return document.readyState === 'complete' && !document.left"
        WebDriverWait(self.driver, 60, ignored_exceptions=(WebDriverException,)).until(
            lambda driver: driver.execute_script(answered)
        )

    def texts(self, css: str) -> list[str]:
        return [element.text for element in self.all(css)]

    def complaints(self) -> list[str]:
        """What the console said since it was last asked: errors, and what the policy forbade."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def hosts_asked(self) -> set[str]:
        """Hosts (with port) of all requests since it was last asked."""
        asked = set()
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                parts = urlsplit(event["params"]["request"]["url"])
                if parts.scheme in ("http", "https", "ws", "wss"):
                    asked.add(parts.netloc)
        return asked

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.driver.execute_script(f"return {width}"))

    def picture(self, path: Path) -> None:
        """The whole page as a PNG."""
        full = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
        import base64

        path.write_bytes(base64.b64decode(full["data"]))


@contextmanager
def browser(profile: Path, width: int, *, dark: bool = False) -> Iterator[Browser]:
    """A fresh browser with a profile of its own, `width` CSS pixels wide (under 500 as a phone)."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(_BROWSER)
    for argument in (*_QUIET, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(_DRIVER)))
    try:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        if dark:
            features = [{"name": "prefers-color-scheme", "value": "dark"}]
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        driver.set_page_load_timeout(60)
        yield Browser(driver)
    finally:
        driver.quit()
