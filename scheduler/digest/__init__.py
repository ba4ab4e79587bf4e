"""The digest: what is new since the last one. Pure: rows go in, a document comes out.

`build` makes the document, `render` writes it as Markdown, HTML or plain text, `document` as data.
"""

from scheduler.digest.build import build
from scheduler.digest.model import Digest
from scheduler.digest.render import FORMATS, document, fitted, render

__all__ = ["FORMATS", "Digest", "build", "document", "fitted", "render"]
