"""CPU time of named functions at work inside the product, each without the probed functions that it calls.

    with Probes({"body": ["crawler.extraction.body:extract"]}) as probes:
        ...
    probes.seconds["body"], probes.calls["body"]

A function is replaced wherever a module of ours holds it by name, so that `from x import f` is measured as well.
"""

from __future__ import annotations

import functools
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Self

OURS = ("crawler", "store", "scheduler", "benchmarks")


class Probes:
    """Context manager; `stages` maps a stage to `module:function` or `module:Class.method` targets."""

    def __init__(self, stages: Mapping[str, Sequence[str]]) -> None:
        self.seconds: dict[str, float] = dict.fromkeys(stages, 0.0)
        self.calls: Counter[str] = Counter()
        self._stages = stages
        self._undo: list[Callable[[], None]] = []
        self._inner: list[float] = []
        """CPU seconds of probed calls inside each open one."""

    def __enter__(self) -> Self:
        for stage, targets in self._stages.items():
            for target in targets:
                self._replace(stage, target)
        return self

    def __exit__(self, *_: object) -> None:
        while self._undo:
            self._undo.pop()()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count a block as a stage."""
        self._inner.append(0.0)
        started = time.process_time()
        try:
            yield
        finally:
            spent = time.process_time() - started
            self.seconds[name] = self.seconds.get(name, 0.0) + spent - self._inner.pop()
            self.calls[name] += 1
            if self._inner:
                self._inner[-1] += spent

    def _replace(self, stage: str, target: str) -> None:
        module_name, _, path = target.partition(":")
        owner: Any = import_module(module_name)
        *classes, name = path.split(".")
        for part in classes:
            owner = getattr(owner, part)
        original = getattr(owner, name)
        probed = self._probed(stage, original)
        for holder, held in [(owner, name)] if classes else _holders(original):
            self._undo.append(functools.partial(setattr, holder, held, original))
            setattr(holder, held, probed)

    def _probed(self, stage: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def probed(*arguments: Any, **named: Any) -> Any:
            with self.stage(stage):
                return original(*arguments, **named)

        return probed


def _holders(function: Any) -> list[tuple[ModuleType, str]]:
    """Every (module of ours, name) that holds the function."""
    found = []
    for module_name, module in list(sys.modules.items()):
        if module_name.partition(".")[0] in OURS:
            found += [(module, name) for name, value in vars(module).items() if value is function]
    return found
