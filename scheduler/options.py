"""The options that commands share, each with its environment variable, its default and its help in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_DB = Path("data/silkwatch.db")
"""Below the current folder, as `make run` has it: commands typed in a checkout meet the same store."""


def _cidr(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    import ipaddress  # only a command that takes the option pays for it

    networks = tuple(part for value in values for part in value.replace(",", " ").split())
    for network in networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError as error:
            raise click.BadParameter(f"{error}; expected a network such as 127.0.0.0/8") from error
    return networks


def database(command: F) -> F:
    """`--db PATH`, also SILKWATCH_DB."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path, dir_okay=False),
        default=DEFAULT_DB,
        show_default=True,
        envvar="SILKWATCH_DB",
        show_envvar=True,
        help="The store, one SQLite file; a run makes it when it is not there.",
    )(command)


def beat(command: F) -> F:
    """`--beat DIR`, also SILKWATCH_BEAT; None stands for the shipped beat."""
    return click.option(
        "--beat",
        "beat_folder",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="SILKWATCH_BEAT",
        show_envvar=True,
        help="Folder with the beat: sources, vocabulary, topics, seeds. Without it, the shipped beat.",
    )(command)


def allow_private(command: F) -> F:
    """`--allow-private CIDR` (repeatable), also SILKWATCH_ALLOW_PRIVATE (separated by commas or spaces)."""
    return click.option(
        "--allow-private",
        metavar="CIDR",
        multiple=True,
        callback=_cidr,
        envvar="SILKWATCH_ALLOW_PRIVATE",
        show_envvar=True,
        help="Private or loopback network that may be reached (e.g. 127.0.0.0/8); repeat for more. "
        "Without it such addresses are refused, wherever a name or a redirect leads.",
    )(command)


def as_json(command: F) -> F:
    """`--json`: one document on standard output, everything else on standard error."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")(command)


def configuration(command: F) -> F:
    """`--config FILE`, also SILKWATCH_CONFIG."""
    return click.option(
        "--config",
        "config_file",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="SILKWATCH_CONFIG",
        show_envvar=True,
        help="The configuration; without it silkwatch.toml beside the store, else in the beat's folder.",
    )(command)
