"""newspaper4k: download and parse each address, one after the other, as its quick start does.

Prints one JSON line. Images are not fetched, as no other contestant fetches them.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path


def main() -> None:
    import newspaper  # type: ignore[import-not-found]  # installed with the peers only

    pages = texts = 0
    for url in Path(sys.argv[1]).read_text("utf-8").split():
        article = newspaper.Article(url, fetch_images=False, request_timeout=60)
        try:
            article.download()
            article.parse()
        except (newspaper.ArticleException, ImportError) as error:  # ImportError: a language it has no parts for
            print(f"{url}: {error}", file=sys.stderr)
            continue
        pages += 1
        texts += bool(article.text)
    print(json.dumps({"version": version("newspaper4k"), "pages": pages, "texts": texts}))


if __name__ == "__main__":
    main()
