"""The demonstration: a small newsroom of our own on loopback, and two days of the whole product on it.

`web` answers requests, `outlets` reads the data (`newsroom/`), `pages` and `listings` set it in HTML, feeds and
sitemaps, `edition` puts a day of it on a web; `play` runs the product over it, `told` says what came of it.
The end-to-end tests run on the same newsroom.
"""
