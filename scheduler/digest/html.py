"""A digest as one HTML page that is also a mail: nothing is loaded, styles stand in the elements. Pure.

Mail programs drop style sheets, scripts and pictures from elsewhere, and some know no `max-width` outside of tables.
Every text goes through `Markup.format`, which escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from scheduler.digest import words
from scheduler.digest.model import Digest, Item, Revised, Section, Story, Text
from scheduler.terminal import plain
from store.datasette.markup import safe_url, written_in

_FONT = (
    "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans','Noto Naskh Arabic',"
    "'Noto Sans CJK SC',sans-serif"
)
_INK, _SOFT, _LINE, _LINK, _MARK = "#1c2126", "#5a646e", "#dfe3e8", "#0b5394", "#8a3b12"
_PAGE = Markup(
    """<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Silkwatch: {title}</title>
</head>
<body style="margin:0;padding:0;background:#f3f5f7;color:{ink};{font};font-size:16px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f5f7">
<tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:680px;\
background:#ffffff;border:1px solid {line};border-radius:6px">
<tr><td style="padding:24px 24px 32px;text-align:left;word-break:break-word;overflow-wrap:anywhere">
{body}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""
)


def render(digest: Digest) -> str:
    """The whole digest as a page that stands by itself."""
    body = Markup("\n").join(_parts(digest))
    return str(_PAGE.format(title=words.headline(digest), body=body, ink=_INK, line=_LINE, font=Markup(_FONT)))


def _parts(digest: Digest) -> Iterator[Markup]:
    yield Markup(
        '<p style="margin:0;font-size:13px;letter-spacing:.06em;text-transform:uppercase;color:{}">Silkwatch</p>'
    ).format(_MARK)
    yield Markup('<h1 style="margin:2px 0 6px;font-size:26px;line-height:1.25">{}</h1>').format(
        words.headline(digest)
    )
    yield _small(words.span(digest))
    yield from (_small(line) for line in (words.sums(digest), *digest.notes) if line)
    for section in digest.sections:
        yield from _section(section)
    if digest.left_out:
        yield _small(words.left_out(digest))
    yield from _around(digest)
    yield from _state(digest)


def _small(text: object) -> Markup:
    return Markup('<p style="margin:2px 0;font-size:14px;color:{}">{}</p>').format(_SOFT, text)


def _heading(title: str, count: str = "") -> Markup:
    number = Markup(' <span style="font-weight:normal;color:{}">{}</span>').format(_SOFT, count) if count else ""
    return Markup(
        '<h2 style="margin:32px 0 0;padding:0 0 6px;border-bottom:2px solid {};font-size:19px;line-height:1.3">'
        "{}{}</h2>"
    ).format(_MARK, title, number)


def _section(section: Section) -> Iterator[Markup]:
    yield _heading(plain(words.topic(section)), str(len(section.stories)))
    for number, story in enumerate(section.stories):
        rule = f"border-top:1px solid {_LINE};" if number else ""
        side = _side(story.items[0].text)
        yield Markup('<div style="{}padding:16px 0 12px;text-align:{}">{}</div>').format(
            rule, side, Markup("\n").join(_story(story))
        )


def _side(text: Text) -> str:
    """Where lines of the text's language begin; `start` and logical borders are unknown to many mail programs."""
    return "right" if 'dir="rtl"' in written_in(text.language) else "left"


def _story(story: Story) -> Iterator[Markup]:
    first, *more = story.items
    yield Markup('<h3 style="margin:0 0 2px;font-size:17px;line-height:1.4" {}>{}</h3>').format(
        written_in(first.text.language), _linked(first.text)
    )
    yield _small(_facts(first, first=True))
    if first.evidence:
        yield _quote(first)
    yield from (_small(note) for note in _notes(first))
    if story.earlier:
        outlet = _bidi(story.earlier.outlet)
        yield _small(Markup("Goes on with {} ({}, {})").format(_inline(story.earlier), outlet, story.earlier_day))
    if more:
        yield _list(_further(item) for item in more)


def _quote(item: Item) -> Markup:
    return Markup(
        '<blockquote style="margin:8px 0;padding:2px 12px;border-{}:3px solid {};color:{}" {}>{}</blockquote>'
    ).format(_side(item.text), _LINE, _INK, written_in(item.text.language), plain(item.evidence))


def _further(item: Item) -> Markup:
    notes = Markup("").join(Markup("<br>{}").format(note) for note in _notes(item))
    return _inline(item.text) + _below(_facts(item, first=False) + notes)


def _facts(item: Item, *, first: bool) -> Markup:
    outlet, *rest = words.facts(item)
    named = Markup("<strong>{}</strong>").format(_bidi(outlet))
    told = [named, *(escape(plain(part)) for part in rest if part)]
    if said := words.relation(item, first=first):
        told.append(Markup('<span style="color:{}">{}</span>').format(_MARK, said))
    return Markup(" · ").join(told)


def _notes(item: Item) -> Iterator[Markup]:
    if item.of:
        yield Markup("It follows {}").format(_inline(item.of))
    if item.copies.count:
        yield _bidi(words.copies(item.copies))


def _linked(text: Text) -> Markup:
    url = safe_url(text.url)
    title = plain(text.title or text.url)
    if url is None:
        return escape(title)
    return Markup(
        '<a href="{}" rel="noopener noreferrer nofollow" style="color:{};text-decoration:none">{}</a>'
    ).format(url, _LINK, title)


def _inline(text: Text) -> Markup:
    """A headline among words of ours: isolated, so that its direction stays its own."""
    return Markup("<bdi {}>{}</bdi>").format(written_in(text.language), _linked(text))


def _bidi(text: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(plain(text))


def _below(text: object) -> Markup:
    """A line under another one, in smaller letters."""
    return Markup('<br><span style="font-size:14px;color:{}">{}</span>').format(_SOFT, text)


def _list(items: Iterable[Markup]) -> Markup:
    rows = Markup("").join(Markup('<li style="margin:6px 0">{}</li>').format(item) for item in items)
    return Markup('<ul style="margin:8px 0 0;padding:0 0 0 20px;text-align:left">{}</ul>').format(rows)


def _around(digest: Digest) -> Iterator[Markup]:
    if digest.recopied:
        yield _heading("Copied since")
        yield _list(_inline(one.text) + _below(_bidi(words.copies(one.copies))) for one in digest.recopied)
    if digest.revised:
        yield _heading("Changed by their publishers")
        yield _list(_changed(one) for one in digest.revised)


def _changed(one: Revised) -> Markup:
    former = Markup(", before: {}").format(_bidi(one.former_title)) if one.former_title else ""
    return _inline(one.text) + _below(Markup("{}{}").format(_bidi(one.text.outlet), former))


def _state(digest: Digest) -> Iterator[Markup]:
    if digest.trouble:
        yield _heading("Not as planned")
        yield _list(_bidi(words.trouble(one, digest.zone)) for one in digest.trouble)
    if digest.ill:
        yield _heading("Ill sources", str(len(digest.ill)))
        told = (words.sick(one, digest.zone) for one in digest.ill[: words.ILL])
        yield _list(
            Markup("<strong>{}</strong> {}{}").format(_bidi(name), plain(id_), _below(_bidi(why)))
            for name, id_, why in told
        )
        if more := words.more_ill(digest):
            yield _small(f"… {more}")
