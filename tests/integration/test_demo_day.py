"""The demo plant's day: what is said goes as a plant manager expects, and every warning is told once."""

from collections import Counter
from datetime import date
from pathlib import Path

from assistant.demo.play import day
from assistant.supervision import warning_board
from store.proof.verify import verify


def test_a_day_raises_each_warning_once_and_the_books_hold(tmp_path: Path) -> None:
    told: list[str] = []
    assistant = day(tmp_path / "day.db", date(2026, 11, 22), told.append)
    try:
        warnings = assistant.store.run(lambda s: s.warnings.list(), write=False)
        keys = Counter(w.key for w in warnings if w.closed is None)
        assert keys
        assert set(keys.values()) == {1}
        queued = Counter(m.key for m in assistant.store.run(lambda s: s.outbox.all(), write=False))
        assert set(queued.values()) == {1}
        assert len([line for line in told if "This shift:" in line]) == 3
        assert verify(assistant.store) is None
        now = assistant.now()
        board = assistant.store.run(
            lambda s: warning_board.board(s, assistant.book(s), assistant.conversation.wording.on(now.date()), now),
            write=False,
        )
        assert {x.warning.rule for x in board.over} == {"stock-expiring", "counts-overdue"}
        assert len({x.warning.id for x in (*board.open, *board.over)}) == len(board.open) + len(board.over) == 21
        assert all(x.next and x.warning.owner for x in board.open)
        assert [at.hour for at, _ in board.digests] == [22, 14, 6]
    finally:
        assistant.store.close()
