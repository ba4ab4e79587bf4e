"""Two processes that admit at the same time lose nothing and make the groups that one would have made."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from store.database import Store
from tests.crawler.newsroom import MONDAY, Item, Newsroom, admit_all, faults, groups, story
from tests.crawler.test_groups_order import EDITS, SITES, WORDS

ROOT = Path(__file__).resolve().parents[2]


def items() -> list[Item]:
    """Thirty-six texts of four stories, each with all edits, over the sites and two days."""
    made = []
    rng = random.Random(7)
    for number in range(36):
        text = EDITS[number % len(EDITS)](story(number % 4), rng, WORDS)
        when = MONDAY + timedelta(hours=(number * 7) % 48)
        made.append(Item(path=f"a{number}", text=text, site=SITES[number % 3], published=when))
    return made


def test_two_writers_make_the_groups_that_one_makes(tmp_path: Path) -> None:
    alone = Newsroom(tmp_path / "alone.db")
    admit_all(alone, items())
    db = tmp_path / "shared.db"
    Newsroom(db).close()
    command = [sys.executable, "-m", "tests.crawler.test_two_writers", str(db)]
    writers = [subprocess.Popen([*command, part], cwd=ROOT, stderr=subprocess.PIPE, text=True) for part in "01"]
    for writer in writers:
        _, said = writer.communicate(timeout=300)
        assert writer.returncode == 0, said
    with Store.open(db, create=False) as store:
        assert groups(store) == alone.groups()
        assert faults(store) == []
    alone.close()


if __name__ == "__main__":
    room = Newsroom(Path(sys.argv[1]))
    every_other = items()[int(sys.argv[2]) :: 2]
    admit_all(room, every_other if sys.argv[2] == "0" else every_other[::-1], passes=5)
    room.close()
