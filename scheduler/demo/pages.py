"""Articles set in their outlets' templates (`newsroom/templates`). Pure but for reading the templates."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from string import Template
from zoneinfo import ZoneInfo

from jdatetime import datetime as jalali_datetime

from scheduler.demo.outlets import FOLDER, Outlet, Page

_RIGHT_TO_LEFT = frozenset({"ar", "fa"})
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When a page was published and, perhaps, changed; aware."""

    published: datetime
    modified: datetime | None = None


def url_of(outlet: Outlet, page: Page, published: datetime) -> str:
    """The page's address, with its day in the outlet's zone."""
    local = published.astimezone(ZoneInfo(outlet.timezone))
    return outlet.site + page.path.format(date=local, jalali=jalali_datetime.fromgregorian(datetime=local))


def amp_url(url: str) -> str:
    return f"{url}/amp"


def html(outlet: Outlet, page: Page, times: Times) -> bytes:
    """The page in its outlet's template and charset."""
    local = times.published.astimezone(ZoneInfo(outlet.timezone))
    url = url_of(outlet, page, times.published)
    values = {
        "lang": outlet.language,
        "dir": "rtl" if outlet.language in _RIGHT_TO_LEFT else "ltr",
        "charset": outlet.charset,
        "site": outlet.name,
        "title": page.title,
        "by": page.by or outlet.name,
        "url": url,
        "amp_url": amp_url(url),
        "published": local.isoformat(timespec="minutes"),
        "printed": local.strftime(outlet.date_format),
        "jalali": jalali_datetime.fromgregorian(datetime=local).strftime("%Y/%m/%d").translate(_DIGITS),
    }
    filled = {name: escape(value) for name, value in values.items()}
    filled["paragraphs"] = "\n".join(f"<p>{escape(text)}</p>" for text in page.paragraphs)
    filled["json_ld"] = _json_ld(outlet, page, times)
    return _template(page.template or outlet.template).substitute(filled).encode(outlet.charset)


@cache
def _template(name: str) -> Template:
    return Template((FOLDER / "templates" / f"{name}.html").read_text("utf-8"))


def _json_ld(outlet: Outlet, page: Page, times: Times) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": times.published.isoformat(),
        **({"dateModified": times.modified.isoformat()} if times.modified else {}),
        "author": {"@type": "Person", "name": page.by or outlet.name},
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
    return json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
