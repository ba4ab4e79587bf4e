"""Text from the web on a terminal: no control character reaches it, and right-to-left text stays in its place."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from typing import Any

_JOINERS = "\u200c\u200d"  # ZWNJ and ZWJ are part of Persian and Indic spelling; every other format character goes
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def plain(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey.

    White space becomes single spaces; control characters, lone surrogates and unassigned code points become
    visible signs; format characters (bidi overrides, tags, soft hyphens) are dropped, joiners stay.
    """
    return " ".join(harmless(text).split())


def harmless(line: str) -> str:
    """Like `plain`, for a line whose spaces align something: each control character in it is made visible."""
    return "".join(map(_visible, line))


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":
        return char if char in _JOINERS else ""
    if category == "Cc":
        if char.isspace():
            return " "
        code = ord(char)
        return chr(0x2400 + code) if code < 0x20 else "\ufffd"
    return "\ufffd" if category in ("Cs", "Cn", "Co") else char


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 story`, `3,000 stories`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def isolated(text: str) -> str:
    """`plain(text)`; when it holds right-to-left letters, inside a bidi isolate, so that what stands around it
    (a date, a score, a bracket) keeps its place on the line."""
    return in_isolate(plain(text))


def in_isolate(shown: str) -> str:
    """`shown`, inside a bidi isolate when it holds right-to-left letters."""
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in shown):
        return f"{_ISOLATE}{shown}{_END_ISOLATE}"
    return shown


_ESCAPED_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")
"""What json.dumps leaves raw and a terminal may obey, or UTF-8 cannot carry."""


def json_text(value: Any) -> str:
    """The one JSON document of `--json`: other scripts readable, nothing in it that a terminal would obey."""
    return _ESCAPED_IN_JSON.sub(_json_escape, json.dumps(value, ensure_ascii=False, indent=1))


def json_line(value: Any) -> str:
    """A JSON document on one line, as harmless as `json_text`."""
    return _ESCAPED_IN_JSON.sub(_json_escape, json.dumps(value, ensure_ascii=False))


def hang_up() -> None:
    """When whoever read standard output stopped reading: what is left in it must not be tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _json_escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
