"""The plugin that Datasette loads (`--plugins-dir`): names the hooks, says nothing of its own."""

from __future__ import annotations

from datasette import hookimpl

from store.datasette import hooks

prepare_connection = hookimpl(hooks.prepare_connection)
register_facet_classes = hookimpl(hooks.register_facet_classes)
filters_from_request = hookimpl(hooks.filters_from_request, trylast=True)
render_cell = hookimpl(hooks.render_cell)
prepare_jinja2_environment = hookimpl(hooks.prepare_jinja2_environment)
extra_template_vars = hookimpl(hooks.extra_template_vars)
asgi_wrapper = hookimpl(hooks.asgi_wrapper)
register_routes = hookimpl(hooks.register_routes)
handle_exception = hookimpl(hooks.handle_exception)
