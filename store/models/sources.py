"""Sources, as a beat's files declare them."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.models.enums import Calendar, EndpointKind, Paywall, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address at which a source lists its articles."""

    kind: EndpointKind
    url: str
    fallback_urls: tuple[str, ...] = ()
    section: str = ""
    anchors: tuple[str, ...] = ()
    """Sides of the beat that all that is listed here concerns; empty for a general endpoint."""
    allow: tuple[str, ...] = ()
    """Regular expressions; when given, a link must match one of them."""
    deny: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What helps to read a source's pages."""

    timezone: str = "UTC"
    calendar: Calendar = Calendar.GREGORIAN
    charset: str | None = None
    body_selector: str | None = None
    title_selector: str | None = None
    date_selector: str | None = None
    remove_selectors: tuple[str, ...] = ()
    date_only: bool = False
    """True when the source prints a day without a time, so that a midnight is not taken for a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    delay: float = 2.0
    """Seconds between two requests to one host."""
    cap: int = 60
    """Articles fetched in one pass at the most; the rest waits for the next pass."""
    paywall: Paywall = Paywall.NONE
    enabled: bool = True
    why_disabled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """What a healthy pass over the source shows; a miss becomes an issue row."""

    items_per_day: float | None = None
    newest_age_hours: float | None = None
    share_with_text: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str
    name: str
    homepage: str
    country: str
    """ISO 3166-1 alpha-2."""
    language: str
    """BCP 47; `mul` when the source writes several."""
    perspective: str
    publisher_group: str = ""
    role: Role = Role.PUBLISHER
    state_owned: bool = False
    endpoints: tuple[Endpoint, ...] = ()
    hints: Hints = field(default_factory=Hints)
    policy: Policy = field(default_factory=Policy)
    expect: Expectations = field(default_factory=Expectations)
