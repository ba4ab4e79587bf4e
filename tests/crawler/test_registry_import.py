"""Lists of feeds brought into a folder: repeated, merged, refused; and the ids of what they name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.registry import import_file, load_sources, to_toml, write_source
from crawler.registry.checks import is_id
from crawler.registry.rows import id_of
from store.errors import ConfigurationError, UsageError
from store.models import Endpoint, EndpointKind, Policy
from tests.crawler.lists import feed, opml, saved
from tests.crawler.test_registry import FULL


@pytest.mark.parametrize(
    ("delay", "cap", "said"),
    [(-1, None, "delay: expected"), (float("nan"), None, "delay"), (None, 0, "cap: expected")],
)
def test_an_impossible_policy_is_refused(tmp_path: Path, delay: float | None, cap: int | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        import_file(tmp_path, saved(tmp_path, opml(feed("https://a.example/"))), delay=delay, cap=cap)


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path, folder = (
        saved(tmp_path, opml(feed("https://a.example/1"), feed("https://b.example/"))),
        tmp_path / "sources",
    )
    import_file(folder, path, delay=0, cap=5)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    done = import_file(folder, path, delay=0, cap=5)
    assert (done.added, done.updated, done.unchanged) == ((), (), ("a.example", "b.example"))
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_importing_again_updates_and_keeps_what_people_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    import_file(folder, saved(tmp_path, opml(feed("https://a.example/1", "Old"))), delay=0)
    file = folder / "a.example.toml"
    (source,) = load_sources(folder)
    edited = replace(source, country="IR", language="fa", policy=replace(source.policy, cap=7))
    file.write_text(
        "# 2026-01: slow at night\n" + to_toml(edited).replace("[policy]", "[policy]\n  # why: asked for it")
    )
    done = import_file(folder, saved(tmp_path, opml(feed("https://a.example/2", "New"), feed("https://c.example/"))))
    assert (done.added, done.updated) == (("c.example",), ("a.example",))
    after = next(s for s in load_sources(folder) if s.id == "a.example")
    assert [e.url[-1] for e in after.endpoints] == ["1", "2"]
    assert (after.name, after.country, after.language) == ("New", "IR", "fa")
    assert after.policy == Policy(delay=0.0, cap=7)
    assert file.read_text().startswith("# 2026-01: slow at night\n# why: asked for it\nid = ")


def test_a_given_policy_wins_over_what_stands_there(tmp_path: Path) -> None:
    path, folder = saved(tmp_path, opml(feed("https://a.example/1"))), tmp_path / "sources"
    import_file(folder, path, delay=0, cap=5)
    assert import_file(folder, path, delay=2.0).updated == ("a.example",)
    assert load_sources(folder)[0].policy == Policy(delay=2.0, cap=5)


def test_a_feed_that_a_source_lists_already_stays_there(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    write_source(folder, replace(FULL, endpoints=(Endpoint(kind=EndpointKind.FEED, url="https://x.example/rss"),)))
    done = import_file(folder, saved(tmp_path, opml(feed("https://x.example/rss"))), cap=3)
    assert (done.added, done.updated) == ((), (FULL.id,))
    assert done.notes == (f"{FULL.id} is disabled: 2026: a test.",)
    (source,) = load_sources(folder)
    assert (source.policy.cap, source.name) == (3, FULL.name)


def test_what_the_beat_does_not_know_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, "url,perspective,anchors\nhttps://a.example/,martian,mars\n", "list.csv")
    with pytest.raises(UsageError, match=r"(?s)perspective: expected one of.*anchors: expected one of"):
        import_file(tmp_path / "sources", path, sides=["iran"], perspectives=["western"])


def test_one_feed_under_two_ids_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, "id,url\na,https://x.example/\nb,https://x.example/\n", "list.csv")
    with pytest.raises(UsageError, match=r"https://x\.example/ stands already in a"):
        import_file(tmp_path / "sources", path)


def test_a_folder_with_bad_files_is_told_before_anything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "bad.toml").write_text("x = 1")
    with pytest.raises(ConfigurationError, match=r"bad\.toml"):
        import_file(folder, saved(tmp_path, opml(feed("https://a.example/"))))
    assert len(list(folder.iterdir())) == 1


@given(st.from_regex(r"https?://[^/?#\s@\\<>\"\[\]:\x00-\x20\x7f]{1,80}/", fullmatch=True))
def test_every_host_gives_a_safe_and_stable_id(url: str) -> None:
    try:
        id_ = id_of(url)
    except ValueError:
        return  # no address, refused earlier
    assert is_id(id_)
    assert id_ == id_of(url)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("http://a_b.example/", "http://a-b.example/"),
        ("http://[::1]/", "http://[::2]/"),
        (f"http://{'a.' * 60}com/", f"http://{'a.' * 61}com/"),
        ("http://a.example:81/", "http://a.example/"),
    ],
)
def test_different_hosts_have_different_ids(a: str, b: str) -> None:
    assert id_of(a) != id_of(b)
    assert is_id(id_of(a))
    assert is_id(id_of(b))


def test_international_hosts_have_their_ascii_form() -> None:
    assert id_of("https://bücher.example/") == "xn--bcher-kva.example"
    assert id_of("https://a.example:443/") == id_of("http://a.example:80/") == "a.example"
