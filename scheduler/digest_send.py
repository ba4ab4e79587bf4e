"""Sends the digest: to each channel what is new since its own last one, and writes down who has been told.

A delivery is written down before it is sent and again when it has been taken. A process that is killed in between
leaves it unsure whether the digest arrived; then the channel gets the same news again, with a note that says so: news
that came twice does less harm than news that never came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from scheduler import digest_make
from scheduler.channels import Channel, Kind, Message, parse
from scheduler.channels.deliver import attempt
from scheduler.config_keys import Config
from scheduler.digest import Digest, fitted
from scheduler.digest.words import headline
from scheduler.tell import CHANNEL_ISSUE
from scheduler.zone import shown
from store import digest as ledger
from store import runs
from store.database import Store
from store.digest import Mark, Start
from store.errors import RunInProgress, SilkwatchError
from store.lock import RunLock
from store.values import stamp

LOCK_WAIT = 60.0
"""Seconds to wait for another process that is just sending; longer than any server is waited for."""


class DeliveryFailed(SilkwatchError):
    """At least one channel did not take the digest (exit code 1); it gets the same news with its next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of the digest of one channel."""

    channel: Channel
    digest: Digest
    state: str
    """`sent`, `failed`, or `quiet` when there was nothing to tell."""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a digest is sent."""

    zone: tzinfo
    form: str = "markdown"
    """For files without a telling ending and for standard output."""
    when_empty: bool = False
    since: datetime | None = None
    """Tell what is new since then instead, and write nothing down."""
    printed: Callable[[Digest, Sequence[Delivery]], str] | None = None
    """How standard output, which comes last then, is written instead of in `form`: its digest and what became of the
    other channels go in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a channel is to be sent."""

    channel: Channel
    digest: Digest
    start: Start
    until: Mark


def send(db: Path, config: Config, *, now: datetime) -> str:
    """Sends the digest to the configured channels; what was sent where, in one sentence.

    Raises:
        UsageError: the configuration names no valid channel.
        RunInProgress: another process is sending.
        StoreError: the store cannot be read or written.
        DeliveryFailed: a channel failed; the others have got theirs.
    """
    terms = Terms(zone=config.shown_zone, form=config.digest.format, when_empty=config.digest.when_empty)
    done = deliver(db, configured(config), terms, now=now)
    if any(one.state == "failed" for one in done):
        raise DeliveryFailed(told(done))
    return told(done)


def configured(config: Config) -> list[Channel]:
    """The channels of the configuration; without any, a folder beside the store.

    Raises:
        UsageError: one is not valid.
    """
    folder = config.digest.folder or "."
    return parse(config.digest.to or [f"file:{folder}" if folder.endswith("/") else f"file:{folder}/"])


def deliver(db: Path, channels: Sequence[Channel], terms: Terms, *, now: datetime) -> list[Delivery]:
    """Sends each channel its digest. A channel that fails does not keep the others from theirs.

    Raises:
        RunInProgress: another process is sending.
        StoreError: the store cannot be read or written.
    """
    done: list[Delivery] = []
    if terms.printed:
        channels = sorted(channels, key=lambda channel: channel.kind is Kind.STDOUT)
    with Store.open(db, create=False) as store, _alone(db):
        for plan in _planned(store, channels, terms, now):
            done.append(_delivered(store, plan, terms, done))
    return done


def previews(db: Path, channels: Sequence[Channel], terms: Terms, *, now: datetime) -> list[list[Plan]]:
    """What these channels would be sent, those that would get the same together. Sends and writes nothing.

    Raises:
        StoreError: the store cannot be read.
    """
    found: dict[Start, list[Plan]] = {}
    with Store.open(db, readonly=True) as store:
        for plan in _planned(store, channels, terms, now):
            found.setdefault(plan.start, []).append(plan)
    return list(found.values())


def _planned(store: Store, channels: Sequence[Channel], terms: Terms, now: datetime) -> list[Plan]:
    """Each channel with its digest; those that go on from the same mark share one."""
    until = ledger.newest(store, now)
    made: dict[Start, Digest] = {}
    plans = []
    for channel in channels:
        start = _start(store, channel, terms, now)
        if start not in made:
            made[start] = digest_make.between(store, start.mark, until, terms.zone, notes=_notes(start, terms.zone))
        plans.append(Plan(channel=channel, digest=made[start], start=start, until=until))
    return plans


def _start(store: Store, channel: Channel, terms: Terms, now: datetime) -> Start:
    if terms.since is not None:
        return Start(mark=ledger.at(store, terms.since))
    return ledger.start_for(store, channel.shown, now)


def _notes(start: Start, zone: tzinfo) -> list[str]:
    notes = []
    if start.first:
        notes.append(f"The first digest: it reaches back {ledger.FIRST.days} days.")
    if start.unsure:
        when = shown(start.unsure, zone)
        notes.append(f"Some of this may have reached you already: a sending of {when} was cut short.")
    return notes


def _delivered(store: Store, plan: Plan, terms: Terms, done: Sequence[Delivery]) -> Delivery:
    channel, digest, now = plan.channel, plan.digest, plan.until.moment
    if not (digest.something or terms.when_empty):
        return Delivery(channel=channel, digest=digest, state="quiet")
    number = None
    if terms.since is None:
        with store.write():
            number = ledger.begin(
                store, channel.shown, plan.start.mark, plan.until, articles=digest.articles, now=now
            )  # fmt: skip
    local = now.astimezone(terms.zone)
    error = attempt(channel, _message(plan, terms, done), folder=store.path.absolute().parent, now=local)
    if number is not None:
        with store.write():
            ledger.end(store, number, error=error, now=now)
            note(store, channel, error, now)
    return Delivery(channel=channel, digest=digest, state="failed" if error else "sent", error=error)


def _message(plan: Plan, terms: Terms, done: Sequence[Delivery]) -> Message:
    printed = terms.printed if plan.channel.kind is Kind.STDOUT else None

    def form(name: str, most: int) -> str:
        return printed(plan.digest, done) if printed else fitted(plan.digest, name, most)

    until = plan.until
    return Message(
        subject=headline(plan.digest),
        form=form,
        id=f"{stamp(plan.digest.since)} {until.article} {until.copy} {until.revision}",
        preferred=terms.form,
    )


def note(store: Store, channel: Channel, error: str, now: datetime) -> None:
    """Keeps an issue of a channel that failed, and closes it when it works again; only within `write()`."""
    if not error:
        runs.settle(store, code=CHANNEL_ISSUE, url=channel.shown, now=now)
        return
    runs.issue(
        store, run_id=None, source_id=None, level="error", code=CHANNEL_ISSUE, url=channel.shown, now=now,
        message=f"{channel.shown} did not take a message: {error}",
    )  # fmt: skip


def told(done: Sequence[Delivery]) -> str:
    """One sentence: what was sent where, what was quiet, what failed and why."""
    sent = [one for one in done if one.state == "sent"]
    failed = [one for one in done if one.state == "failed"]
    parts = []
    if sent:
        what = " or ".join(dict.fromkeys(headline(one.digest) for one in sent))
        parts.append(f"{what} to {', '.join(one.channel.shown for one in sent)}")
    if len(done) > len(sent) + len(failed):
        parts.append("nothing new" if not sent and not failed else "nothing new for the others")
    if failed:
        why = "; ".join(f"{one.channel.shown}: {one.error}" for one in failed)
        parts.append(f"not sent to {why} (the next digest brings it)")
    return "; ".join(parts)


@contextmanager
def _alone(db: Path) -> Iterator[None]:
    """No two processes send at once: both would take the same news for unsent."""
    lock = RunLock(db.with_name(db.name + ".digest"))
    try:
        lock.acquire(wait=LOCK_WAIT)
    except RunInProgress as error:
        holder = lock.holder().get("pid", "?")
        raise RunInProgress(f"another process ({holder}) is sending a digest of {db}") from error
    try:
        yield
    finally:
        lock.release()
