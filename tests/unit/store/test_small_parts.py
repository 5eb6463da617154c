"""The small parts of the store that need no database."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.books.places import ORDER, OUTSIDE, REAL, place_kind
from store.books.posting import _lowest, netted
from store.books.time_ids import settled_before, time_ordered_id
from store.database import marks, meaning
from store.errors import Busy, StorageFull, UnknownPlace, Unreachable
from store.model import customer, supplier
from store.tables.types import json_text, moment_of, moment_text
from store.units import SCALE
from tests.support.books import count, moved

moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(moments, zones, moments, zones)
def test_moments_keep_their_order_as_text(one: datetime, here: timezone, other: datetime, there: timezone) -> None:
    texts = [moment_text(one.astimezone(here)), moment_text(other.astimezone(there))]
    assert moment_of(texts[0]) == one
    assert len(texts[0]) == 27
    assert (texts[0] < texts[1]) == (one < other)


def test_identities_are_ordered_by_time_and_of_version_seven() -> None:
    earlier, now = settled_before(), [time_ordered_id() for _ in range(1_000)]
    assert len(set(now)) == len(now)
    assert all(earlier < identity for identity in now)
    assert {(identity[14], identity[19] in "89ab", len(identity)) for identity in now} == {("7", True, 36)}
    assert sorted(now, key=lambda i: i[:13]) == sorted(now, key=lambda i: i[:8] + i[9:13])


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("DOCK", REAL),
        ("WO-1", ORDER),
        ("SCRAP", OUTSIDE),
        ("VARIANCE", OUTSIDE),
        ("ADJUSTMENT", OUTSIDE),
        ("OPENING", OUTSIDE),
        (supplier("X"), OUTSIDE),
        (customer(None), OUTSIDE),
    ],
)
def test_a_place_is_real_an_order_or_outside(place: str, kind: str) -> None:
    assert place_kind(place, {"DOCK"}, "WO-1") == kind


def test_any_other_place_is_none() -> None:
    for place in ("dock", "WO-2", "", "SUPPLIER"):
        with pytest.raises(UnknownPlace):
            place_kind(place, {"DOCK"}, "WO-1")


def test_lines_are_netted_in_the_order_of_locking() -> None:
    assert list(netted(moved("A", 3, "RACK", "DOCK")).items()) == [
        (("A", "DOCK"), 3 * SCALE),
        (("A", "RACK"), -3 * SCALE),
    ]
    assert netted(count("A", "DOCK", 5, 5)) == {("A", "DOCK"): 0}


@given(st.integers(0, 50), st.lists(st.integers(-20, 20)))
def test_the_least_from_a_moment_on(start: int, changes: list[int]) -> None:
    held = [start]
    for change in changes:
        held.append(held[-1] + change)
    later = [(n, change) for n, change in enumerate(changes, start=1)]
    least, since = _lowest(held[-1], 0, later[::-1])
    assert (least, since) == (min(held), held.index(min(held)))


def test_marks() -> None:
    assert (marks(3), marks(2, 2), marks(1)) == ("?,?,?", "(?,?),(?,?)", "?")


def test_json_is_short_and_keeps_letters() -> None:
    assert json_text({"a": ("ü", 1)}) == '{"a":["ü",1]}'
    assert json_text(()) == json_text([]) == "[]"
    with pytest.raises(TypeError):
        json_text(object())


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("from SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "means"),
    [
        (sqlite_error(sqlite3.SQLITE_BUSY), Busy),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), Busy),
        (sqlite_error(sqlite3.SQLITE_FULL), StorageFull),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), StorageFull),
        (sqlite_error(sqlite3.SQLITE_READONLY), StorageFull),
        (psycopg.errors.SerializationFailure("x"), Busy),
        (psycopg.errors.DeadlockDetected("x"), Busy),
        (psycopg.errors.LockNotAvailable("x"), Busy),
        (psycopg.OperationalError("the connection is gone"), Unreachable),
        (psycopg.errors.AdminShutdown("going down"), Unreachable),
        (psycopg.errors.DiskFull("could not extend file\nHINT: make room"), StorageFull),
        (psycopg.errors.ReadOnlySqlTransaction("x"), StorageFull),
    ],
)
def test_what_a_drivers_error_means(error: Exception, means: type[Exception]) -> None:
    told = meaning(error)
    assert type(told) is means
    assert "\n" not in str(told)


def test_a_fault_of_ours_stays_one() -> None:
    assert meaning(sqlite_error(sqlite3.SQLITE_ERROR)) is None
    assert meaning(psycopg.errors.UndefinedTable("x")) is None
    assert meaning(psycopg.errors.UniqueViolation("x")) is None
