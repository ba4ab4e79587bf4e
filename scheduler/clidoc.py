"""`python -m scheduler.clidoc` writes docs/cli.md from the commands themselves; a test holds the file to it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from scheduler.cli import EPILOG, cli

TARGET = Path("docs/cli.md")
_HEAD = """# Commands

Made from the commands by `python -m scheduler.clidoc`; `silkwatch COMMAND --help` tells the same.
"""


def render() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD, _text(cli.help), _code_blocks(EPILOG)]
    for path, command in walk(cli, ("silkwatch",)):
        parts.append("\n".join(_section(path, command)))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def walk(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below a group with its words, groups before what they hold."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from walk(command, (*path, name))


def _section(path: tuple[str, ...], command: click.Command) -> Iterator[str]:
    yield f"{'#' * len(path)} {' '.join(path)}"
    yield ""
    if not isinstance(command, click.Group):
        yield f"    {' '.join([*path, *command.collect_usage_pieces(click.Context(command))])}"
        yield ""
    yield _code_blocks(_text(command.help))
    rows = [row for parameter in command.params if (row := _row(parameter))]
    if rows:
        yield from ("", "| option | meaning |", "|---|---|", *rows)


def _text(given: str | None) -> str:
    return inspect.cleandoc(given or "")


def _code_blocks(text: str) -> str:
    """click's \\b paragraphs keep their lines: here as indented code below their first line."""
    told = []
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("\b\n"):
            first, *rest = paragraph[2:].splitlines()
            told.append("\n".join([first, "", *(f"    {line.strip()}" for line in rest)]))
        else:
            told.append(paragraph)
    return "\n\n".join(told)


def _row(parameter: click.Parameter) -> str:
    """An option as a table row; arguments are told in the text."""
    if not isinstance(parameter, click.Option):
        return ""
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    if not parameter.is_flag:
        names += f" {parameter.make_metavar(click.Context(click.Command('x')))}"
    notes = [parameter.help or ""]
    if parameter.envvar and parameter.show_envvar:
        notes.append(f"Environment: `{parameter.envvar}`.")
    if parameter.show_default and parameter.default is not None:
        notes.append(f"Default: `{parameter.default}`.")
    return f"| {names} | {' '.join(notes)} |".replace("|N|", "N")


if __name__ == "__main__":
    TARGET.write_text(render(), "utf-8")
