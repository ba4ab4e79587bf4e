"""The registry: source files → sources, and back; import and export of feed lists. The format: docs/sources.md."""

from crawler.registry.checks import UNKNOWN_PERSPECTIVE
from crawler.registry.codes import UNKNOWN_COUNTRY, UNKNOWN_LANGUAGE
from crawler.registry.imports import Imported, import_csv, import_file, import_opml
from crawler.registry.load import load_sources
from crawler.registry.opml import export_opml
from crawler.registry.write import to_toml, write_source

__all__ = [
    "UNKNOWN_COUNTRY",
    "UNKNOWN_LANGUAGE",
    "UNKNOWN_PERSPECTIVE",
    "Imported",
    "export_opml",
    "import_csv",
    "import_file",
    "import_opml",
    "load_sources",
    "to_toml",
    "write_source",
]
