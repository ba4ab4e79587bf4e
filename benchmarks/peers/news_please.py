"""news-please as a library: all addresses at once, as `NewsPlease.from_urls` is meant to be called.

Prints one JSON line. Images are not fetched, as no other contestant fetches them.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

TIMEOUT = 60
"""Seconds; without request arguments `from_urls` of this version returns nothing (it asks None for a time-out)."""


def main() -> None:
    from newsplease import NewsPlease  # type: ignore[import-not-found]  # installed with the peers only

    urls = Path(sys.argv[1]).read_text("utf-8").split()
    articles: dict[str, Any] = NewsPlease.from_urls(urls, request_args={"timeout": TIMEOUT}, fetch_images=False)
    read = [a for a in articles.values() if a]
    texts = sum(bool(getattr(a, "maintext", None)) for a in read)
    print(json.dumps({"version": version("news-please"), "pages": len(read), "texts": texts}))


if __name__ == "__main__":
    main()
