"""Reading articles that a user already has: text files, HTML pages, CSV and JSON lines, folders of them."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import urls
from crawler.seed_text import clean, headline
from store.errors import UsageError
from store.models import Rejection, Source
from store.text import fold, tokens

FACTS = "seeds.json"
"""In a folder: what is known of its files."""

_SAMPLE = 20_000
_STRANGE = 50
"""One strange character in so many is allowed for."""
_MARKS = frozenset(
    "\u200c\u200d.,;:!?'\"()[]{}<>/-–—…«»“”‘’„،؛؟٬٫，。、；：？！（）【】《》〈〉「」『』·%&@#*+=_|$€£°№§\\"
)
_LONGEST = 1_000_000
"""Characters of an article at most; what is longer holds many, and would be found in all of them."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article as it was given, its text cleaned."""

    origin: str
    """File, and line or row where it holds several."""
    text: str
    url: str = ""
    alternate_urls: tuple[str, ...] = ()
    title: str = ""
    publisher: str = ""
    published: str = ""
    """ISO day or empty."""
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Unusable:
    """What was given and is no article, with its file (and row) and why, in one line."""

    why: str


def read(paths: Sequence[Path], facts: Path | None) -> Iterator[Known | Unusable]:
    """The articles of files and folders, in the order given; of folders all that lies below them, by name.

    Raises:
        UsageError: a path does not exist, cannot be read or is of a kind that is not known.
    """
    told = _facts(facts) if facts else {}
    for path in paths:
        if path.is_dir():
            yield from _folder(path, told)
        elif path.suffix.lower() in _READERS:
            yield from _file(path, told)
        else:
            raise UsageError(f"{path}: expected a folder or a file ending in {', '.join(sorted(_READERS))}")


def _folder(folder: Path, told: Mapping[str, Mapping[str, Any]]) -> Iterator[Known | Unusable]:
    own = _facts(folder / FACTS) if (folder / FACTS).is_file() else {}
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in _READERS and path.is_file() and path.name != FACTS and not hidden:
            yield from _file(path, {**own, **told})


def _file(path: Path, told: Mapping[str, Mapping[str, Any]]) -> Iterator[Known | Unusable]:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    try:
        for known in _READERS[path.suffix.lower()](path, body):
            yield known if isinstance(known, Unusable) else _with_facts(known, told.get(path.name, {}))
    except UnicodeDecodeError as error:
        where = f"{error.reason} at byte {error.start}"
        yield Unusable(f"{path}: not UTF-8 text ({where}) and of no charset that is known; save it as UTF-8")


def _with_facts(known: Known, facts: Mapping[str, Any]) -> Known:
    """What is told of a file goes before what its text shows."""
    day = _DAY.search(str(facts.get("published") or ""))
    url = str(facts.get("url") or known.url)
    return replace(
        known,
        url=url,
        alternate_urls=tuple(map(str, facts.get("alternate_urls") or ())) or known.alternate_urls,
        title=str(facts.get("title") or _title(known.title, url)),
        publisher=_REMARK.sub("", str(facts.get("publisher") or known.publisher)),
        published=day.group() if day else known.published,
        language=str(facts.get("language") or known.language),
    )


def _title(first_line: str, url: str) -> str:
    """The headline: the text's first line, unless the address spells another one (then that line is a standfirst)."""
    words = url.rstrip("/").rpartition("/")[2].split("-")
    if len(words) < 4 or not all(word.isalpha() for word in words):
        return first_line
    known = set(tokens(fold(first_line)))
    return (
        first_line if 2 * sum(fold(word) in known for word in words) >= len(words) else " ".join(words).capitalize()
    )


def _facts(path: Path) -> dict[str, Mapping[str, Any]]:
    """What a facts file tells, by file name."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["seeds"]
        return {row["seed"]: row for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: expected a JSON object with a list 'seeds' of objects with 'seed' ({error})"
        ) from error


def _decoded(body: bytes) -> str:
    """UTF-8, or UTF-16 when the file says so, as spreadsheets and editors write it; else the charset that it is in.

    Raises:
        UnicodeDecodeError: it is no text in any of the charsets that pages are written in.
    """
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        from crawler.extraction import charset  # half a megabyte of tables that few files need

        text = "" if b"\0" in body else charset.decode(body)
        if not text or "\ufffd" in text or not _reads(text):
            raise
        return text


def _reads(text: str) -> bool:
    """Whether nearly all characters are those of running text: of a wrong charset they are not."""
    sample = text[:_SAMPLE]
    strange = sum(not (char.isalnum() or char.isspace() or char in _MARKS) for char in sample)
    return strange * _STRANGE <= len(sample)


def _text(path: Path, body: bytes) -> Iterator[Known | Unusable]:
    text = _decoded(body)
    yield _long(str(path), text) or Known(origin=str(path), text=clean(text), title=headline(text))


def _json_lines(path: Path, body: bytes) -> Iterator[Known | Unusable]:
    # Not splitlines: JSON strings may hold separators that it takes for ends of lines.
    for number, line in enumerate(_decoded(body).split("\n"), start=1):
        if line.strip():
            try:
                yield _row(f"{path}, line {number}", json.loads(line))
            except ValueError as error:
                yield Unusable(f"{path}, line {number}: not JSON ({error})")


def _json(path: Path, body: bytes) -> Iterator[Known | Unusable]:
    """One article as an object, or a list of them."""
    try:
        value = json.loads(_decoded(body))
    except json.JSONDecodeError as error:
        yield Unusable(f"{path}: not JSON ({error})")
        return
    for number, row in enumerate(value if isinstance(value, list) else [value], start=1):
        yield _row(f"{path}, item {number}", row)


def _csv(path: Path, body: bytes) -> Iterator[Known | Unusable]:
    """Rows under a header; the mark between columns is the one that the header has most of."""
    text = _decoded(body)
    header = text.partition("\n")[0]
    mark = max(",;\t", key=header.count)
    csv.field_size_limit(sys.maxsize)  # articles are longer than the 128 KB that csv takes for a mistake
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
    if rows.fieldnames and not {"url", "text"} <= set(rows.fieldnames):
        yield Unusable(f"{path}: the first line must name the columns url and text; it is: {header.strip()[:80]}")
        return
    try:
        for row in rows:
            yield _row(f"{path}, line {rows.line_num}", row)
    except csv.Error as error:
        yield Unusable(f"{path}, line {rows.line_num}: not CSV ({error})")


def _row(origin: str, row: Any) -> Known | Unusable:
    """An article from a row with `url` and `text`; `title`, `publisher`, `published` and `language` when there."""
    if not isinstance(row, dict):
        return Unusable(f"{origin}: expected an object with 'url' and 'text'")
    missing = [key for key in ("url", "text") if not row.get(key)]
    if missing:
        there = ", ".join(str(key) for key in row if key) or "nothing"
        return Unusable(f"{origin}: {missing[0]!r} is missing or empty (there is: {there})")
    if urls.canonical(str(row["url"])) is None:
        return Unusable(f"{origin}: 'url' is no http(s) address: {str(row['url'])[:80]}")
    if not isinstance(row["text"], str):
        return Unusable(f"{origin}: 'text' is a {type(row['text']).__name__}, expected a string")
    if too_long := _long(origin, row["text"]):
        return too_long
    day = _DAY.search(str(row.get("published") or ""))
    return Known(
        origin=origin, text=clean(row["text"]), url=str(row["url"]), title=str(row.get("title") or ""),
        publisher=str(row.get("publisher") or ""), published=day.group() if day else "",
        language=str(row.get("language") or "und"),
    )  # fmt: skip


def _long(origin: str, text: str) -> Unusable | None:
    if len(text) <= _LONGEST:
        return None
    return Unusable(f"{origin}: {len(text):,} characters, more than an article has; give each article on its own")


def _page(path: Path, body: bytes) -> Iterator[Known | Unusable]:
    """An article from a saved page, read as a pass reads it."""
    # Imported here: trafilatura takes half a second to load, and most seeds are texts.
    from crawler.extraction.page import read_page

    claimed = _CANONICAL.search(body.decode("utf-8", "replace"))
    url = (claimed and urls.canonical(claimed["url"])) or f"https://{path.stem}.invalid/{path.name}"
    source = Source(
        id="seed", name=urls.host(url), homepage=url, country="", language="mul", perspective="unknown"
    )  # fmt: skip
    article = read_page(
        body, url=url, headers_charset=None, source=source, link=None, now=datetime.now(UTC)
    )  # fmt: skip
    if isinstance(article, Rejection):
        yield Unusable(f"{path}: no article ({article.detail})")
        return
    yield Known(
        origin=str(path), text=clean(article.text), url=url if claimed else "", title=article.title,
        published=article.published.value.date().isoformat() if article.published else "", language=article.language,
    )  # fmt: skip


_CANONICAL = re.compile(
    r"""<link\b(?=[^>]*\brel=["']?canonical)[^>]*\bhref=["']?(?P<url>https?://[^"'\s>]+)""", re.IGNORECASE
)
_READERS: dict[str, Callable[[Path, bytes], Iterator[Known | Unusable]]] = {
    ".txt": _text,
    ".jsonl": _json_lines,
    ".json": _json,
    ".csv": _csv,
    ".html": _page,
    ".htm": _page,
}
