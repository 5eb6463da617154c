"""What accurate books make visible: shrink, supplier performance, count accuracy, and what is at risk by expiry.

Plain rows for JSON, sheets and charts: quantities are decimal strings in the product's base unit, percents numbers.
"""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final, Literal

from store.books.statements import UNREVERSED
from store.model import Lot, Product
from store.session import Session
from store.trace.recall import Affected, accounts, shown

Row = dict[str, Any]

By = Literal["lot", "product", "supplier"]
Period = Literal["day", "week", "month"]

RISKS: Final = ((-1, "expired"), (2, "within 2 days"), (7, "within 7 days"), (14, "within 14 days"))
"""Days left through which a lot belongs to each step of exposure; what lasts longer is not at risk."""

EARLIEST: Final = date(1970, 1, 1)
LATEST: Final = date(9990, 1, 1)
"""Days before and after which no book has anything; moments beyond could not be told in every zone."""

TOLERANCE: Final = Fraction(2)
"""Percent by which a count may be off where the plant says nothing else."""


def shrink(session: Session, by: By = "product", since: date | None = None, until: date | None = None) -> list[Row]:
    """What was lost of the lots received or made in these days: scrapped, missing at counts, adjusted away.

    Percent is of what came in. Shrink by supplier is of what suppliers brought; a supplier's products of different
    units are rows of their own.
    """
    found = _lots(session, since, until)
    key: Callable[[Affected], tuple[str | None, ...]] = {
        "lot": lambda a: (a.lot.code, a.lot.product, a.lot.supplier),
        "product": lambda a: (a.lot.product,),
        "supplier": lambda a: (a.lot.supplier, a.unit),
    }[by]
    groups: dict[tuple[str | None, ...], list[Affected]] = {}
    for affected in found:
        if by != "supplier" or affected.lot.supplier is not None:
            groups.setdefault(key(affected), []).append(affected)
    names = {"lot": ("lot", "product", "supplier"), "product": ("product",), "supplier": ("supplier",)}[by]
    rows = [{**dict(zip(names, told, strict=False)), **_lost(group)} for told, group in groups.items()]
    return sorted(rows, key=lambda row: (-row["shrink_percent"], *(str(row[name]) for name in names)))


def _lost(group: Iterable[Affected]) -> Row:
    lots = list(group)
    into = sum(a.account.into for a in lots)
    parts = {
        "scrapped": sum(a.account.scrapped for a in lots),
        "count_variance": sum(a.account.variance for a in lots),
        "adjusted": sum(a.account.corrected for a in lots),
    }
    lost = sum(parts.values())
    return {
        "lots": len(lots),
        "in": shown(into),
        **{name: shown(quantity) for name, quantity in parts.items()},
        "shrink": shown(lost),
        "unit": lots[0].unit,
        "shrink_percent": _percent(lost, into) or 0.0,
    }


def _lots(session: Session, since: date | None, until: date | None) -> list[Affected]:
    """The lots received or made in these days (inclusive), with what became of them."""
    connection = session.connection
    day = connection.database.day
    rows = connection.execute(
        "SELECT code FROM lot WHERE NOT withdrawn AND made >= ? AND made <= ? ORDER BY code",
        (day(since or date.min), day(until or date.max)),
    )
    return list(accounts(session, [code for (code,) in rows]))


def suppliers(session: Session, since: date | None = None, until: date | None = None) -> list[Row]:
    """How suppliers did with what they brought in these days: receipts, short shelf life, shrink, holds.

    `short_life_lots` came with fewer days left than the product's shelf life; `days_short` is their mean. Fill needs
    what was ordered, which the books do not hold: `fill_percent` is None.
    """
    groups: dict[str, list[Affected]] = {}
    for found in _lots(session, since, until):
        if found.lot.supplier is not None:
            groups.setdefault(found.lot.supplier, []).append(found)
    held = _held(session)
    rows = []
    for code, lots in sorted(groups.items()):
        known = session.catalog.partners.get(code)
        short = [days for a in lots if (days := _days_short(a.lot, session.catalog.products[a.lot.product])) > 0]
        came, lost = _shares(lots)
        rows.append(
            {
                "supplier": code,
                "name": known.name if known else None,
                "lots": len(lots),
                "fill_percent": None,
                "short_life_lots": len(short),
                "days_short": round(sum(short) / len(short), 1) if short else 0.0,
                "held_lots": sum(1 for a in lots if a.lot.code in held),
                "shrink_percent": round(float(lost / came * 100), 2) if came else 0.0,
            }
        )
    return rows


def _shares(lots: Iterable[Affected]) -> tuple[Fraction, Fraction]:
    """Lots that came, and the part of them that was lost: each lot counts the same, whatever its unit."""
    came, lost = Fraction(0), Fraction(0)
    for affected in lots:
        account = affected.account
        if account.into > 0:
            came += 1
            lost += Fraction(account.scrapped + account.adjusted, account.into)
    return came, lost


def _days_short(lot: Lot, product: Product) -> int:
    if lot.expires is None or product.shelf_life_days is None:
        return 0
    return product.shelf_life_days - (lot.expires - lot.made).days


def _held(session: Session) -> set[str]:
    """Every lot that was ever on hold, as far as the hold was not taken back."""
    rows = session.connection.execute(
        "SELECT DISTINCT l.lot FROM entry_lot l JOIN entry e ON e.number = l.entry "
        f"WHERE e.kind = 'hold' AND {UNREVERSED}"
    )
    return {lot for (lot,) in rows}


def accuracy(
    session: Session,
    period: Period = "week",
    since: date | None = None,
    until: date | None = None,
    *,
    tolerance: Callable[[str, str], Fraction] = lambda product, place: TOLERANCE,  # noqa: ARG005  # the same for all
) -> list[Row]:
    """Counts by place and period: how many found what the books said, exactly and within the tolerance of it.

    `tolerance` gives percent for a product in a place. A count of nothing against something is outside; a period is
    named by its first day.
    """
    connection = session.connection
    zone, moment = connection.database.zone, connection.database.moment
    rows = connection.execute(
        "SELECT e.happened, c.place, c.found, c.expected, l.product FROM counted c "
        "JOIN entry e ON e.number = c.entry JOIN lot l ON l.code = c.lot "
        f"WHERE {UNREVERSED} AND e.happened >= ? AND e.happened < ?",
        (
            moment(datetime.combine(max(since or EARLIEST, EARLIEST), time.min, zone)),
            moment(datetime.combine(min(until or LATEST, LATEST) + timedelta(days=1), time.min, zone)),
        ),
    )
    groups: dict[tuple[date, str], list[tuple[bool, bool]]] = {}
    for at, place, found, expected, product in rows:
        first = _first(connection.database.read_moment(at).date(), period)
        off = abs(found - expected)
        within = off * 100 <= expected * tolerance(product, place)
        groups.setdefault((first, place), []).append((not off, within))
    return [_counted(first, place, told) for (first, place), told in sorted(groups.items())]


def _counted(first: date, place: str, told: list[tuple[bool, bool]]) -> Row:
    exact, within = (sum(marks) for marks in zip(*told, strict=True))
    return {
        "period": first.isoformat(),
        "location": place,
        "counts": len(told),
        "exact": exact,
        "within_tolerance": within,
        "accuracy_percent": _percent(within, len(told)),
    }


def _first(day: date, period: Period) -> date:
    """The first day of the period that the day is in; a week begins on Monday."""
    if period == "day":
        return day
    return day - timedelta(days=day.weekday()) if period == "week" else day.replace(day=1)


def exposure(session: Session, today: date) -> list[Row]:
    """Stock at risk by expiry, soonest first; what does not expire, or lasts beyond the steps, is left out."""
    rows: list[Row] = []
    for stock in session.ledger.stock():
        expires = stock.lot.expires
        left = (expires - today).days if expires else None
        risk = next((name for most, name in RISKS if left is not None and left <= most), None)
        if expires is None or risk is None:
            continue
        product = session.catalog.products[stock.lot.product]
        rows.append(
            {
                "risk": risk,
                "days_left": left,
                "lot": stock.lot.code,
                "product": product.sku,
                "location": stock.place,
                "quantity": shown(stock.quantity),
                "unit": product.base_unit,
                "expires": expires.isoformat(),
                "on_hold": stock.lot.on_hold,
            }
        )
    return sorted(rows, key=lambda row: (row["days_left"], row["lot"], row["location"]))


def _percent(part: int, whole: int) -> float | None:
    return round(float(Fraction(part * 100, whole)), 2) if whole else None
