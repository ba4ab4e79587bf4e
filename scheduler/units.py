"""What starts Silkwatch on a machine: a crontab line, systemd units, a container file. Pure: paths in, text out."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where things are on this machine; all paths absolute."""

    program: Path
    """The `silkwatch` command."""
    db: Path
    beat: Path | None = None
    config: Path | None = None
    user: str = ""

    def command(self, *more: str) -> list[str]:
        options = [part for name, path in (("--beat", self.beat), ("--config", self.config)) if path
                   for part in (name, str(path))]  # fmt: skip
        return [str(self.program), "daemon", "--db", str(self.db), *options, *more]


def crontab(site: Site) -> str:
    """Every quarter of an hour: do what is due, and nothing when nothing is."""
    command = _for_cron(shlex.join(site.command("--once", "--quiet")))
    return (
        "# Does what is due: passes, digest, maintenance, backup. What was missed while the machine was off is\n"
        "# made up. Exit code 75 (another run is at work) is no fault: a quarter of an hour later it is due again.\n"
        f"*/15 * * * * {command}\n"
    )


def systemd(site: Site) -> str:
    """The daemon as a service."""
    user = f"User={site.user}\n" if site.user else ""
    return f"""\
# silkwatch.service: the daemon. Put it into /etc/systemd/system, then: systemctl enable --now silkwatch
[Unit]
Description=Silkwatch news monitor
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
{user}WorkingDirectory={_path(site.db.parent)}
# Proxies, SILKWATCH_TZ and the like, a NAME=value a line; the file may be left out.
EnvironmentFile=-{_path(site.db.parent)}/silkwatch.env
ExecStart={_words(site.command())}
# Reads the configuration again.
ExecReload=/bin/kill -HUP $MAINPID
# Only the daemon gets the signal: it lets the crawl finish the pages in hand and close its run.
KillMode=mixed
KillSignal=SIGTERM
TimeoutStopSec=180
Restart=on-failure
RestartSec=60
{_GUARDS}ReadWritePaths={_path(site.db.parent)}

[Install]
WantedBy=multi-user.target
"""


def timer(site: Site) -> str:
    """The same work without a resident process: a one-shot service and its timer, one file after the other."""
    user = f"User={site.user}\n" if site.user else ""
    return f"""\
# silkwatch-due.service: does what is due and ends.
[Unit]
Description=Silkwatch news monitor: what is due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{user}WorkingDirectory={_path(site.db.parent)}
EnvironmentFile=-{_path(site.db.parent)}/silkwatch.env
ExecStart={_words(site.command("--once"))}
# 75: another run is at work; it is due again at the next look.
SuccessExitStatus=75
KillMode=mixed
TimeoutStopSec=180
{_GUARDS}ReadWritePaths={_path(site.db.parent)}

# silkwatch-due.timer: systemctl enable --now silkwatch-due.timer
[Unit]
Description=Silkwatch looks for what is due

[Timer]
OnCalendar=*:0/15
Persistent=true

[Install]
WantedBy=timers.target
"""


def container(_site: Site) -> str:
    """A container file for a checkout; the store lies on a volume."""
    return """\
# Build in a checkout: podman build -t silkwatch -f Containerfile .
# Run: podman run -d --init --name silkwatch -v silkwatch:/data -e SILKWATCH_TZ=Europe/Berlin silkwatch
# Stop with time to finish the pages in hand: podman stop -t 180 silkwatch
FROM python:3.12-slim
WORKDIR /app
COPY requirements.lock pyproject.toml README.md scrapy.cfg ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY crawler crawler
COPY scheduler scheduler
COPY store store
RUN python -m pip install --no-cache-dir --no-deps --no-build-isolation . \\
    && useradd --create-home silkwatch && mkdir /data && chown silkwatch /data
USER silkwatch
WORKDIR /data
VOLUME /data
ENV SILKWATCH_DB=/data/silkwatch.db PYTHONUNBUFFERED=1
STOPSIGNAL SIGTERM
ENTRYPOINT ["silkwatch"]
CMD ["daemon"]
"""


KINDS: Mapping[str, Callable[[Site], str]] = {
    "systemd": systemd, "timer": timer, "crontab": crontab, "container": container,
}  # fmt: skip

_GUARDS = """\
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=strict
ProtectHome=read-only
"""


def _for_cron(command: str) -> str:
    """cron takes a bare % for the end of the line."""
    return command.replace("%", "\\%")


def _words(command: list[str]) -> str:
    return " ".join(_word(part) for part in command)


def _word(text: str) -> str:
    """A word of ExecStart: % and $ mean something to systemd, and blanks end a word."""
    safe = text.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{safe}"' if any(c.isspace() or c in "\"';" for c in text) else safe


def _path(path: Path) -> str:
    return str(path).replace("%", "%%")
