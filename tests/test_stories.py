"""Days on the floor: every `stories/*.story` goes as it is written."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.support.floor_day import Floor, demo_books, played

STORIES = sorted(Path(__file__).parent.joinpath("stories").rglob("*.story"))


@pytest.fixture(scope="session")
def morning_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo plant's books in the morning, made once."""
    return demo_books(tmp_path_factory.mktemp("stories") / "morning.db")


@pytest.mark.parametrize("story", STORIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_day_goes_as_told(story: Path, morning_books: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    written = story.read_text(encoding="utf-8")
    with closing(Floor.copied(morning_books, tmp_path)) as floor:
        really = played(written, floor)
    if request.config.getoption("--update-stories"):
        story.write_text(really, encoding="utf-8")
    else:
        assert really == written


def test_there_are_enough_stories() -> None:
    assert len(STORIES) >= 40
