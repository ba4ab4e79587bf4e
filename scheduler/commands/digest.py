"""`silkwatch digest`: what is new since the last one, to read or to send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler import options

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.channels import Channel
    from scheduler.digest import Digest
    from scheduler.digest_send import Delivery, Terms

FORMS = {"md": "markdown", "markdown": "markdown", "html": "html", "text": "text", "txt": "text"}


@click.command("digest", short_help="Tell what is new since the last digest, here or to channels.")
@options.database
@options.configuration
@click.option(
    "--since",
    metavar="WHEN",
    help="Tell what is new since then instead (36h, 7d, 2w, 2026-03-01, "
    "2026-03-01T18:30 in your zone); nothing is remembered.",
)
@click.option(
    "--format",
    "form",
    metavar="FORM",
    type=click.Choice(list(FORMS)),
    help="How to write it: md, html or text; without it as configured. The ending of a file and what a service "
    "likes go first.",
)
@click.option(
    "--to", "to", metavar="CHANNEL", multiple=True, help="Send it there; repeat for more. Without it, print."
)
@click.option(
    "--send",
    "configured",
    is_flag=True,
    help="Send it to the channels of the configuration, as the daemon does at its time.",
)
@click.option(
    "--preview", "--no-send", "preview", is_flag=True, help="Print what would be sent; send and remember nothing."
)
@click.option("--empty", is_flag=True, help="Also when there is nothing new.")
@options.as_json
def digest(
    db: Path, config_file: Path | None, since: str | None, form: str | None, to: tuple[str, ...], configured: bool,
    preview: bool, empty: bool, as_json: bool,
) -> int:  # fmt: skip
    """Tell what is new since the last digest: by topic and story, with outlet, time, language and one sentence of
    evidence; copies folded, translations and rewrites beside what they follow, what did not go as planned and ill
    sources last. Quiet when there is nothing new.

    Each channel is remembered by itself: its next digest goes on where its last one ended, and what a channel did not
    take comes with its next one. Printing is a channel too (stdout): look with --preview to leave it as it is.

    \b
    Channels:
      stdout                            print it
      file:PATH                         a file, replaced by each digest; .md, .html or .txt
      file:FOLDER/                      a new file in a folder for each digest
      mailto:NAME@HOST                  e-mail through the server in SILKWATCH_SMTP, else this machine's
      smtp://USER:PASSWORD@HOST?to=NAME@HOST&from=NAME@HOST   (or smtps://)
      ntfy://TOPIC, slack://…, tgram://…, json://HOST/…       any service of Apprise

    \b
    Examples:
      silkwatch digest --since 7d --format html > week.html
      silkwatch digest --to file:news/ --to mailto:me@example.org
      silkwatch digest --send --preview

    Exit code 0 when it was told or nothing was new, 1 when a channel failed, 75 when another process is sending.
    """
    from scheduler import digest_send  # opens the store: not needed for --help
    from scheduler.channels import parse
    from scheduler.config import load
    from scheduler.since import since as parsed
    from store import clock

    config = load(db, option=config_file).config
    now, zone = clock.now(db), config.shown_zone
    terms = digest_send.Terms(
        zone=zone,
        form=FORMS[form] if form else config.digest.format,
        when_empty=empty or config.digest.when_empty,
        since=parsed(since, now=now, zone=zone) if since is not None else None,
    )
    channels = parse(to) + (digest_send.configured(config) if configured else []) or parse(["stdout"])
    if preview:
        return _preview(db, channels, terms, now, as_json)
    return _send(db, channels, terms, now, as_json)


def _preview(db: Path, channels: Sequence[Channel], terms: Terms, now: datetime, as_json: bool) -> int:
    from scheduler import digest_send
    from scheduler.digest import document, render
    from scheduler.terminal import json_text

    found = digest_send.previews(db, channels, terms, now=now)
    if as_json:
        told = [{"digest": document(of[0].digest), "channels": [p.channel.shown for p in of]} for of in found]
        click.echo(json_text({**told[0], "others": told[1:]}))
        return 0
    for plans in found:
        names, digest = ", ".join(plan.channel.shown for plan in plans), plans[0].digest
        if digest.something or terms.when_empty:
            click.echo(f"For {names}:", err=True)
            click.echo(render(digest, terms.form), nl=False)
        else:
            click.echo(f"For {names}: {_nothing(digest)}", err=True)
    return 0


def _send(db: Path, channels: Sequence[Channel], terms: Terms, now: datetime, as_json: bool) -> int:
    from scheduler import digest_send, exits

    if as_json:
        terms = replace(terms, printed=_as_json)
    done = digest_send.deliver(db, channels, terms, now=now)
    printed = [one for one in done if one.channel.shown == "stdout" and one.state != "quiet"]
    if as_json and not printed:
        click.echo(_as_json(done[0].digest, done), nl=False)
    _report(done, printed)
    return exits.FAILED if any(one.state == "failed" for one in done) else exits.OK


def _report(done: Sequence[Delivery], printed: Sequence[Delivery]) -> None:
    """On standard error, what became of each channel but of what was printed well."""
    for one in done:
        if one.state == "failed":
            click.echo(f"silkwatch: {one.channel.shown}: {one.error}; the next digest brings it", err=True)
        elif one.state == "quiet":
            click.echo(f"{_nothing(one.digest)} ({one.channel.shown})", err=True)
        elif one not in printed:
            click.echo(f"Sent to {one.channel.shown}.", err=True)


def _as_json(digest: Digest, done: Sequence[Delivery]) -> str:
    from scheduler.digest import document
    from scheduler.terminal import json_text

    told = [{"channel": one.channel.shown, "state": one.state, "error": one.error} for one in done]
    return json_text({"digest": document(digest), "deliveries": told}) + "\n"


def _nothing(digest: Digest) -> str:
    from scheduler.zone import shown

    return f"Nothing new since {shown(digest.since, digest.zone)}; --since looks further back."
