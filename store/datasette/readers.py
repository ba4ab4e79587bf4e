"""What a reader says of a page, from the page itself: off unless asked for, and only on the reader's own machine.

The store is opened for writing for the moment of one judgement. Datasette lets a POST without cookies pass (such a
request carries no login that could be misused); here there is no login at all, so the token of the form is demanded
always, and a request that a browser says comes from another site is refused before that.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from store import feedback
from store.database import Store
from store.datasette.front import Ask
from store.errors import StoreError
from store.models import Judgement

PATH = "/-/feedback"
TAKE_BACK = "none"
"""What the form says instead of a judgement."""
LONGEST_NOTE = 1000
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_URLS = {
    "articles": "SELECT url FROM articles WHERE id = :id",
    "candidates": "SELECT url FROM candidates WHERE id = :id",
}
_SAID = "SELECT judgement, note, judged_at, rules_label FROM feedback WHERE url = :url"


def enabled(config: Mapping[str, Any]) -> bool:
    """Whether readers may judge here: asked for, and the server answers to names of loopback only."""
    hosts = frozenset(config.get("hosts") or ())
    return bool(config.get("feedback")) and bool(hosts) and hosts <= _LOOPBACK


async def form(ask: Ask, table: str, number: str, path: str | None) -> dict[str, Any]:
    """What a page's form needs: its address, what was said before, and where to send it (`path`, None when off).

    Empty for rows of other tables.
    """
    rows = await ask(_URLS[table], {"id": number}) if table in _URLS else []
    if not rows:
        return {}
    url = rows[0]["url"]
    return {"url": url, "said": next(iter(await ask(_SAID, {"url": url})), None), "path": path}


async def answer(request: Any, *, db: Path, now: datetime, rows: Mapping[str, str]) -> Any:
    """Keep what the form says and show its page again.

    Args:
        rows: by table the address below which its rows are shown.
    """
    if request.method != "POST":
        return Response.text("Send the form of a page here.\n", status=405, headers={"allow": "POST"})
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Response.text("This does not come from a page of this server.\n", status=403)
    said = await request.post_vars()
    if not secrets.compare_digest(str(said.get("csrftoken") or ""), str(request.scope["csrftoken"]())):
        return Response.text("The form is too old or not of this server; load the page again.\n", status=403)
    if said.get("judgement") not in (*Judgement, TAKE_BACK):
        return Response.text("Expected relevant, irrelevant or none.\n", status=400)
    try:
        shown = await asyncio.to_thread(_keep, db, said, now)
    except StoreError as error:
        return Response.text(f"{error}\n", status=503)
    if shown is None:
        return Response.text("The store knows no such page.\n", status=404)
    table, number = shown
    return Response.redirect(f"{rows[table]}/{number}", status=303)


def _keep(db: Path, said: Mapping[str, str], now: datetime) -> tuple[str, int] | None:
    """Table and number of the row that was judged; None for an address that the store does not know."""
    url, note = said.get("url", ""), said.get("note", "").strip()[:LONGEST_NOTE]
    with Store.open(db, create=False) as store:
        with store.write():
            if said["judgement"] == TAKE_BACK:
                feedback.remove(store, url)
            elif feedback.record(store, url, Judgement(said["judgement"]), note=note, now=now) is None:
                return None
        article = store.value("SELECT article_id FROM aliases WHERE url = ?", [url])
        if article is not None:
            return "articles", article
        candidate = store.value("SELECT id FROM candidates WHERE url = ?", [url])
        return None if candidate is None else ("candidates", candidate)
