"""Bytes of an answer, unpacked and decoded, whatever its headers claim."""

from __future__ import annotations

import codecs
import re
import zlib

ZLIB_OR_GZIP = 47  # window bits: 15, plus 32 to tell the two apart by their heads
MAX_LAYERS = 3

_GZIP = b"\x1f\x8b\x08"
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (
    (re.compile(rb"\s*<\0\0\0"), "utf-32-le"),
    (re.compile(rb"(?:\0\0\0\s)*\0\0\0<"), "utf-32-be"),
    (re.compile(rb"(?:\s\0)*<\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"(?:\0\s)*\0<\0[^\0]"), "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding\s*=\s*|<meta[^>]{0,200}?charset\s*=\s*)["']?\s*([\w.:-]+)""", re.I
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 2048
_SAMPLE = 50_000
"""Bytes by which an undeclared encoding is judged."""

SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "shift_jis": "cp932",
    "euc_kr": "cp949", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "big5": "big5hkscs",
}  # fmt: skip
"""Encodings that publishers name and the larger ones they use (as the WHATWG encoding standard has it)."""

_COMMON = {
    "gb18030": (
        0.3,
        "的一是了在人有我他这中大来上国个到说们为子和你地出道时年得就那要下以生会自着去之过家学对可里后小么",
    ),
    "big5hkscs": (
        0.3,
        "的一是了在人有我他這中大來上國個到說們為子和你地出道時年得就那要下以生會自著去之過家學對可裡後小麼",
    ),
    "cp932": (0.4, "のにはをたがでてとしれさるいないかもらこうあるコンスルトイラーリ、。"),
    "euc_jp": (0.4, "のにはをたがでてとしれさるいないかもらこうあるコンスルトイラーリ、。"),
    "cp949": (0.3, "이의는다에을가하고지은를한로기도사서리대인나자어시해"),
    "cp1251": (0.7, "оеаинтсрвлкмі"),
    "cp1256": (0.7, "اليمنوترهبدع"),
    "cp1253": (0.75, "αοιετνσηυρςπάίό"),
    "cp1252": (0.9, "éèêëàâáäãåíìîóòôöõøúùüûçñßæœ’“”–«»"),
    "cp1250": (0.9, "ěščřžýáíéůúňťďąęłśżźćńóľőűţăđ"),
    "cp1254": (0.9, "ıİşŞğĞüÜöÖçÇâî"),
}
"""The letters that fill a text of each family and the share of its letters that they make up in news; the encoding
that comes nearest to its share is the likeliest."""


_LATIN = frozenset({"cp1252", "cp1250", "cp1254"})
_ROWS = re.compile(rb"[\x80-\xff]{3,}")


def unpack(body: bytes, limit: int) -> tuple[bytes, bool]:
    """The body without gzip or zlib around it, at most `limit` bytes, and whether it was cut.

    A damaged or cut archive gives what could be read of it.
    """
    data = body
    for _ in range(MAX_LAYERS):
        if not (data.startswith(_GZIP) or _ZLIB.match(data)):
            break
        unpacked = _inflate(data, limit + 1)
        if not unpacked:
            break
        data = unpacked
    return data[:limit], len(data) > limit


def _inflate(data: bytes, limit: int) -> bytes:
    found = bytearray()
    while data and len(found) < limit:
        machine = zlib.decompressobj(ZLIB_OR_GZIP)
        try:
            found += machine.decompress(data, limit - len(found))
        except zlib.error:
            return bytes(found)
        if not machine.eof or not machine.unused_data.startswith(_GZIP):
            break
        data = machine.unused_data  # a gzip file may be several in a row
    return bytes(found)


def decode(data: bytes, content_type: str = "", hint: str | None = None) -> str:
    """The text: by byte order mark, as UTF-8 when it is that, then as declared, as hinted, by its letters. No byte
    stops it: what cannot be decoded becomes U+FFFD.

    UTF-8 goes before what is declared: longer text of another encoding is never valid UTF-8 by chance, while
    declarations survive every change of a publisher's software.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = next((encoding for pattern, encoding in _WIDE if pattern.match(data)), None)
    if wide:
        return data.decode(wide, "replace")
    named = _named(data, content_type, hint)
    if data.isascii():
        shifting = "iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp_2" if b"\x1b$" in data else "ascii"
        return data.decode(shifting, "replace")
    for encoding in ("utf-8", *named):
        text = _strictly(data, encoding)
        if text is not None:
            return text
    return _guessed(data)


def _named(data: bytes, content_type: str, hint: str | None) -> list[str]:
    """Encodings by their Python names, other than UTF-8: declared in the text, in the header, by the source."""
    declared = _DECLARED.search(data, 0, _HEAD)
    header = _IN_HEADER.search(content_type)
    names = [declared and declared[1].decode("latin-1"), header and header[1], hint]
    known = [_known(name) for name in names if name]
    return [name for name in dict.fromkeys(known) if name and name not in ("utf-8", "utf-16", "utf-32")]


def _known(name: str) -> str | None:
    try:
        python_name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return SUPERSETS.get(python_name, python_name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: a codec that is no text encoding
        return None


def _guessed(data: bytes) -> str:
    """UTF-8 with a few damaged bytes, or the legacy encoding whose frequent letters are frequent."""
    text = data.decode("utf-8", "replace")
    letters = sum(not c.isascii() for c in text)
    if text.count("\ufffd") <= 0.1 * letters:
        return text
    sample = data[:_SAMPLE]
    return data.decode(max(_COMMON, key=lambda encoding: _likeness(sample, encoding)), "replace")


def _likeness(sample: bytes, encoding: str) -> float:
    share, common = _COMMON[encoding]
    letters = [c for c in sample.decode(encoding, "replace") if not c.isascii()]
    hits = sum(c.lower() in common for c in letters) / share - 5 * sum(c == "\ufffd" for c in letters)
    # Accented Latin letters stand alone among ASCII ones, letters of other scripts in rows.
    in_rows = sum(len(row) for row in _ROWS.findall(sample)) / max(1, sum(byte > 127 for byte in sample))
    return hits / max(1, len(letters)) * (1 - in_rows if encoding in _LATIN else in_rows)
