"""What README.md tells to type works: every command, option and file it names, run on the newsroom instead of the web."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from scheduler.cli import cli
from scheduler.demo import edition
from scheduler.demo.outlets import KNOWN
from scheduler.demo.web import Web
from tests.desk import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PROGRAM = ".venv/bin/silkwatch"
STAND_INS = {"https://…": "{article}", "tehrantimes": "khalijwire", "Chabahar port": "rail freight"}
"""What a reader puts in, and what the newsroom has of it."""


def typed() -> list[list[str]]:
    """The lines of all shell blocks, without their comments, as the shell splits them."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    return [words for block in blocks for line in block.splitlines() if (words := shlex.split(line, comments=True))]


COMMANDS = [words[1:] for words in typed() if words[0] == PROGRAM]
TARGETS = [words[1] for words in typed() if words[0] == "make"]


def test_the_readme_shows_nothing_but_make_and_silkwatch() -> None:
    assert {words[0] for words in typed()} == {"make", PROGRAM}
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_and_its_options_exist(words: list[str]) -> None:
    command: click.Command = cli
    while isinstance(command, click.Group):
        _, found, words = command.resolve_command(click.Context(command), words)
        assert found is not None
        command = found
    known = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("-")} <= known


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_the_target(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_file_that_is_linked_is_there() -> None:
    linked = [link for link in re.findall(r"\]\(([^)#]+)", README) if "://" not in link]
    assert [link for link in linked if not (ROOT / link).is_file()] == []


def test_the_crontab_line_calls_a_command_that_exists() -> None:
    (line,) = re.findall(r"^```cron\n(.*?)\n```$", README, re.DOTALL | re.MULTILINE)
    words = shlex.split(line.split(PROGRAM, 1)[1])
    assert words == ["run", "--db", "data/silkwatch.db"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str], str]]:
    """A folder as a reader's checkout, what the environment of its shell is, and the address of an article."""
    folder = tmp_path_factory.mktemp("checkout")
    now = datetime.now(UTC).replace(microsecond=0)
    beat = edition.make_beat(folder / "newsroom")
    (folder / "known-articles").mkdir()
    shutil.copyfile(KNOWN, folder / "known-articles" / KNOWN.name)
    with Web() as web:
        edition.publish(web, 1, now)
        variables = {
            "SILKWATCH_BEAT": str(beat), "SILKWATCH_TZ": "UTC", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1",
            "PYTHONPATH": str(ROOT), "HOME": str(folder), **web.proxy_environment(),
        }  # fmt: skip
        opml = shell(["sources", "export"], folder, variables)
        (folder / "feeds.opml").write_text(opml.stdout, "utf-8")
        yield folder, variables, edition.addresses(1, now)["khalijwire:rail"]


def shell(words: list[str], folder: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scheduler", *words], cwd=folder, env=variables, capture_output=True, text=True,
        timeout=200, check=False,
    )  # fmt: skip


def test_the_commands_work_one_after_the_other(desk: tuple[Path, dict[str, str], str]) -> None:
    folder, variables, article = desk
    for command in COMMANDS:
        words = [STAND_INS.get(word, word).format(article=article) for word in command]
        if words[0] == "browse":
            assert serves([*words, "--port", "0", "--no-open"], folder, variables)
            continue
        done = shell(words, folder, variables)
        assert done.returncode == 0, f"{' '.join(words)}:\n{done.stdout}\n{done.stderr}"
    assert (folder / "my.db").is_file()
    assert (folder / "articles.jsonl").read_text("utf-8").count("\n") >= 5


def serves(words: list[str], folder: Path, variables: dict[str, str]) -> bool:
    """Whether the command says that it is running; Ctrl-C ends it."""
    with subprocess.Popen(
        [sys.executable, "-m", "scheduler", *words], cwd=folder, env=variables, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        running = any("running on http://127.0.0.1" in line for line in child.stdout)
        child.send_signal(signal.SIGINT)
        child.stdout.read()
    return running
