"""Checks every entry by itself: balanced, at one with its lines and lots and, as a reversal, its original's mirror."""

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from store.books.places import place_kind
from store.database import Connection
from store.difference import Difference
from store.errors import UnknownPlace
from store.model import LOT_FACTS, Kind
from store.proof.raw_entries import RawEntry, raw_entry
from store.units import SCALE, text

_LOT, _PLACE, _QUANTITY, _AMOUNT, _UNIT, _HAPPENED = range(1, 7)
"""Columns of a line."""

_KINDS = frozenset(kind.value for kind in Kind)


class EntryChecks:
    """Hears every entry in order of its number; `places` are the plant's real ones."""

    def __init__(self, connection: Connection, places: frozenset[str]) -> None:
        self._connection = connection
        self._places = places
        self._last = 0

    def differences(self, entry: RawEntry) -> Iterator[Difference]:
        """What is wrong with the entry."""
        if self._connection.database.is_sqlite and entry.number != self._last + 1:
            # SQLite numbers without gaps; on PostgreSQL a transaction that was undone leaves one.
            yield Difference("entry", f"Entry {self._last + 1} is missing.", self._last + 1)
        self._last = entry.number
        if entry.columns["kind"] not in _KINDS:
            yield Difference(
                "entry", f"Entry {entry.number} is of no known kind: {entry.columns['kind']}.", entry.number
            )
        if not entry.columns["key"]:
            yield Difference("key", f"Entry {entry.number} has no idempotency key.", entry.number)
        yield from _lines(entry, self._places)
        yield from _lots(entry)
        yield from _counted(entry)
        yield from self._new_lots(entry)
        if entry.columns["reverses"] is not None:
            yield from self._reversal(entry, entry.columns["reverses"])

    def _new_lots(self, entry: RawEntry) -> Iterator[Difference]:
        """The lots that come from the entry are those that it tells of, and are what it says they are."""
        told = _told_lots(entry)
        if told is None:
            yield Difference("lot", f"Entry {entry.number} says nothing of the lots that it brings.", entry.number)
            return
        for facts in entry.brought:
            lot = str(facts["code"])
            said = told.pop(lot, None)
            if said is None:
                where = f"Lot {lot} is said to come from entry {entry.number}, which does not bring it."
                yield Difference("lot", where, entry.number, lot)
                continue
            for name in LOT_FACTS:
                if said.get(name) != facts[name]:
                    kept = f"Lot {lot} is kept with {name} {facts[name] or 'nothing'}"
                    was = f"but entry {entry.number} brought it with {said.get(name) or 'nothing'}."
                    yield Difference("lot", f"{kept}, {was}", entry.number, lot)
        for lot in told:
            # A lot that was taken back and came anew is that of the later entry.
            for (source,) in self._connection.execute("SELECT entry FROM lot WHERE code = ?", (lot,)):
                if source is None or source < entry.number:
                    origin = "nowhere" if source is None else f"entry {source}"
                    where = f"Entry {entry.number} brought lot {lot}, which is said to come from {origin}."
                    yield Difference("lot", where, entry.number, lot)

    def _reversal(self, entry: RawEntry, number: int) -> Iterator[Difference]:
        original = raw_entry(self._connection, number)
        told = f"Entry {entry.number} reverses entry {number}"
        if original is None or number >= entry.number:
            yield Difference("reversal", f"{told}, which is not an earlier entry.", entry.number)
            return
        if original.columns["reverses"] is not None:
            yield Difference("reversal", f"{told}, which is a reversal itself.", entry.number)
        if original.columns["kind"] != entry.columns["kind"]:
            kinds = f"{entry.columns['kind']}, not {original.columns['kind']}"
            yield Difference("reversal", f"{told}, but is of kind {kinds}.", entry.number)
        if _moved(original, 1) != _moved(entry, -1):
            yield Difference("reversal", f"{told}, but its lines are not the opposite ones.", entry.number)
        if _names(original) != _names(entry):
            yield Difference("reversal", f"{told}, but concerns other lots.", entry.number)


def _moved(entry: RawEntry, sign: int) -> Counter[tuple[Any, ...]]:
    return Counter((line[_LOT], line[_PLACE], sign * line[_QUANTITY], line[_UNIT]) for line in entry.lines)


def _names(entry: RawEntry) -> set[str]:
    """The lots that the entry names; a text that is no list of them is one that has no row."""
    kept = entry.columns["lots"]
    try:
        return set(map(str, json.loads(kept)))
    except (ValueError, TypeError):
        return {kept}


def _told_lots(entry: RawEntry) -> dict[str, dict[str, Any]] | None:
    """What the entry says of the lots that it brings, by code; None for a text that says nothing of the kind."""
    try:
        return {facts["code"]: dict(facts) for facts in json.loads(entry.columns["new_lots"])}
    except (ValueError, TypeError, KeyError):
        return None


def _lines(entry: RawEntry, places: frozenset[str]) -> Iterator[Difference]:
    """Lines sum to zero for each lot, happened when the entry did, and stand in places that the entry may name."""
    sums: dict[str, int] = {}
    for line in entry.lines:
        lot, place, quantity = line[_LOT], line[_PLACE], line[_QUANTITY]
        where = f"The line of entry {entry.number} for lot {lot} in {place}"
        if not isinstance(quantity, int):  # SQLite keeps a text in a column of numbers
            yield Difference("entry", f"{where} has a quantity that is no number.", entry.number, lot, place)
            continue
        sums[lot] = sums.get(lot, 0) + quantity
        if line[_HAPPENED] != entry.happened():
            yield Difference("entry", f"{where} happened at another moment than the entry.", entry.number, lot, place)
        if (quantity < 0) != str(line[_AMOUNT]).startswith("-") and quantity:
            told = f"{where} says {line[_AMOUNT]} {line[_UNIT]}, which is the other way."
            yield Difference("entry", told, entry.number, lot, place)
        try:
            place_kind(place, places, entry.columns["work_order"])
        except UnknownPlace:
            yield Difference("entry", f"{where} names no place of the plant or the entry.", entry.number, lot, place)
    for lot, total in sums.items():
        if total:
            off = text(Decimal(total) / SCALE)
            told = f"The lines of entry {entry.number} for lot {lot} do not sum to zero (off by {off})."
            yield Difference("balanced", told, entry.number, lot)


def _lots(entry: RawEntry) -> Iterator[Difference]:
    """The lots that an entry names are those of its lines, of its counts, and those that it concerns without a line."""
    told = _names(entry)
    kept = {line[_LOT] for line in entry.lines} | {row[_LOT] for row in entry.counted} | set(entry.lots)
    for lot in sorted(told ^ kept):
        where = "names lot" if lot in told else "does not name lot"
        has = "has no row for it" if lot in told else "has a row for it"
        yield Difference("entry", f"Entry {entry.number} {where} {lot}, but {has}.", entry.number, lot)


def _counted(entry: RawEntry) -> Iterator[Difference]:
    """A count's lines are what it found beyond what was expected, at a position before it."""
    if not entry.counted:
        return
    if entry.columns["kind"] != Kind.COUNT.value or entry.columns["reverses"] is not None:
        yield Difference("count", f"Entry {entry.number} holds a count, but is none.", entry.number)
    moved: dict[tuple[str, str], int] = {}
    for line in entry.lines:
        pair = (line[_LOT], line[_PLACE])
        moved[pair] = moved.get(pair, 0) + line[_QUANTITY]
    for _line, lot, place, found, expected, position in entry.counted:
        where = f"The count of lot {lot} in {place} by entry {entry.number}"
        if found < 0 or moved.get((lot, place), 0) != found - expected:
            yield Difference("count", f"{where} did not post what it found.", entry.number, lot, place)
        if not 0 <= position < entry.number:
            yield Difference(
                "count", f"{where} was taken at entry {position}, which is not before it.", entry.number, lot, place
            )
