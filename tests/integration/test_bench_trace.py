"""The benchmark of traces builds books that hold, and asks every question of them with answers that agree."""

import pytest

from store.bench.genealogy import graph
from store.bench.trace import measure, prepare, table
from store.session import Store


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def empty(request: pytest.FixtureRequest) -> Store:
    store = Store(request.getfixturevalue(request.param))
    store.migrate()
    return store


def test_every_zone_is_traced_both_ways(empty: Store) -> None:
    prepare(empty, 2_400)
    rows = list(measure(empty, 2_400, repeats=1))
    assert [(row.zone, row.direction) for row in rows] == [
        (zone, direction) for zone in ("tight", "medium", "wide", "wide x 6") for direction in ("forward", "backward")
    ]
    assert [row.reached for row in rows[:2]] == [14, 14]
    assert rows[-2].reached > 600
    assert all(row.recall is not None for row in rows if row.direction == "forward")
    assert table(rows).count("\n") == 1 + len(rows)
    with empty.begin(write=False) as session:
        (sums,) = session.connection.execute("SELECT CAST(sum(quantity) AS BIGINT) FROM balance")
        (kept,) = session.connection.execute(
            "SELECT count(*) FROM (SELECT lot, place, sum(quantity) AS total FROM posting GROUP BY lot, place) p "
            "JOIN balance b ON b.lot = p.lot AND b.place = p.place AND b.quantity = p.total"
        )
        (balances,) = session.connection.execute("SELECT count(*) FROM balance")
    assert sums[0] == 0
    assert kept == balances
    empty.close()


def test_the_graph_is_the_same_every_time() -> None:
    assert graph(2_400) == graph(2_400)
    assert graph(2_400).lots == 2_402
