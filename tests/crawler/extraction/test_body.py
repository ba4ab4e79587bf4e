"""The text of an article is found by how a page is made, and what stands around it is left out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction.page import read_page
from store.models import Article, Hints, Paywall, Policy, Source

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
URL = "https://paper.example/world/port-agreement-48213"
ONE = (
    "Iran and China signed a ten-year agreement on Monday to enlarge the container port, officials said after talks."
)
TWO = "The ambassador told reporters that a consortium would bring cranes and 340 million dollars of credit to it."
THREE = (
    "Shipping brokers were more careful: insurers have yet to say whether they will cover vessels that call there."
)
BODY = [ONE, TWO, THREE]
SIDE = "A reader wrote that he had been to this port many times and that its cranes are older than he is himself."


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(body: str, head: str = "", paywall: Paywall = Paywall.NONE, **hints: object) -> Article:
    source = Source(
        id="paper", name="The Paper", homepage="https://paper.example", country="DE", language="en",
        perspective="western", hints=Hints(**hints), policy=Policy(paywall=paywall),  # type: ignore[arg-type]
    )  # fmt: skip
    html = f'<html lang="en"><head><title>Port to be enlarged</title>{head}</head><body>{body}</body></html>'
    found = read_page(html.encode(), url=URL, headers_charset=None, source=source, link=None, now=NOW)
    assert isinstance(found, Article), found
    return found


def lines(body: str, **kwargs: object) -> list[str]:
    return read(body, **kwargs).text.split("\n")  # type: ignore[arg-type]


H1 = "<h1>Port to be enlarged</h1>"
FREE = '<script type="application/ld+json">{{"@type":"NewsArticle","isAccessibleForFree":{}}}</script>'
LAYOUTS = {
    "paragraphs in an article": f"<article>{H1}{p(*BODY)}</article>",
    "an article in an aside that was never closed": f"<aside><div>Menu</div><div class='x'>{H1}{p(*BODY)}</div>",
    "a body that its class calls hidden": f"{H1}<div><p>{ONE}</p><div class='hide-it'>{p(TWO, THREE)}</div></div>",
    "text between breaks": f"{H1}<div id='zoom'>{ONE}<br><br>{TWO}<br><br>{THREE}</div>",
    "a layout table": f"<table><tr><td><a href=/>Home</a></td></tr><tr><td>{H1}{p(*BODY)}</td></tr></table>",
    "an article in several blocks of one class": (
        f"{H1}<div class='chunk'><p>{ONE}</p></div><div class='ad'></div><div class='chunk'><p>{TWO}</p></div>"
        f"<div class='ad'></div><div class='chunk'><p>{THREE}</p></div>"
    ),
    "longer comments": f"<article>{H1}{p(*BODY)}</article><div class='comments'>{p(*[SIDE] * 9)}</div>",
    "teasers with summaries beside it": (
        f"<main><div class='story'>{H1}{p(*BODY)}</div><ul>"
        + "".join(f"<li><a href='/{n}'>A headline</a><p>{SIDE}</p></li>" for n in range(9))
        + "</ul></main>"
    ),
    "a menu of links": "<div>"
    + "<a href='/x'>Another page of this paper</a> " * 40
    + f"</div><div>{H1}{p(*BODY)}</div>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_is_found_in(layout: str) -> None:
    assert lines(LAYOUTS[layout]) == BODY


@pytest.mark.parametrize(
    "extra",
    [
        "<p>Read also: <a href='/a'>Independent refiners take record volumes of crude</a></p>",
        "<p><a href='/a'>Independent refiners take record volumes of crude</a></p>",
        "<p>Advertisement</p>",
        "<figure><img src=x><figcaption>The terminal at dusk. Photo by an archive of ours</figcaption></figure>",
        "<table><tr><td><a href='/cars'>Visit our channel for cars</a></td></tr></table>",
    ],
)
def test_within_the_text_are_left_out(extra: str) -> None:
    assert lines(f"<article>{H1}<p>{ONE}</p>{extra}<p>{TWO}</p><p>{THREE}</p></article>") == BODY


@pytest.mark.parametrize(
    "extra",
    ["<p>Comments</p>", "<p>Subscribe to our newsletter for more stories like this.</p>", "<h3>Related articles</h3>",
     "<p>Follow us on Twitter and Facebook</p>", "<p>اخبار: بیشتر بخوانید</p>".replace("اخبار: ", "")],
)  # fmt: skip
def test_at_the_end_of_the_text_are_left_out(extra: str) -> None:
    assert lines(f"<article>{H1}{p(*BODY)}{extra}</article>") == BODY


def test_data_tables_and_lists_are_text() -> None:
    table = "<table><tr><th>Year</th><th>Tons</th></tr><tr><td>2024</td><td>8.1</td></tr></table>"
    found = lines(f"<article>{H1}{p(*BODY)}<ul><li>Dredging begins in winter.</li></ul>{table}</article>")
    assert found == [*BODY, "Dredging begins in winter.", "Year Tons", "2024 8.1"]


def test_a_standfirst_is_kept_when_the_page_describes_itself_so() -> None:
    lead = "Four cranes, one clause that insurers dispute: what the two governments agreed."
    page = f"<header>{H1}<p class='dek'>{lead}</p></header><article>{p(*BODY)}</article>"
    assert lines(page, head=f"<meta name='description' content='{lead}'>") == [lead, *BODY]
    assert lines(page) == BODY


def test_the_publishers_own_body_tells_what_follows_it() -> None:
    claimed = "\\n".join(BODY)
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{claimed}"}}</script>'
    page = f"<article>{H1}{p(*BODY)}<p>The Paper is a daily of the coast. {SIDE}</p></article>"
    assert lines(page) == [*BODY, f"The Paper is a daily of the coast. {SIDE}"]
    assert lines(page, head=head) == BODY


def test_persian_keeps_its_joiners() -> None:
    text = (
        "وزیر خارجه گفت‌وگوها را سازنده خواند و افزود که دو طرف می‌کوشند برنامه را پیش ببرند و یادداشت‌ها را امضا کنند."
    )
    assert lines(f"<article>{H1}<p>{text}</p></article>") == [text]


def test_a_page_rendered_by_script_gives_what_it_carries() -> None:
    state = '{"props":{"article":{"bodyHtml":"' + "".join(f"<p>{text}</p>" for text in BODY) + '"}}}'
    body = f'{H1}<div id="root"></div><script>window.__STATE__ = {state};</script>'
    assert lines(body, head='<meta property="og:type" content="article">') == BODY


def test_the_hints_of_a_source_are_honoured() -> None:
    heading = "<h1>Paper</h1><h2 class='t'>The true headline</h2>"
    body = f"{heading}<div class='a'><p>{SIDE}</p></div><div class='b'><p>{ONE}</p><p class='x'>{TWO}</p></div>"
    found = read(
        body + "<span class='d'>3 March 2026 10:15</span>", title_selector="h2.t", body_selector="div.b",
        remove_selectors=(".x",), date_selector=".d", timezone="Asia/Tehran",
    )  # fmt: skip
    assert found.title == "The true headline"
    assert found.text == ONE
    assert found.published is not None
    assert found.published.value == datetime(2026, 3, 3, 6, 45, tzinfo=UTC)
    assert read(body, body_selector="div.gone").text
    assert read(body, body_selector="div..broken[").text


def test_a_source_that_prints_days_gets_days() -> None:
    head = '<meta property="article:published_time" content="2026-03-03T08:00:00+03:30">'
    found = read(f"<article>{H1}{p(*BODY)}</article>", head=head, date_only=True, timezone="Asia/Tehran").published
    assert found is not None
    assert (found.value, found.precision.value) == (datetime(2026, 3, 2, 20, 30, tzinfo=UTC), "day")


@pytest.mark.parametrize(
    ("head", "body", "policy", "expected"),
    [
        (FREE.format("false"), "", "none", True),
        (FREE.format("true"), "", "hard", False),
        ('<meta property="article:content_tier" content="locked">', "", "none", True),
        ("", '<div class="paywall-box">Subscribers only</div>', "none", True),
        ("", "", "hard", True),
        ("", "", "metered", False),
    ],
)  # fmt: skip
def test_a_paywall_is_told_by_the_page_then_by_the_source(head: str, body: str, policy: str, expected: bool) -> None:
    page = f"<article>{H1}{p(*BODY)}</article>{body}"
    assert read(page, head=head, paywall=Paywall(policy)).paywalled is expected


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{H1}{p(*BODY)}</article><table>" + "<tr><td>a cell</td><td>another</td></tr>" * 5000 + "</table>",
        f"<article>{H1}{p(*BODY * 800)}</article>",
        f"<ul>{'<li><a href=x>A link that leads to another page</a></li>' * 8000}</ul>{p(*BODY)}",
        f"{'<div>' * 3000}{p(*BODY)}",
    ],
    ids=["table", "paragraphs", "links", "depth"],
)
def test_a_large_page_takes_no_more_than_its_share_of_time(body: str) -> None:
    html = f"<title>Port</title>{body}".encode()
    source = Source(
        id="p", name="P", homepage="https://p.example", country="DE", language="en", perspective="western"
    )
    read_page(html, url=URL, headers_charset=None, source=source, link=None, now=NOW)
