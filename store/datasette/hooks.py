"""What the plugin gives to Datasette, one function a hook; `plugins/silkwatch.py` registers them."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import datasette.handle_exception as errors
from datasette.filters import FilterArguments
from datasette.utils import path_with_removed_args, tilde_decode, tilde_encode
from datasette.utils.asgi import Base400, Response
from markupsafe import Markup

from store.datasette import article as article_page
from store.datasette import clock as clocks
from store.datasette import feed, found, front, guard, markup, readers, search
from store.datasette.facets import NewestFacet, TopicFacet
from store.datasette.metadata import HERE, PLUGIN
from store.values import stamp

errors.rich = None  # where that library is installed, every mistyped address would print pages of a trace
Context = dict[str, Any]
STYLE = "/-/silkwatch.css"


@lru_cache(maxsize=1)
def _style() -> bytes:
    return (HERE / "static" / "silkwatch.css").read_bytes()


def _config(datasette: Any) -> Mapping[str, Any]:
    return datasette.plugin_config(PLUGIN) or {}


def _clock(datasette: Any, database: str | None) -> clocks.Clock:
    served = datasette.databases.get(database)
    path = Path(served.path) if served and served.path else None
    return clocks.Clock(_config(datasette).get("timezone"), path)


async def _store(datasette: Any) -> str | None:
    """The name of the database that is a store; Datasette may be serving others beside it."""
    for name, database in datasette.databases.items():
        if await database.table_exists("candidates") and await database.table_exists("articles_fts"):
            return str(name)
    return None


def _asking(datasette: Any, name: str) -> front.Ask:
    async def ask(sql: str, parameters: Mapping[str, Any]) -> front.Rows:
        return [dict(row) for row in (await datasette.get_database(name).execute(sql, dict(parameters))).rows]

    return ask


def _counting(datasette: Any, name: str) -> search.Count:
    async def count(sql: str, parameters: Mapping[str, str]) -> int:
        return int((await datasette.get_database(name).execute(sql, dict(parameters))).single_value())

    return count


def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """SQL functions: of days for the canned queries; `search_query(typed)` for those that people write.

    Both `search_…` functions may be told the columns of the index to look at.
    """
    clock = _clock(datasette, database)
    conn.create_function("day_start", 2, partial(clocks.day_start, clock))
    conn.create_function("days_ago", 2, partial(clocks.days_ago, clock))
    for name, expand in (("search_query", None), ("search_expanded", found.vocabulary(_config(datasette)).expand)):
        asked = partial(search.match_query, conn, expand=expand)
        for arguments in (1, 2):
            conn.create_function(name, arguments, asked)


def register_facet_classes() -> list[type]:
    return [TopicFacet, NewestFacet]


def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Callable[[], Awaitable[Any]]:
    """The search box of the articles; runs last, so that Datasette's own “no search here” does not stand."""

    async def filters() -> Any:
        if table != search.TABLE or database != await _store(datasette):
            return None
        typed = {name: request.args.get(name) for name in request.args}
        today = _clock(datasette, database).now().date()
        asked = search.conditions(typed, request.args.getlist(search.TOPIC), today=today)
        count = _counting(datasette, database)
        return FilterArguments(
            [await condition.where(count) for condition in asked],
            params={name: value for condition in asked for name, value in condition.parameters.items()},
            human_descriptions=[condition.meaning for condition in asked if condition.meaning],
            extra_context={"supports_search": True, "search": search.shown(typed)},
        )

    return filters


def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """Texts in their language and direction, safe links, links to the rows that columns name."""
    if column in markup.ROWS and isinstance(value, int | str) and value != "":
        path = f"{datasette.urls.table(database, markup.ROWS[column])}/{tilde_encode(str(value))}"
        return Markup('<a href="{}">{}</a>').format(path, value)
    return markup.cell(column, value, row["language"] if "language" in list(row.keys()) else "")


def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    env.globals |= {
        "link": markup.link,
        "safe_url": markup.safe_url,
        "written_in": markup.written_in,
        "words": markup.words,
        "language_name": markup.language_name,
        "from_json": markup.from_json,
    }


def extra_template_vars(
    template: str, database: str, table: str, view_name: str, request: Any, datasette: Any
) -> Callable[[], Awaitable[Context]]:
    """What every template may use, and what the front page and an article's page tell."""

    async def context() -> Context:
        name = await _store(datasette)
        clock = _clock(datasette, name)
        narrowed = bool(request and request.scope.get(guard.NARROWED))
        common = {
            "store": name,
            "style": f"{datasette.urls.path(STYLE)}?{sha256(_style()).hexdigest()[:10]}",
            "feed_path": datasette.urls.path("/-/new.atom"),
            "topic_path": partial(_topic_path, datasette, name or ""),
            "shown": clock.shown,
            "zone": clock.name(),
            "narrowed": narrowed,
            "short": partial(_short, request) if narrowed else _same,
            "search_path": datasette.urls.path(found.PATH),
            "expands": bool(_config(datasette).get("concepts")),
        }
        if name and view_name == "table" and (database, table) == (name, search.TABLE):
            return common | found.in_list(_finder(datasette, name), request.args)
        return common | (await _page(datasette, name, view_name, table, request, clock) if name else {})

    return context


async def _page(datasette: Any, name: str, view: str, table: str, request: Any, clock: clocks.Clock) -> Context:
    ask = _asking(datasette, name)
    if view == "index":
        return {"news": await front.front(ask, clock)}
    if view != "row" or datasette.get_database(route=request.url_vars["database"]).name != name:
        return {}
    key = request.url_vars["pks"]
    path = datasette.urls.path(readers.PATH) if readers.enabled(_config(datasette)) else None
    told = {"reader": await readers.form(ask, table, key, path)}
    return told | ({"page": await article_page.article(ask, key)} if table == "articles" else {})


def _finder(datasette: Any, name: str) -> found.Finder:
    return found.Finder(
        datasette.get_database(name), found.vocabulary(_config(datasette)), _clock(datasette, name).now
    )


def _short(request: Any, url: str) -> str:
    """An address without the columns that `guard` asked for: the reader did not."""
    return str(path_with_removed_args(request, {"_col"}, path=url))


def _topic_path(datasette: Any, name: str, topic: str) -> str:
    """The list of a topic's articles, as the facet links to it."""
    return f"{datasette.urls.table(name, search.TABLE)}?{urlencode({search.TOPIC: topic})}"


def _same(url: str) -> str:
    return url


def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """A page that is not there, or a request that cannot be, is told on a page like the others.

    What goes wrong inside keeps Datasette's own answer.
    """
    if not isinstance(exception, Base400) or request.path.partition("?")[0].endswith(".json"):
        return None

    async def answer() -> Any:
        context = {"status": exception.status, "error": str(exception), "title": None}
        page = await datasette.render_template("error.html", context, request=request)
        return Response.html(page, status=exception.status)

    return answer


def asgi_wrapper(datasette: Any) -> Callable[[guard.App], guard.App]:
    def table_of(path: str) -> str | None:
        database, _, last = path.rpartition("/")
        name, table = tilde_decode(database.rpartition("/")[2]), tilde_decode(last)
        # Metadata that describes its columns says that it is a store's table, not that of another database.
        described = name in datasette.databases and datasette.table_metadata(name, table).get("columns")
        return table if described else None

    return partial(guard.wrap, hosts=_config(datasette).get("hosts") or (), table_of=table_of)


def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    return [
        (r"^/-/silkwatch\.css$", _answer_style),
        (r"^/-/new\.atom$", _answer_feed),
        (rf"^{readers.PATH}$", _answer_reader),
        (rf"^{found.PATH}$", _answer_search),
    ]


async def _answer_style(datasette: Any) -> Any:
    headers = {"cache-control": "max-age=86400"}
    return Response(_style(), content_type="text/css; charset=utf-8", headers=headers)


async def _answer_search(datasette: Any, request: Any) -> Any:
    name = await _store(datasette)
    told = await found.page(_finder(datasette, name), request.args) if name else {}
    return Response.html(await datasette.render_template("search.html", told, request=request))


async def _answer_reader(datasette: Any, request: Any) -> Any:
    name = await _store(datasette)
    if not name or not readers.enabled(_config(datasette)):
        return Response.text("Readers do not judge here; `silkwatch browse --feedback` lets them.\n", status=404)
    rows = {table: datasette.urls.table(name, table) for table in ("articles", "candidates")}
    db, now = Path(datasette.get_database(name).path), _clock(datasette, name).now()
    return await readers.answer(request, db=db, now=now, rows=rows)


async def _answer_feed(datasette: Any, request: Any) -> Any:
    name = await _store(datasette)
    rows = await _asking(datasette, name)(feed.SQL, {}) if name else []
    url = datasette.absolute_url(request, datasette.urls.path("/-/new.atom"))
    home = datasette.absolute_url(request, datasette.urls.instance())
    updated = stamp(_clock(datasette, name).now())
    document = feed.atom(rows, title="Silkwatch: what is new", url=url, home=home, updated=updated)
    return Response(document, content_type="application/atom+xml; charset=utf-8")
