"""What a command costs: CPU seconds of everything it started, wall time, peak memory.

The command runs below a process of its own (`python -m benchmarks.meter`) that adopts what the command leaves behind
(`PR_SET_CHILD_SUBREAPER`), so that the CPU of workers that were never waited for, or whose parent died first, is in
`RUSAGE_CHILDREN` when all have ended. A sampler counts the same CPU from /proc while they live: more there than in
`RUSAGE_CHILDREN` would mean that processes escaped, and is reported as such. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.processes import Process, Sampler

ROOT = Path(__file__).resolve().parents[1]
_PR_SET_CHILD_SUBREAPER = 36
SAMPLE_SECONDS = 0.2
LINGER_SECONDS = 10.0
"""How long processes may outlive the command before they are ended."""
TOLERATED = 0.5
"""CPU seconds that /proc may show beyond `RUSAGE_CHILDREN`: clock ticks are rounded up, process by process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a command cost, with all its descendants."""

    wall: float
    """Seconds from start until the command itself ended."""
    user: float
    system: float
    peak_mb: float
    """Largest sum of proportional set sizes at one moment, sampled every 0.2 s: shared pages count once."""
    status: int
    """Exit code; negative for a signal."""
    escaped: float
    """CPU seconds seen in /proc and missing here; above 0 the measurement is wrong."""
    processes: tuple[Process, ...]

    @property
    def cpu(self) -> float:
        """CPU seconds, user and system."""
        return self.user + self.system


def measure(
    command: Sequence[str],
    *,
    cwd: Path,
    output: Path,
    environment: Mapping[str, str] | None = None,
    timeout: float = 3600.0,
) -> Usage:
    """Runs a command to its end and tells what it cost; `output` receives what it prints.

    Raises:
        RuntimeError: the command could not be measured, for example because it ran longer than `timeout` seconds.
    """
    with tempfile.TemporaryDirectory(prefix="meter-") as folder:
        report = Path(folder) / "usage.json"
        meter = [sys.executable, "-m", "benchmarks.meter", "--report", str(report), "--output", str(output)]
        meter += ["--cwd", str(cwd), "--timeout", str(timeout), "--", *command]
        done = subprocess.run(
            meter, cwd=ROOT, env=dict(environment) if environment is not None else None, check=False
        )
        if done.returncode or not report.exists():
            raise RuntimeError(f"{command[0]} could not be measured (status {done.returncode}); see {output}")
        said = json.loads(report.read_text("utf-8"))
    return Usage(**{**said, "processes": tuple(Process(**p) for p in said["processes"])})


def adopt_orphans() -> None:
    """From now on, descendants whose parent dies become children of this process.

    Raises:
        OSError: the system cannot do it (it is no Linux).
    """
    if sys.platform != "linux":
        raise OSError("CPU time of a whole process tree is measured on Linux only")
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER) failed")


def run_here(command: Sequence[str], *, cwd: Path, output: Path, timeout: float) -> Usage:
    """Runs the command below this process, which must have had no children before.

    Raises:
        TimeoutError: it ran longer than `timeout` seconds and was killed.
    """
    adopt_orphans()
    sampler = Sampler()
    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(sampler, stop), daemon=True)
    started = time.monotonic()
    with output.open("wb") as sink:
        child = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT)
        watch.start()
        status = _wait(child, timeout, sampler)
    wall = time.monotonic() - started
    _reap(sampler, time.monotonic() + LINGER_SECONDS)
    stop.set()
    watch.join()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    beyond = sampler.cpu - spent.ru_utime - spent.ru_stime
    return Usage(
        wall=wall, user=spent.ru_utime, system=spent.ru_stime, peak_mb=sampler.peak_mb, status=status,
        escaped=round(beyond, 2) if beyond > TOLERATED else 0.0, processes=sampler.processes(),
    )  # fmt: skip


def _watch(sampler: Sampler, stop: threading.Event) -> None:
    while not stop.wait(SAMPLE_SECONDS):
        sampler.sample()


def _wait(child: subprocess.Popen[bytes], timeout: float, sampler: Sampler) -> int:
    try:
        return child.wait(timeout)
    except subprocess.TimeoutExpired as error:
        _end(sampler.living(), signal.SIGKILL)
        raise TimeoutError(f"{error.cmd[0]} ran longer than {timeout:g} s") from error


def _reap(sampler: Sampler, deadline: float) -> None:
    """Wait for all that the command left behind; end what does not go by itself."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid:
            continue
        if time.monotonic() > deadline:
            _end(sampler.living(), signal.SIGKILL)
        time.sleep(0.02)


def _end(pids: Sequence[int], how: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meter", description=__doc__)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--cwd", type=Path, required=True)
    parser.add_argument("--timeout", type=float, required=True)
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    try:
        usage = run_here(given.command, cwd=given.cwd, output=given.output, timeout=given.timeout)
    except OSError as error:
        sys.exit(f"meter: {error}")
    given.report.write_text(json.dumps(asdict(usage)), "utf-8")


if __name__ == "__main__":
    main()
