"""A file that comes with a report, a photo of a label, is kept as a reference on its entry."""

from contextlib import closing
from pathlib import Path

from store.model import Entry
from store.session import Session
from tests.support.floor_day import Floor, demo_books


def test_the_entry_names_the_file(tmp_path: Path) -> None:
    with closing(Floor(f"sqlite:///{demo_books(tmp_path / 'floor.db')}")) as floor:
        floor.hear("maria", "moved 2 cases of romaine from C1-01 to line 2", attachments=("slack:F123",))
        floor.hear("maria", "RM1107")

        def read(session: Session) -> Entry:
            return session.ledger.entries(newest_first=True, limit=1)[0]

        assert floor.assistant.store.run(read, write=False).transaction.attachments == ("slack:F123",)
