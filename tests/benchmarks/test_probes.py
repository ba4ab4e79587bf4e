"""Probes count a function's own CPU time wherever it is called from, and leave no trace."""

from __future__ import annotations

import time

import pytest

from benchmarks import probes as module
from benchmarks.probes import Probes

HERE = "tests.benchmarks.test_probes"


def burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def inner() -> None:
    burn(0.05)


def outer() -> None:
    burn(0.02)
    inner()


class Holder:
    def method(self) -> None:
        burn(0.02)


@pytest.fixture(autouse=True)
def this_module_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OURS", ("tests",))


def test_a_stage_is_counted_without_the_stages_it_calls() -> None:
    with Probes({"outer": [f"{HERE}:outer"], "inner": [f"{HERE}:inner"]}) as probes:
        outer()
        inner()
    assert probes.seconds["outer"] == pytest.approx(0.02, abs=0.015)
    assert probes.seconds["inner"] == pytest.approx(0.10, abs=0.03)
    assert (probes.calls["outer"], probes.calls["inner"]) == (1, 2)


def test_methods_are_probed_and_everything_is_put_back() -> None:
    before = (outer, Holder.method)
    with Probes({"method": [f"{HERE}:Holder.method"], "outer": [f"{HERE}:outer"]}) as probes:
        Holder().method()
        assert outer is not before[0]
    assert probes.calls["method"] == 1
    assert (outer, Holder.method) == before


def test_a_call_that_raises_is_counted_too() -> None:
    probes = Probes({})
    with pytest.raises(ValueError, match="no"), probes.stage("a"):
        raise ValueError("no")
    assert probes.calls["a"] == 1


def test_an_unknown_target_is_an_error() -> None:
    with pytest.raises(AttributeError), Probes({"a": [f"{HERE}:nothing"]}):
        pass
