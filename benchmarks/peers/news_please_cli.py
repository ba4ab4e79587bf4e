"""news-please's command line: its own crawler over the addresses, its default pipelines (HTML and JSON files).

Writes the configuration that `news-please -c` wants into the folder given, runs it, and prints one JSON line.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

WITHOUT_IMAGES = "('newspaper_extractor_no_images', 'NewspaperExtractorNoImages')"


def configuration(folder: Path, urls: list[str]) -> Path:
    """The shipped configuration, working in this folder and leaving images alone, and a list of the addresses."""
    import newsplease  # type: ignore[import-not-found]  # installed with the peers only

    shipped = (Path(newsplease.__file__).parent / "config" / "config.cfg").read_text("utf-8")
    home = folder / "config"
    home.mkdir(parents=True, exist_ok=True)
    text = re.sub(r"(?m)^working_path = .*$", f"working_path = {folder}/", shipped)
    text = re.sub(r"(?m)^extractors = \['newspaper_extractor'", f"extractors = [{WITHOUT_IMAGES}", text)
    (home / "config.cfg").write_text(text, "utf-8")
    sites = {"base_urls": [{"crawler": "Download", "url": urls}]}
    (home / "sitelist.hjson").write_text(json.dumps(sites), "utf-8")
    return home


def main() -> None:
    urls, folder = Path(sys.argv[1]).read_text("utf-8").split(), Path(sys.argv[2])
    home = configuration(folder, urls)
    subprocess.run([sys.executable, "-m", "newsplease", "-c", f"{home}/"], check=True)
    written = [json.loads(path.read_text("utf-8")) for path in (folder / "data").rglob("*.json")]
    texts = sum(bool(article.get("maintext")) for article in written)
    print(json.dumps({"version": version("news-please"), "pages": len(written), "texts": texts}))


if __name__ == "__main__":
    main()
