"""Two facets that stay cheap at a million articles: topics from their own table, and the newest days."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.utils import path_with_added_args, path_with_removed_args

from store.datasette.search import TOPIC


class _Counted(Facet, ABC):  # type: ignore[misc]  # Datasette ships no types
    """A facet that is one query; what the kinds differ in are the query and the argument of the links."""

    @abstractmethod
    def facet_sql(self, column: str) -> str:
        """The query: value and count, the most frequent first."""

    def argument(self, column: str, value: Any) -> tuple[str, str]:
        return column, str(value)

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Results by facet, and the names of those that took too long: the shape Datasette asks for."""
        found, timed_out = [], []
        for configured in self.get_configs():
            column = configured["config"].get("column") or configured["config"]["simple"]
            try:
                found.append(await self._one(column, hideable=configured["source"] != "metadata"))
            except QueryInterrupted:
                timed_out.append(column)
        return found, timed_out

    async def _one(self, column: str, *, hideable: bool) -> dict[str, Any]:
        size = self.get_facet_size()
        limit = self.ds.setting("facet_time_limit_ms")
        sql = f"{self.facet_sql(column)} LIMIT {size + 1}"
        rows = (await self.ds.execute(self.database, sql, self.params, truncate=False, custom_time_limit=limit)).rows
        return {
            "name": column,
            "type": self.type,
            "hideable": hideable,
            "toggle_url": self.ds.urls.path(path_with_removed_args(self.request, {f"_facet_{self.type}": column})),
            "results": [self._value(column, row["value"], row["count"]) for row in rows[:size]],
            "truncated": len(rows) > size,
        }

    def _value(self, column: str, value: Any, count: int) -> dict[str, Any]:
        argument = self.argument(column, value)
        selected = argument in self.get_querystring_pairs()
        change = path_with_removed_args if selected else path_with_added_args
        url = self.ds.absolute_url(self.request, self.ds.urls.path(change(self.request, dict([argument]))))
        return {"value": value, "label": value, "count": count, "toggle_url": url, "selected": selected}


class TopicFacet(_Counted):
    """Counts rows of `topics`; the JSON lists in the articles would have to be read one by one."""

    type = "topic"

    def facet_sql(self, column: str) -> str:
        everything = " where " not in self.sql.lower()
        narrowed = "" if everything else f"WHERE article_id IN (SELECT id FROM ({self.sql}))"
        counted = f"SELECT topic AS value, count(*) AS count FROM topics {narrowed}"
        return f"{counted} GROUP BY topic ORDER BY count DESC, topic"

    def argument(self, column: str, value: Any) -> tuple[str, str]:
        return TOPIC, str(value)


class NewestFacet(_Counted):
    """The newest values of a column instead of the most frequent ones: for days."""

    type = "newest"

    def facet_sql(self, column: str) -> str:
        name = '"' + column.replace('"', '""') + '"'
        return (
            f"SELECT {name} AS value, count(*) AS count FROM ({self.sql}) WHERE {name} IS NOT NULL "
            f"GROUP BY {name} ORDER BY {name} DESC"
        )
