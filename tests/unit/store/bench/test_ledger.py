"""The measurement itself: that it measures, and that neither figure is out of all bounds."""

from pathlib import Path

from store.bench.ledger import measure


def test_a_short_measurement_tells_both_ratios(tmp_path: Path) -> None:
    figures = measure(transactions=60, rounds=3, small_moves=200, large_moves=20_000, folder=tmp_path)
    assert 1 < figures.ratio < 12
    assert 0 < figures.growth < 2
    assert [line.split()[0] for line in figures.lines()] == ["transaction", "on-hand"]
    assert list(tmp_path.iterdir()) == []
