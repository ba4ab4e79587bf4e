"""The identity of an address: one spelling for all the ways in which one article's address is written."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urljoin

from crawler import url_rules as rules
from crawler.url_hosts import identity_host
from crawler.url_wrappers import unwrap

MAX_LENGTH = 8192
"""Characters; longer addresses are refused (Persian slugs escaped three bytes a letter stay under 3,000)."""
MAX_WRAPPERS = 8

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HTTP = re.compile(r"https?:[/\\]{0,3}(?:https?:[/\\]{1,3})*", re.IGNORECASE)
_REST = re.compile(r"([^/\\?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_ENDS = "".join(map(chr, range(33))) + "\x7f\xa0\u200b\u200e\u200f\u2028\u2029\u202a\u202c\u3000\ufeff"
_BREAKS = str.maketrans("", "", "\t\r\n\x00")
_PORT = re.compile(r"0{0,40}[0-9]{1,5}")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,=:@/-]*")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9._~!$'()*,:@/=&-]*")
_PATH_SAFE = "!$&'()*+,;=:@~"
_VALUE_SAFE = "!$'()*,;:@~/="
_NAME_SAFE = "!$'()*,;:@~/"
_JOINED = re.compile(r"&|\?(?=(?:utm_|at_|fbclid=|gclid=|ref=))")
_ESCAPED_AMP = re.compile(r"\A(?:amp;)+", re.IGNORECASE)
_DIGITS = re.compile(r"\d{3}")
_WORD = re.compile(r"[a-z]{4}")
_RECIRCULATED = re.compile(r"rss|_|\A(?:djem|e2)")
"""How sites mark where on a page a link stood: `mod=hp_lead_pos1`, `tid=ss_tw`, `mod=e2tw`."""
_HASHBANG = re.compile(r"!?/.*\w", re.DOTALL)


@lru_cache(maxsize=16384)
def canonical(url: str, base: str | None = None) -> str | None:
    """The identity of an article's address, or None when it is no http(s) address.

    An identity is compared and stored, not requested: the scheme is always https, `www.`, `m.` and `amp.` hosts, AMP
    and print paths, tracking and session parameters, default ports, fragments (hashbang routes are kept), index
    files, doubled and trailing slashes are gone, escapes and parameter order are normal. Redirectors and AMP caches
    that carry their target stand for the target. Parameters that may identify an article and language paths stay.

    Args:
        url: as found: absolute, or relative to `base`; HTML escapes (`&amp;`) in the query are understood.
        base: the address of the document where it was found.
    """
    found = absolute(url, base)
    for _ in range(MAX_WRAPPERS):
        if found is None:
            return None
        same = _identity(unwrap(found))
        if same is None or unwrap(same) == same:
            return same
        found = same
    return None


def absolute(url: str, base: str | None = None) -> str | None:
    """The http(s) address that a browser would ask for, cleaned of line breaks and surrounding blanks; else None."""
    url = url.strip(_ENDS).translate(_BREAKS)
    if not url or len(url) > MAX_LENGTH:
        return None
    if url.startswith(("//", "\\\\")):
        scheme = "http:" if base is not None and base[:5].lower() == "http:" else "https:"
        url = scheme + url
    elif not _SCHEME.match(url) and url[:4].lower() == "www.":
        url = f"https://{url}"
    elif base is not None and not _SCHEME.match(url):
        try:
            url = urljoin(base, url.replace("\\", "/"))
        except ValueError:
            return None
    start = _HTTP.match(url)
    if start is None:
        return None
    scheme = "https://" if start[0].lower().rpartition("http")[2].startswith("s") else "http://"
    return scheme + url[start.end() :] if start.end() < len(url) else None


def _identity(url: str) -> str | None:
    """One pass over an address whose wrappers are opened."""
    clean = absolute(url)
    parts = clean and _REST.match(clean, clean.index("://") + 3)
    authority = _authority(parts[1]) if parts else None
    if not parts or authority is None:
        return None
    query, route = _query(parts[3]) if parts[3] else ("", "")
    fragment = _fragment(parts[4] or "") or _fragment(route)
    return f"https://{authority}{_path(parts[2])}{query}{fragment}"


def _authority(text: str) -> str | None:
    """Host and port for the identity; user names are dropped, and so are the ports 80 and 443."""
    _, _, address = text.rpartition("@")
    host, colon, port = address.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = address, ""
    if port and not (_PORT.fullmatch(port) and int(port) < 65536):
        return None
    if "%" in host:
        host = unquote_to_bytes(_encodable(host)).decode("utf-8", "replace")
    name = identity_host(host)
    if name is None:
        return None
    return f"{name}:{int(port)}" if port and int(port) not in (80, 443) else name


def _path(path: str) -> str:
    path = rules.GLUED.sub("", path) if "&" in path else path
    if not _PLAIN_PATH.fullmatch(path):
        path = "/".join(_escape(segment, _PATH_SAFE) for segment in path.replace("\\", "/").split("/"))
        path = rules.PATH_SESSION.sub("", path)
    segments = _resolved(path.split("/"))
    while (shorter := _without_variants(segments)) != segments:
        segments = shorter
    return "/" + "/".join(segments)


def _resolved(segments: list[str]) -> list[str]:
    """Without empty, dot and cookieless-session segments."""
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment and segment != "." and not rules.COOKIELESS.fullmatch(segment):
            kept.append(segment)
    return kept


def _without_variants(segments: list[str]) -> list[str]:
    """Without AMP and print segments (unless nothing else is there), their suffixes, and an index file."""
    if not segments:
        return segments
    last = rules.VARIANT_SUFFIX.sub("", segments[-1]) or segments[-1]
    kept = [*segments[:-1], last]
    if rules.INDEX_FILE.fullmatch(last):
        kept.pop()
    return [s for s in kept if s not in rules.VARIANT_SEGMENTS] or kept


def _query(query: str) -> tuple[str, str]:
    """`?name=value&…` sorted, without parameters that do not identify an article, and a route that one of them names.

    Both are empty when there is none.
    """
    parts = _JOINED.split(query)
    plain = _PLAIN_QUERY.fullmatch(query)
    pairs = {_pair(part, plain=bool(plain)) for part in parts if part}
    names = {name.lower() for name, _ in pairs}
    idle = frozenset[str]().union(*(rules.COMPANIONS[name] for name in names & rules.COMPANIONS.keys()))
    kept = {pair for pair in pairs if pair[0] and pair[0].lower() not in idle and not is_noise(*pair)}
    routes = sorted(value for name, value in kept if name == rules.ESCAPED_FRAGMENT and value)
    kept = {pair for pair in kept if pair[0] != rules.ESCAPED_FRAGMENT}
    full = {f"{name}={value}" if value else name for name, value in kept if value != ""}
    # A name with an equals sign and nothing after it says nothing beside others, but may be all there is.
    full = full or {name for name, _ in kept}
    return "?" + "&".join(sorted(full)) if full else "", "!" + routes[0] if routes else ""


def _pair(part: str, *, plain: bool) -> tuple[str, str | None]:
    """Name and value as they stand in an identity; None for a name without equals sign."""
    name, equals, value = part.partition("=")
    if not plain:
        name = _ESCAPED_AMP.sub("", _escape(name.replace("+", " "), _NAME_SAFE))
        value = _escape(value.replace("+", " "), _VALUE_SAFE)
    return name, value if equals else None


def is_noise(name: str, value: str | None) -> bool:
    """True for a parameter that says how a page was reached or rendered, and not which article it is."""
    name, value = name.lower(), (value or "").lower()
    if name in rules.TRACKING or name.startswith(rules.TRACKING_PREFIXES) or value in rules.TRACKING_VALUES:
        return True
    if name in rules.NUMBERED and value.isdecimal():
        return False
    if name in rules.AMBIGUOUS:
        return not _DIGITS.search(value) or _WORD.search(value) is not None
    if name in rules.NUMBERED:
        return _RECIRCULATED.search(value) is not None
    return _names_rendering(name, value) or _names_session(name, value)


def _names_rendering(name: str, value: str) -> bool:
    if name in rules.AMP_NAMES or name in rules.MOBILE_NAMES or name in rules.WHOLE_NAMES:
        return True
    if name in rules.PRINT_NAMES:
        return not _DIGITS.search(value)
    if name in rules.PAGE_NAMES and value in rules.FIRST_OR_WHOLE:
        return True
    if name == "m":  # blogs switch with m=0 and m=1; other numbers name a month or an article
        return value in ("0", "1")
    return name in rules.VARIANT_VALUE_NAMES and value in rules.VARIANT_VALUES


def _names_session(name: str, value: str) -> bool:
    if rules.SESSION.fullmatch(name):
        return True
    opaque = rules.OPAQUE.fullmatch(value) and (len(value) >= 24 or _DIGITS.search(value))
    return name in rules.OPAQUE_SESSION and bool(opaque) and not value.isdecimal()


def _fragment(fragment: str) -> str:
    """Only routes of script applications (`#!/…`, `#/…`) name a page; an anchor does not."""
    if not _HASHBANG.match(fragment):
        return ""
    return "#" + _escape(fragment, _PATH_SAFE + "/?").rstrip("/")


def _escape(text: str, safe: str) -> str:
    """Escapes only where they are needed, upper case, of the composed form (NFC) of UTF-8 text."""
    raw = unquote_to_bytes(_encodable(text))
    with suppress(UnicodeDecodeError):  # the bytes of a legacy charset are kept as they are
        raw = _composed(raw.decode("utf-8"))
    return quote(raw, safe=safe)


def _composed(text: str) -> bytes:
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).encode("utf-8")


def _encodable(text: str) -> str:
    """Lone surrogates, which no server can be asked for, become question marks' escapes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
