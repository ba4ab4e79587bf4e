"""What holds for every test: bytecode is kept, and no example of Hypothesis is judged by the clock."""

from __future__ import annotations

import os
import sys

from hypothesis import settings

# The suite starts hundreds of children that import the same modules: each would compile them anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A busy machine takes longer than 200 ms for an example now and then; speed is what the benchmarks are for.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
