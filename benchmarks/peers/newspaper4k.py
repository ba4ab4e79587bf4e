"""newspaper4k: download and parse each address, one after the other, as its quick start does.

Prints one JSON line. Images are not fetched, as no other contestant fetches them.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path

TROUBLE = (ImportError, LookupError, TypeError, ValueError, AttributeError)
"""What it raises on some pages: missing language parts or data, malformed metadata. Each costs that page alone."""


def main() -> None:
    import newspaper  # type: ignore[import-not-found]  # installed with the peers only

    pages = texts = 0
    for url in Path(sys.argv[1]).read_text("utf-8").split():
        article = newspaper.Article(url, fetch_images=False, request_timeout=60)
        try:
            article.download()
            article.parse()
        except (newspaper.ArticleException, *TROUBLE) as error:
            print(f"{url}: {type(error).__name__}: {str(error).strip()[:100]}", file=sys.stderr)
            continue
        pages += 1
        texts += bool(article.text)
    print(json.dumps({"version": version("newspaper4k"), "pages": pages, "texts": texts}))


if __name__ == "__main__":
    main()
