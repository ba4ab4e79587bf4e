"""`silkwatch rejudge`: what is stored, judged again after the rules have changed."""

from __future__ import annotations

import click

from scheduler.commands.rejudge_duplicates import duplicates
from scheduler.commands.rejudge_relevance import relevance


@click.group(short_help="Judge again what is stored, by today's rules.", invoke_without_command=True)
@click.pass_context
def rejudge(context: click.Context) -> None:
    """Judge again what is stored, after the rules of the beat have changed. Each says first what would change.

    Nothing is deleted. What has changed meanwhile, because a pass goes on, is left to the next time; stopped at any
    moment, the next time goes on from there.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


rejudge.add_command(relevance)
rejudge.add_command(duplicates)
