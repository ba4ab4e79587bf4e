"""The daemon: waits for what is due and does it, one thing at a time, until it is told to stop.

APScheduler only wakes it: each task has one date job for the next moment that `due` names, so that neither changes of
the clocks nor a sleeping machine can skip or double a turn. What is due is always asked of `due` and the store, never
of a job; passes run in this thread, which therefore takes the signals.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from scheduler import exits, ledger, work
from scheduler.config import load
from scheduler.config_keys import Config, moment_of
from scheduler.due import Plan, Task, TurnState
from scheduler.gather import PassStopped
from scheduler.ledger import Result
from scheduler.maintenance import daemon_lock
from scheduler.tell import Event, check, one_sentence, tell
from scheduler.work import Place
from scheduler.zone import shown
from store import clock
from store.database import Store, make_folder
from store.errors import RunInProgress, SilkwatchError
from store.lock import RunLock

LOOK_SECONDS = 60.0
"""It looks at least so often, whatever woke or did not wake it (a suspended machine, a clock that was set)."""
BUSY_SECONDS = 1.0
"""While another run holds the lock it looks so often whether that has ended."""
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the daemon is started with."""

    place: Place
    config: Path | None = None
    once: bool = False
    """Do what is due now and end: for cron and timers."""


class Daemon:
    def __init__(self, orders: Orders, *, say: Callable[[str], None]) -> None:
        self.orders = orders
        self.place = orders.place
        self.say = say
        self.config = Config()
        self._wake: SimpleQueue[int] = SimpleQueue()  # its put may be called in a signal handler
        self._stop = self._reload = self._refused = self._failed = False
        self._next: dict[str, datetime] = {}

    def run(self) -> int:
        """Until a signal, or with `once` until nothing is due; the exit code.

        Raises:
            UsageError: the configuration is not valid.
            RunInProgress: a daemon is at work on this store.
            StoreError: the store cannot be made or opened.
        """
        self._configure()
        make_folder(self.place.db)
        lock = daemon_lock(self.place.db)
        try:
            lock.acquire()
        except RunInProgress as error:
            holder = lock.holder().get("pid", "?")
            raise RunInProgress(f"a daemon (process {holder}) is at work on {self.place.db}") from error
        try:
            self._set_clock()
            Store.open(
                self.place.db
            ).close()  # made or brought up to date; never held open, so that it can be replaced
            with self._signals():
                self._work_and_wait()
        finally:
            lock.release()
        return self._exit_code()

    def _work_and_wait(self) -> None:
        timer = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
        timer.start()
        try:
            while not self._stop:
                if self._reload:
                    self._configure_again()
                if self._one_thing():
                    continue
                if self.orders.once:
                    break
                self._wait(timer)
        finally:
            timer.shutdown(wait=False)
        self.say("Stopped." if self._stop else "Nothing more is due.")

    # --- work -------------------------------------------------------------------------------------------------------

    def _one_thing(self) -> bool:
        """Does the first task that is due; False when there is none, or none that the lock allows now."""
        self._refused = False
        for task in ledger.tasks(self.config):
            found = self._settled(task)
            self._next[task.id] = found.next
            if found.now:
                result = self._done(task, found)
                self._refused = result.state is TurnState.REFUSED
                return not self._refused
        return False

    def _settled(self, task: Task) -> Plan:
        now = clock.now(self.place.db)
        with Store.open(self.place.db) as store, store.write():
            found = ledger.look(store, task, now)
            missed = ledger.settle(store, task, found, now)
        for sentence in missed:
            self.say(sentence)
            self._tell("missed", sentence)
        if found.now and task.passes and ledger.was_missed(found, ledger.slack(self.config)):
            late = found.late.total_seconds() / 3600
            due = shown(found.now, self.config.shown_zone)
            sentence = f"{task.id} of {due} was missed; it is made up now, {late:.1f} hours late"
            self.say(sentence)
            self._tell("missed", sentence)
        return found

    def _done(self, task: Task, found: Plan) -> Result:
        self.say(f"{task.id}: begun")
        self._pace(1.0)
        result = work.do(task, self.place, self.config, say=self._say_unless_stopped)
        now = clock.now(self.place.db)
        with Store.open(self.place.db) as store, store.write():
            ledger.close(store, task, found, result, now, slack=ledger.slack(self.config))
        self.say(f"{task.id}: {result.state}; {result.detail}")
        if result.event:
            self._tell(result.event, f"{task.id}: {result.detail}")
        for sentence in result.newly_ill:
            self.say(sentence)
        if result.newly_ill:
            self._tell("ill", one_sentence(result.newly_ill))
        self._failed |= result.state in (TurnState.FAILED, TurnState.INTERRUPTED)
        self._stop |= result.stopped
        if result.state is not TurnState.REFUSED:
            self._pace(self.config.clock.speed)
        return result

    def _say_unless_stopped(self, text: str) -> None:
        """A signal that came while a pass was being prepared must not be lost: the child takes only later ones."""
        if self._stop:
            raise PassStopped("stopped before the pass had begun")
        self.say(text)

    def _tell(self, kind: str, text: str) -> None:
        """Notifies; a channel that fails is told here and does not keep the daemon from its work."""
        event = Event(kind=kind, text=text, at=clock.now(self.place.db), db=self.place.db)
        for trouble in tell(event, self.config):
            self.say(trouble)

    # --- waiting ----------------------------------------------------------------------------------------------------

    def _wait(self, timer: BackgroundScheduler) -> None:
        """Until the next turn, a signal, or the end of the run that holds the lock."""
        if self._refused:
            while RunLock(self.place.db).held() and not (self._stop or self._reload):
                self._wait_for(BUSY_SECONDS)
            return
        self._plan_wakes(timer)
        self._wait_for(LOOK_SECONDS)

    def _wait_for(self, seconds: float) -> None:
        """Until something wakes us, or so many seconds have passed."""
        with suppress(Empty):
            self._wake.get(timeout=seconds)

    def _plan_wakes(self, timer: BackgroundScheduler) -> None:
        trial, real = clock.read(self.place.db), datetime.now(UTC)
        for job in timer.get_jobs():
            if job.id not in self._next:
                job.remove()
        for name, due in self._next.items():
            at = trial.real_at(due) if trial else due
            timer.add_job(
                self._wake.put, DateTrigger(max(at, real), UTC), args=[0], id=name, name=name, replace_existing=True
            )

    # --- clock, configuration, signals ------------------------------------------------------------------------------

    def _pace(self, speed: float) -> None:
        """In a trial: lets the clock run fast while we wait, and in real time while something is done."""
        if trial := clock.read(self.place.db):
            clock.write(self.place.db, trial.from_now(speed, real=datetime.now(UTC)))

    def _set_clock(self) -> None:
        wanted, trial, real = self.config.clock, clock.read(self.place.db), datetime.now(UTC)
        if wanted.speed == 1 and not wanted.start:
            if trial:
                clock.write(self.place.db, None)
                self.say("The trial is over: the clock is the machine's again.")
            return
        if trial is None:
            trial = clock.Clock(real=real, shown=moment_of(wanted.start) or real)
        clock.write(self.place.db, trial.from_now(wanted.speed, real=real))
        self.say(f"A trial: the clock shows {shown(clock.now(self.place.db), self.config.shown_zone)} "
                 f"and runs {wanted.speed:g} times as fast while nothing is done.")  # fmt: skip

    def _configure(self) -> None:
        loaded = load(self.place.db, option=self.orders.config, beat=self.place.beat)
        check(loaded.config)
        self.config = loaded.config
        self._next.clear()
        self.say(f"Configuration: {loaded.path or 'all defaults (no silkwatch.toml)'}")
        for task in ledger.tasks(self.config):
            self.say(f"  {task.id}: {task.rule}")

    def _configure_again(self) -> None:
        """On SIGHUP. A configuration that is not valid is told, and the one in use stays."""
        self._reload = False
        try:
            self._configure()
            self._set_clock()
        except SilkwatchError as error:
            self.say(f"The configuration was not changed: {error}")

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """While a pass runs, the runner takes SIGTERM and SIGINT itself and says afterwards that it was stopped."""
        before = {number: signal.signal(number, self._signalled) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._reload = True
        else:
            self._stop = True
        self._wake.put(number)

    def _exit_code(self) -> int:
        if not self.orders.once:
            return exits.OK
        return exits.BUSY if self._refused else exits.FAILED if self._failed else exits.OK
