"""The seed corpus: articles known before the first pass, turned into facts and fingerprints. Their texts are not
kept.

`make_seeds` reads a user's files, `write_seeds` and `load_seeds` keep what a beat ships, one JSON file a seed.
What is written holds addresses, dates, headlines, numbers and cut hashes (`analysis/sketch.py`), no run of
words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from crawler import seed_files, urls
from crawler.analysis import evidence
from crawler.analysis.fingerprint import fingerprint, shingles
from crawler.analysis.language import identify
from crawler.analysis.prepared import prepare
from crawler.analysis.sketch import sketch
from crawler.seed_files import Known, Unusable
from store.errors import ConfigurationError, UsageError
from store.models import Fingerprint, Seed

SHIPPED, USER = "shipped", "user"
_FORMAT = 1
_FEWEST_WORDS = 20
"""A shorter text would be found in articles that only quote it."""


def make_seeds(
    paths: Sequence[Path],
    facts: Path | None = None,
    *,
    added_by: str = USER,
    left_out: Callable[[str], None] | None = None,
) -> list[Seed]:
    """Seeds from files and folders: texts, HTML pages, CSV, JSON or JSON lines with the columns `url` and `text`.

    `facts` is a JSON file with a list `seeds` of objects that name a file (`seed`) and what is known of it: `url`,
    `alternate_urls`, `publisher`, `published`, `title`, `language`; a folder may hold one of its own as `seeds.json`.
    A text given twice is one seed, with the addresses of both.

    Args:
        left_out: told of each article that cannot be a seed, which is then left out; without it the first one raises.

    Raises:
        UsageError: a path is missing or unreadable, or nothing that was given can be a seed (for `left_out` alone: or
            any); the message names it.
    """
    found: dict[str, Seed] = {}  # by text
    refused: list[str] = []
    for known in seed_files.read(paths, facts):
        made = known if isinstance(known, Unusable) else _seed(known, added_by)
        if isinstance(made, Seed):
            digest = made.fingerprint.digest
            found[digest] = _as_one(found[digest], made) if digest in found else made
        elif left_out is None:
            raise UsageError(made.why)
        else:
            refused.append(made.why)
    if not found:
        raise UsageError("; ".join(refused[:3]) or f"no article found in {', '.join(map(str, paths)) or 'no path'}")
    if left_out is not None:
        for why in refused:
            left_out(why)
    return list(found.values())


def write_seeds(folder: Path, seeds: Sequence[Seed]) -> list[Path]:
    """Write each seed as `<id>.json` into a beat's folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for seed in seeds:
        path = folder / f"{seed.id}.json"
        path.write_text(_to_json(seed), encoding="utf-8")
        written.append(path)
    return written


def load_seeds(folder: Path) -> list[Seed]:
    """The seeds of a beat, by file name; none when the folder is not there.

    Raises:
        ConfigurationError: a file is not a seed; the message names the file, the key and what was expected.
    """
    return [_from_json(path) for path in sorted(folder.glob("*.json"))] if folder.is_dir() else []


def _seed(known: Known, added_by: str) -> Seed | Unusable:
    ready = prepare(known.text)
    if len(ready.words) < _FEWEST_WORDS:
        return Unusable(f"{known.origin}: {len(ready.words)} words of text, at least {_FEWEST_WORDS} are needed")
    print_ = fingerprint(known.text)
    language = identify(known.text, hint=known.language)
    url = (urls.canonical(known.url) or known.url) if known.url else ""
    others = [urls.canonical(other) or other for other in known.alternate_urls]
    return Seed(
        id=_id(url, known.origin, print_.digest), url=url, title=known.title,
        publisher=known.publisher or (urls.site(url) if url else ""), published=known.published, language=language,
        fingerprint=print_, shingles=sketch(shingles(known.text), print_.tokens),
        numbers=tuple(sorted(evidence.values(ready, language))), added_by=added_by,
        alternate_urls=tuple(dict.fromkeys(other for other in others if other != url)),
    )  # fmt: skip


def _as_one(first: Seed, second: Seed) -> Seed:
    """Two seeds of one text: the first one with an address, and all addresses."""
    kept, other = (second, first) if second.url and not first.url else (first, second)
    urls_of_both = (*kept.alternate_urls, other.url, *other.alternate_urls)
    return replace(
        kept, alternate_urls=tuple(dict.fromkeys(url for url in urls_of_both if url not in ("", kept.url)))
    )


def _id(url: str, origin: str, digest: str) -> str:
    """Readable, and the same whenever the same text is given."""
    name = urls.host(url).removeprefix("www.") if url else Path(origin).stem
    safe = "".join(char if char.isascii() and char.isalnum() else "-" for char in name.lower())
    return f"{safe.strip('-')[:40]}-{digest[:8]}"


def _to_json(seed: Seed) -> str:
    """Facts one a line, hashes on one line each."""
    value: dict[str, Any] = {"format": _FORMAT, **asdict(seed)}
    del value["added_by"]
    value["fingerprint"]["hashes"] = [f"{number:012x}" for number in seed.fingerprint.hashes]
    lines = [f"  {json.dumps(key)}: {json.dumps(part, ensure_ascii=False)}" for key, part in value.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _from_json(path: Path) -> Seed:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}: not a seed file ({error})") from error
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise ConfigurationError(f"{path}: key 'format': expected {_FORMAT}")
    try:
        return _read(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigurationError(f"{path}: not a complete seed ({type(error).__name__}: {error})") from error


def _read(value: Mapping[str, Any]) -> Seed:
    marks = value["fingerprint"]
    texts = {name: str(value[name]) for name in ("id", "url", "title", "publisher", "published", "language")}
    return Seed(
        fingerprint=Fingerprint(
            version=int(marks["version"]), hashes=tuple(int(number, 16) for number in marks["hashes"]),
            tokens=int(marks["tokens"]), digest=str(marks["digest"]),
        ),
        shingles=tuple(map(int, value["shingles"])), numbers=tuple(map(str, value["numbers"])), added_by=SHIPPED,
        alternate_urls=tuple(map(str, value["alternate_urls"])), **texts,
    )  # fmt: skip
