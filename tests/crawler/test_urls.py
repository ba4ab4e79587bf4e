"""One article has one identity, whatever spelling of its address was found, and two articles have two."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler import urls
from tests.shared import needs_shared, shared

ARTICLE = "https://example.com/news/12345/ships-meet"
SPELLINGS = {
    "as it is": "https://example.com/news/12345/ships-meet",
    "plain http": "http://example.com/news/12345/ships-meet",
    "www": "https://www.example.com/news/12345/ships-meet",
    "trailing slash": "https://example.com/news/12345/ships-meet/",
    "doubled slashes": "https://example.com//news//12345/ships-meet",
    "dots in the path": "https://example.com/world/../news/./12345/ships-meet",
    "capital scheme and host": "HTTPS://Example.COM/news/12345/ships-meet",
    "trailing dot of the host": "https://example.com./news/12345/ships-meet",
    "default port": "https://example.com:443/news/12345/ships-meet",
    "default port of http": "http://example.com:80/news/12345/ships-meet",
    "user name": "https://user:secret@example.com/news/12345/ships-meet",
    "fragment": "https://example.com/news/12345/ships-meet#comments",
    "needless escapes": "https://example.com/news/%31%32345/ships%2Dmeet",
    "blanks around": "  https://example.com/news/12345/ships-meet\n",
    "a line break inside": "https://example.com/news/12345/ships-\n meet".replace(" ", ""),
    "backslashes": r"https:\\example.com\news\12345\ships-meet",
    "campaign parameters": "https://example.com/news/12345/ships-meet?utm_source=rss&UTM_Medium=feed",
    "click ids": "https://example.com/news/12345/ships-meet?fbclid=IwAR0&gclid=x1&msclkid=9",
    "escaped ampersands": "https://example.com/news/12345/ships-meet?utm_source=a&amp;utm_medium=b",
    "a second question mark": "https://example.com/news/12345/ships-meet?utm_source=a?utm_medium=b",
    "reader's way": "https://example.com/news/12345/ships-meet?ref=twitter&source=rss&from=timeline",
    "broadcaster's way": "https://example.com/news/12345/ships-meet?at_medium=RSS&at_campaign=rss",
    "session in the path": "https://example.com/news/12345/ships-meet;jsessionid=0A1B2C3D",
    "session in the query": "https://example.com/news/12345/ships-meet?PHPSESSID=ab12cd34ef56",
    "cookieless session": "https://example.com/(S(lit3py55t21z5v55vlm25s55))/news/12345/ships-meet",
    "AMP path": "https://example.com/amp/news/12345/ships-meet/",
    "AMP at the end": "https://example.com/news/12345/ships-meet/amp/",
    "AMP in the middle": "https://example.com/news/amp/12345/ships-meet",
    "AMP suffix": "https://example.com/news/12345/ships-meet.amp",
    "AMP host": "https://amp.example.com/news/12345/ships-meet",
    "AMP parameter": "https://example.com/news/12345/ships-meet?amp=1",
    "AMP output": "https://example.com/news/12345/ships-meet?outputType=amp",
    "AMP cache": "https://example-com.cdn.ampproject.org/c/s/example.com/news/12345/ships-meet/amp",
    "AMP cache of http": "https://example-com.cdn.ampproject.org/v/example.com/news/12345/ships-meet?amp_js_v=0.1",
    "AMP viewer": "https://www.google.com/amp/s/www.example.com/news/12345/ships-meet",
    "AMP viewer of a country": "https://www.google.co.uk/amp/example.com/news/12345/ships-meet",
    "mobile host": "http://m.example.com/news/12345/ships-meet",
    "mobile host, long": "https://mobile.example.com/news/12345/ships-meet",
    "mobile parameter": "https://example.com/news/12345/ships-meet?m=1&device=mobile",
    "print path": "https://example.com/news/12345/print/ships-meet",
    "print parameter": "https://example.com/news/12345/ships-meet?print=true&view=print",
    "whole text": "https://example.com/news/12345/ships-meet?page=all",
    "first page": "https://example.com/news/12345/ships-meet?page=1",
    "index file": "https://example.com/news/12345/ships-meet/index.html",
    "search engine's redirect": (
        "https://www.google.com/url?rct=j&sa=t&url=https%3A%2F%2Fexample.com%2Fnews%2F12345%2Fships-meet&ct=ga"
    ),
    "news search click": (
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=https%3a%2f%2fexample.com%2fnews%2f12345%2fships-meet"
        "&c=99&mkt=en-us"
    ),
    "blog's redirect": "https://t.umblr.com/redirect?z=https%3A%2F%2Fexample.com%2Fnews%2F12345%2Fships-meet&t=abc",
    "social redirect": "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fnews%2F12345%2Fships-meet&h=AT0",
    "redirect in the path": "https://r.search.example.org/_ylt=A/RU=https%3a%2f%2fexample.com%2fnews%2f12345%2fships-meet/RK=2",
    "bare redirect": "https://href.li/?https://example.com/news/12345/ships-meet",
    "redirect of a redirect": (
        "https://out.example.net/go?url=https%3A%2F%2Ft.umblr.com%2Fredirect%3Fz%3D"
        "https%253A%252F%252Fexample.com%252Fnews%252F12345%252Fships-meet"
    ),
    "web archive": "https://web.archive.org/web/20240101000000id_/http://www.example.com/news/12345/ships-meet",
}

APART = {
    "languages": ("https://example.com/en/news/1", "https://example.com/fa/news/1"),
    "language hosts": ("https://en.example.com/news/1", "https://example.com/news/1"),
    "language parameters": ("https://example.com/news/1?lang=en", "https://example.com/news/1?lang=fa"),
    "articles named in the query": ("https://example.com/?p=123", "https://example.com/?p=124"),
    "script and number": ("https://example.com/show.php?id=5", "https://example.com/show.php?id=6"),
    "numbers called like trackers": ("https://example.com/m.asp?pk_no=5", "https://example.com/m.asp?pk_no=6"),
    "numbers in an ambiguous name": ("https://example.com/n?cid=1001", "https://example.com/n?cid=1002"),
    "pages of an article": ("https://example.com/long-read", "https://example.com/long-read?page=2"),
    "capitals in the path": ("https://example.com/a/AbC12", "https://example.com/a/abc12"),
    "other ports": ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
    "routes of an application": ("https://example.com/#!/news/1", "https://example.com/#!/news/2"),
    "escaped slashes": ("https://example.com/a%2Fb", "https://example.com/a/b"),
    "subdomains": ("https://world.example.com/1", "https://sport.example.com/1"),
    "blogs of one service": ("https://one.blogspot.com/1", "https://two.blogspot.com/1"),
    "names without value": ("https://example.com/news.php?first-headline", "https://example.com/news.php?second"),
    "queries of a redirect word in a slug": ("https://example.com/out?id=1", "https://example.com/out?id=2"),
}

EXACT = {
    "http://example.com": "https://example.com/",
    "https://example.com/?b=2&a=1&b=2": "https://example.com/?a=1&b=2",
    "https://example.com/a?q=x+y": "https://example.com/a?q=x%20y",
    "https://example.com/a?empty=&b=1": "https://example.com/a?b=1",
    "https://example.com/a?empty=": "https://example.com/a?empty",
    "https://例え.jp/ニュース": "https://xn--r8jz45g.jp/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9",
    "https://example.ir/خبر/۱۲": "https://example.ir/%D8%AE%D8%A8%D8%B1/%DB%B1%DB%B2",
    "https://example.com/caf%65\u0301": "https://example.com/caf%C3%A9",
    "https://example.com/%b0%c4": "https://example.com/%B0%C4",
    "https://example.com/50%": "https://example.com/50%25",
    "https://[2001:DB8::0:1]:443/a": "https://[2001:db8::1]/a",
    "http://localhost:8000/a": "https://localhost:8000/a",
    "http://http://www.example.com/a": "https://example.com/a",
    "//example.com/a": "https://example.com/a",
    "www.example.com/a": "https://example.com/a",
    "https://example.com/#/route/5": "https://example.com/#/route/5",
    "https://amp.dev/a": "https://amp.dev/a",
    "https://m.com/a": "https://m.com/a",
    "https://en.m.wikipedia.org/wiki/A": "https://en.wikipedia.org/wiki/A",
    "https://example.com/amp": "https://example.com/amp",
}

NO_ADDRESS = (
    "", " ", "#top", "mailto:desk@example.com", "javascript:void(0)", "data:text/html,hi", "ftp://example.com/a",
    "tel:+982112345", "http://", "https:///", "http://exa mple.com/", "http://example.com:99999/", "http://[::1/a",
    "http://a..b/", "http://-/", "http://1.2.3/", "http://example.com)，为/", f"https://example.com/{'a' * 9000}",
)  # fmt: skip


@pytest.mark.parametrize("found", SPELLINGS.values(), ids=SPELLINGS)
def test_every_spelling_of_an_address_has_one_identity(found: str) -> None:
    assert urls.canonical(found) == ARTICLE


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_addresses_of_different_articles_stay_apart(one: str, other: str) -> None:
    assert urls.canonical(one) != urls.canonical(other)


@pytest.mark.parametrize(("found", "identity"), EXACT.items(), ids=EXACT)
def test_an_identity_is_spelled_so(found: str, identity: str) -> None:
    assert urls.canonical(found) == identity


@pytest.mark.parametrize("found", NO_ADDRESS)
def test_what_is_no_web_address_has_no_identity(found: str) -> None:
    assert urls.canonical(found) is None
    assert urls.site(found) == ""


@pytest.mark.parametrize(
    ("found", "identity"),
    [
        ("../b?x=1", "https://example.com/b?x=1"),
        ("/b", "https://example.com/b"),
        ("//other.org/b", "https://other.org/b"),
        ("?p=5", "https://example.com/a/c?p=5"),
        ("http://[broken", None),
    ],
)
def test_a_relative_address_is_resolved(found: str, identity: str | None) -> None:
    assert urls.canonical(found, "https://www.example.com/a/c") == identity


# --- properties ---------------------------------------------------------------------------------------------------

HOSTS = st.sampled_from(
    ["example.com", "www.example.co.uk", "m.example.ir", "go.amp.news.example", "مثال.ایران", "[::1]"]
)
SEGMENTS = st.text(st.sampled_from("ab1%/.;=&?#-_~()+ چ伊é٣\\:@") | st.characters(), max_size=12)
NAMES = st.sampled_from(
    ["id", "utm_source", "url", "u", "amp", "amp;x", "page", "m", "print", "sid", "ref", "lang", "?a", "cid", "st",
     "reflink", "_escaped_fragment_", "__biz", "key", "share"]
)  # fmt: skip
VALUES = SEGMENTS | st.sampled_from(
    ["", "1", "all", "rss", "amp", "https://a.example/b", "http%3A%2F%2Fa.example%2Fc?d"]
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    words = ["amp", "print", "out", "..", "index.html", "news", "web", "20240101000000", "https:", "5-print.html"]
    path = "/".join(draw(st.lists(SEGMENTS | st.sampled_from(words), max_size=5)))
    query = "&".join(f"{name}={value}" for name, value in draw(st.lists(st.tuples(NAMES, VALUES), max_size=4)))
    fragment = draw(st.sampled_from(["", "#top", "#!/a/b", "#/x?y"]))
    scheme = draw(st.sampled_from(["http", "https", "HTTP"]))
    return f"{scheme}://{draw(HOSTS)}/{path}{'?' + query if query else ''}{fragment}"


@settings(deadline=None)
@given(addresses() | st.text())
@example("https://www.go.example.com/index.html?url=http://a.example/b")
@example("https://example.com/%25%32%46/..;jsessionid=1/%2e%2e/x")
@example("http://a.example/out?url=http://b.example/out?url=http://c.example/")
def test_an_identity_is_its_own_identity(found: str) -> None:
    identity = urls.canonical(found)
    assert identity is None or urls.canonical(identity) == identity


@settings(deadline=None)
@given(addresses() | st.text(), st.none() | addresses() | st.text())
def test_no_text_makes_the_address_functions_fail(found: str, other: str | None) -> None:
    identity = urls.canonical(found, other)
    assert identity is None or (identity.startswith("https://") and identity.isascii() and urlsplit(identity).netloc)
    urls.looks_like_front_page(found)
    urls.looks_like_article(found)
    urls.article_key(found)
    urls.date_in_url(found)
    urls.unwrap(found)
    urls.trustworthy_canonical(found, other or "")
    assert isinstance(urls.host(found) + urls.site(found), str)


@settings(deadline=None)
@given(
    st.lists(st.tuples(NAMES.filter(lambda n: "?" not in n), st.text("ab1é+%", max_size=5)), max_size=5), st.randoms()
)
def test_the_order_of_parameters_says_nothing(pairs: list[tuple[str, str]], random: object) -> None:
    parts = [f"{name}={value}" for name, value in pairs]
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (urls.canonical("https://example.com/a?" + "&".join(p)) for p in (parts, shuffled))
    assert one == other


# --- real addresses -----------------------------------------------------------------------------------------------


def real_addresses() -> Iterator[str]:
    for name in ("extraction/gold.jsonl", "pages/pages.jsonl", "dates/url_dates.jsonl"):
        for line in shared("data", *name.split("/")).read_text("utf-8").splitlines():
            if (url := json.loads(line).get("url") or "").startswith("http"):
                yield url
    for path in (shared("data", "corpus", "fars.jsonl.gz"), shared("data", "stream", "items.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["url"] for line in lines)


@needs_shared
def test_real_articles_are_never_taken_for_one_another() -> None:
    by_identity: dict[str | None, set[str]] = {}
    for url in set(real_addresses()):
        by_identity.setdefault(urls.canonical(url), set()).add(url)
    assert None not in by_identity
    for identity, spellings in by_identity.items():
        assert identity is not None
        assert urls.canonical(identity) == identity
        cores = {urlsplit(urls.unwrap(url)).path.rstrip("/") for url in spellings}
        assert len(cores) == 1, spellings


@needs_shared
def test_a_published_table_of_normalised_addresses_is_met_up_to_scheme() -> None:
    rows = [json.loads(line) for line in shared("data", "urls", "normalise.jsonl").read_text("utf-8").splitlines()]
    wrong = {}
    for row in rows:
        if row["kind"] == "normalize_url":
            got, expected = urls.canonical(row["input"]), row["expected"].replace("http://", "https://")
        else:
            got, expected = urls.site(row["input"]), row["expected"].removeprefix("www.")
        if got != expected:
            wrong[row["input"]] = got
    # The table drops every port. Here port 442 stays: newsrooms on test servers differ by nothing but the port.
    assert wrong == {"https://do.ma.in:442/what/ever": "https://do.ma.in:442/what/ever"}


OTHER_THAN_BROWSERS = {
    "https://faß.ExAmPlE/": "IDNA 2003 writes ss",
    "http://example.com/foo/bar//../..": "empty segments are dropped first",
    "http://example.com/foo/bar//..": "empty segments are dropped first",
    "https://x/\0y": "NUL is dropped",
    "https://x/?\0y": "NUL is dropped",
    "http:foo.com": "a forgotten slash is likelier in a feed than a relative address with a scheme",
    "http:example.com/": "a forgotten slash",
    "http:/example.com/": "a forgotten slash",
    "http::@c:29": "a forgotten slash",
}


@needs_shared
def test_browsers_and_identities_agree_on_what_is_an_address() -> None:
    table = json.loads(gzip.decompress(shared("data", "urls", "wpt-urltestdata.json.gz").read_bytes()))
    for row in (r for r in table if isinstance(r, dict)):
        identity = urls.canonical(row["input"], row.get("base") or None)
        assert identity is None or urls.canonical(identity) == identity
        web = not row.get("failure") and row["protocol"] in ("http:", "https:")
        if identity and web and row["input"] not in OTHER_THAN_BROWSERS:
            assert urls.canonical(row["href"]) == identity, row["input"]
