"""The collector of cycles in long processes."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc
from crawler import collector
class Knot:
    def __init__(self):
        self.itself = self
    def __del__(self):
        freed.append(True)
freed = []
collector.settle()
assert gc.get_freeze_count() > 1000
for _ in range(3 * collector.NEW_OBJECTS):
    Knot()
print(len(freed) > collector.NEW_OBJECTS)
"""


def test_what_was_loaded_is_left_alone_and_new_cycles_are_still_freed() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
