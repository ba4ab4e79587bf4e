"""Bytes → text, once: by BOM, by what the bytes are, by what the page says of itself, then by statistics.

Valid UTF-8 with a character outside ASCII is UTF-8 whatever the labels say (a text in another charset is valid UTF-8
by chance about never). Labels are then tried in turn; each is read as the superset that browsers take for it
(WHATWG Encoding Standard: `gb2312` is GB18030, `iso-8859-1` Windows-1252, …) and believed only if the bytes agree.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from crawler.extraction.vocabulary import words

_SUPERSETS = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "big5-tw": "big5hkscs",
    "cp936": "gb18030",
    "cp949": "cp949",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_ALIASES = {
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "chinese": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "x-windows-949": "cp949",
    "windows-874": "cp874",
    "x-x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "unicode": "utf-16",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-31j": "cp932",
    "iso-8859-8-i": "iso8859-8",
    "utf8mb4": "utf-8",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_CHARSETS = frozenset(words("idna punycode raw-unicode-escape unicode-escape undefined utf-7 mbcs oem"))
"""Codecs of Python that are no charsets of pages, or that browsers refuse."""
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_META_WINDOW = 8192
"""Bytes searched for the page's own label; browsers look at 1,024, but some pages open with long comments."""
_TAGS = re.compile(rb"<script.*?</script>|<style.*?</style>|<[^>]*>|[\x00-\x40\x5b-\x60\x7b-\x7e]+", re.DOTALL | re.I)
_MULTIBYTE = frozenset(
    {"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "iso2022_jp", "iso2022_kr", "johab", "hz", "euc_jis_2004"}
)
_LATIN = frozenset({"cp1252", "cp1254", "iso8859-15", "iso8859-2", "cp1250", "iso8859-4", "cp1257", "mac-roman"})
_MOST_HIGH_BYTES_OF_LATIN = 0.3
_EVERYDAY = {
    "gb18030": "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下",
    "big5hkscs": "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下",
    "cp932": "のにはをたがでてとしれさいるかなもっこりすあらくきまだよそ、。",
    "euc_jp": "のにはをたがでてとしれさいるかなもっこりすあらくきまだよそ、。",
    "cp949": "이다는의에을를은가고하로지한도서사기자해시으대인리들어나일그있라정스과",
}
"""Characters that make up a good part of any running text in the charset's language."""
_SAMPLE = 40_000
_ON_THE_WEB = words("""
    cp1252 cp1251 cp1250 cp1256 cp1254 cp1253 cp1255 cp1257 cp1258 cp874 koi8_r gb18030 big5hkscs cp932 euc_jp cp949
    iso2022_jp utf_16 cp866 mac_cyrillic iso8859_2 iso8859_5 iso8859_6 iso8859_7 iso2022_kr
""")
"""What pages without a true label are written in; anything else that statistics may suggest is a mistake."""


def decode(body: bytes, *, header: str | None = None, hint: str | None = None) -> str:
    """The text of a page; never fails: what cannot be read becomes U+FFFD.

    Args:
        header: charset of the Content-Type header.
        hint: charset that the source's file gives; tried before the other labels.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return body.decode(charset, "replace")
    if (text := _utf8(body)) is not None and not _escapes(body):
        return text
    for charset in _labels(body, header, hint):
        if (text := _believed(body, charset)) is not None:
            return text
    return body.decode(_guess(body), "replace")


def declared(body: bytes) -> str | None:
    """The charset that the page itself names, as a Python codec, or None."""
    found = _META.search(body[:_META_WINDOW])
    return _codec(found.group(1).decode("ascii", "replace")) if found else None


def _labels(body: bytes, header: str | None, hint: str | None) -> Iterator[str]:
    seen = set()
    for label in (hint and _codec(hint), header and _codec(header), declared(body)):
        if label and label not in seen:
            seen.add(label)
            yield label


def _codec(label: str) -> str | None:
    """A label as the Python codec browsers would use, or None for one that is unknown."""
    name = label.strip().strip("\"'").lower()
    if name in _ALIASES:
        return _ALIASES[name]
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # `_is_text_encoding` is how the codec registry tells charsets from transforms such as base64 and rot13.
    if not getattr(known, "_is_text_encoding", True) or known.name in _NO_CHARSETS:
        return None
    return _SUPERSETS.get(known.name, known.name)


def _utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(body) - 3:
            return body[: error.start].decode("utf-8")
        return None


def _escapes(body: bytes) -> bool:
    """Seven-bit charsets that switch by escape sequences look like ASCII."""
    return b"\x1b$" in body or b"\x1b(" in body


def _believed(body: bytes, charset: str) -> str | None:
    """The text when the bytes agree with the label."""
    if charset.startswith("utf-8"):
        return _damaged_utf8(body)
    if charset in ("utf-16", "utf-16-le", "utf-16-be", "utf-32") and b"\x00" not in body[:200]:
        return None
    try:
        text = body.decode(charset)
    except UnicodeDecodeError:
        text = body.decode(charset, "replace")
        if charset not in _MULTIBYTE and charset not in _LATIN:
            return None
        if text.count("\ufffd") > 2 + len(text) // 2000:
            return None
    if charset in _LATIN and _high_share(body) > _MOST_HIGH_BYTES_OF_LATIN:
        return None
    return text


def _damaged_utf8(body: bytes) -> str | None:
    """UTF-8 with a few broken characters (cut strings, mixed-in comments), or None when it is another charset."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text[:200_000] if char > "\x7f") - broken
    return text if broken <= 3 or broken * 10 < whole else None


def _high_share(body: bytes) -> float:
    """Share of bytes above ASCII among the letters outside tags, 0 to 1."""
    letters = _TAGS.sub(b"", body[:_SAMPLE])
    return sum(byte > 0x7F for byte in letters) / len(letters) if letters else 0.0


def _guess(body: bytes) -> str:
    """The charset by statistics of the bytes outside tags."""
    from charset_normalizer import from_bytes  # half a megabyte of tables that few pages need

    if asian := _east_asian(body):
        return asian
    sample = b" ".join(piece for piece in re.split(rb"<[^>]*>", body[: 4 * _SAMPLE]) if any(b > 0x7F for b in piece))
    if _escapes(body):
        sample = body[:_SAMPLE]
    best = from_bytes(sample[:_SAMPLE], cp_isolation=list(_ON_THE_WEB)).best() if sample else None
    return (_codec(best.encoding) if best else None) or "cp1252"


def _east_asian(body: bytes) -> str | None:
    """The multi-byte charset in which the bytes read as everyday language, also when some of them are broken."""
    best, charset = 0.0, None
    for candidate, everyday in _EVERYDAY.items():
        letters = [char for char in body.decode(candidate, "replace")[: 2 * _SAMPLE] if char > "\x7f"]
        broken = letters.count("\ufffd")
        if len(letters) < 20 or broken * 50 > len(letters):
            continue
        share = sum(char in everyday for char in letters) / len(letters)
        if share > max(best, 0.12):
            best, charset = share, candidate
    return charset
