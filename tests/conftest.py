"""What holds for every test: bytecode is kept, Ctrl-C reaches children, and no example is judged by the clock."""

from __future__ import annotations

import os
import signal
import sys

from hypothesis import settings

# The suite starts hundreds of children that import the same modules: each would compile them anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell that starts the suite in the background has it ignore SIGINT, and every child would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine takes longer than 200 ms for an example now and then; speed is what the benchmarks are for.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
