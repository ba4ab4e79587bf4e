"""The `silkwatch` command: its groups, and how errors end.

Command modules import only click when they are loaded; what they work with is imported inside the functions, so
that `silkwatch --help` stays fast (a test holds it to 0.3 s of CPU).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper

import click

from scheduler import exits
from scheduler.commands.backup import backup
from scheduler.commands.beat import beat
from scheduler.commands.browse import browse
from scheduler.commands.daemon import daemon
from scheduler.commands.demo import demo
from scheduler.commands.digest import digest
from scheduler.commands.doctor import doctor
from scheduler.commands.evaluate import evaluate
from scheduler.commands.explain import explain
from scheduler.commands.export import export
from scheduler.commands.feedback import feedback
from scheduler.commands.lexicon import lexicon
from scheduler.commands.reindex import reindex
from scheduler.commands.rejudge import rejudge
from scheduler.commands.run import run
from scheduler.commands.search import search
from scheduler.commands.seed import seed
from scheduler.commands.sources import sources
from scheduler.commands.status import status
from store.errors import SilkwatchError

EPILOG = """\b
Start here:
  silkwatch demo             see it all on a small newsroom, offline, in a minute
  silkwatch run              gather once from the shipped sources
  silkwatch search WORDS     find what was kept
  silkwatch explain URL      why an address was kept, merged or refused

\b
Exit codes:
  0   done; sources that failed are reported
  1   could not do its work
  2   wrong usage or configuration
  75  another run holds the lock

Times are shown in your zone (SILKWATCH_TZ, TZ or the machine's) and stored in UTC."""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("silkwatch"), prog_name="silkwatch")
def cli() -> None:
    """Watch the news on a beat: gather what sources publish, judge it, keep each story once, say why."""


for _command in (
    run, daemon, status, digest, doctor, browse, explain, search, export, sources, beat, seed, feedback, backup, demo,
    evaluate, rejudge, reindex, lexicon,
):  # fmt: skip
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits with the documented code; known errors are one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a Latin-1 terminal must not end a run at a Persian title
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_status(arguments))


def _status(arguments: Sequence[str] | None) -> int:
    try:
        result = cli.main(args=arguments, prog_name="silkwatch", standalone_mode=False)
    except click.exceptions.Abort:
        _say("stopped")
        return exits.FAILED
    except click.ClickException as error:
        error.show()
        return exits.USAGE
    except SilkwatchError as error:
        _say(str(error))
        return exits.code_for(error)
    return result if isinstance(result, int) else exits.OK


def _say(message: str) -> None:
    from scheduler.terminal import plain  # messages may quote what a source or a file said

    first, *more = message.splitlines() or [""]
    click.echo("\n".join([f"silkwatch: {plain(first)}", *(f"  {plain(line)}" for line in more)]), err=True)
