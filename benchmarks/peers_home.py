"""Where the other programs are installed: an environment of their own, made on demand from `requirements.lock`."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"
HOME = HERE.parent / ".venv" / "peers"
SCRIPTS = HERE / "peers"


def peers_python() -> Path:
    """The interpreter of the peers' environment, which is made or renewed when the lock has changed.

    Raises:
        RuntimeError: it could not be installed; the message holds the installer's last words.
    """
    python, stamp = HOME / "bin" / "python", HOME / ".installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    print("installing the programs to compare with (once) …", file=sys.stderr, flush=True)
    venv.create(HOME, clear=True, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run([*command, "-r", str(LOCK)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"could not install {LOCK.name}: {done.stderr.strip()[-600:]}")
    stamp.write_text(wanted, "utf-8")
    return python
