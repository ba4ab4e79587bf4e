"""The descendants of this process, sampled from /proc: their CPU time, their memory, their names."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")
_NAME_LENGTH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process as last seen."""

    pid: int
    parent: int
    """As first seen: an orphan keeps the parent it was born to."""
    command: str
    cpu: float
    """Its own CPU seconds up to the last sample, without its children's."""


class Sampler:
    """Looks at the tree below this process whenever `sample` is called."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._seen: dict[int, Process] = {}

    def sample(self) -> None:
        """Reads every descendant once."""
        memory = 0.0
        for pid, parent, cpu in _descendants(os.getpid()):
            known = self._seen.get(pid)
            command = _command(pid) or (known.command if known else "")
            first_parent = known.parent if known else parent
            self._seen[pid] = Process(pid=pid, parent=first_parent, command=command, cpu=cpu)
            memory += _memory_mb(pid)
        self.peak_mb = max(self.peak_mb, memory)

    def processes(self) -> tuple[Process, ...]:
        """Every process seen, the busiest first."""
        return tuple(sorted(self._seen.values(), key=lambda p: -p.cpu))

    @property
    def cpu(self) -> float:
        """CPU seconds of all of them, as far as samples saw them."""
        return sum(p.cpu for p in self._seen.values())

    @staticmethod
    def living() -> list[int]:
        """The descendants that run now."""
        return [pid for pid, _, _ in _descendants(os.getpid())]


def _descendants(root: int) -> Iterator[tuple[int, int, float]]:
    """(pid, parent, own CPU seconds) of everything below `root`."""
    children: dict[int, list[tuple[int, int, float]]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdecimal() and (row := _stat(entry)):
            children.setdefault(row[1], []).append(row)
    waiting = [root]
    while waiting:
        for row in children.get(waiting.pop(), ()):
            yield row
            waiting.append(row[0])


def _stat(entry: Path) -> tuple[int, int, float] | None:
    """pid, parent and own CPU seconds; None when the process has just ended."""
    with contextlib.suppress(OSError):
        # The name in parentheses may hold anything: fields are counted from behind it (proc_pid_stat(5)).
        fields = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return int(entry.name), int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICK
    return None


def _command(pid: int) -> str:
    with contextlib.suppress(OSError):
        arguments = (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
        return b" ".join(arguments).decode("utf-8", "replace")[:_NAME_LENGTH]
    return ""


def _memory_mb(pid: int) -> float:
    """Proportional set size in megabytes: a page shared by n processes counts 1/n in each."""
    with contextlib.suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
