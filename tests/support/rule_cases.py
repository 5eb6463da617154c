"""A small plant in words: builds the situation, the report and the request that an example describes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from assistant.rules import Habit, PlantView, Request
from store.model import (
    Catalog,
    Counted,
    Kind,
    Lot,
    LotState,
    OrderState,
    OrderStatus,
    Person,
    Place,
    Posting,
    Product,
    Reason,
    RecipeLine,
    Situation,
    Transaction,
    WorkOrder,
    WriteOff,
)
from store.units import to_base

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=-8)))

PRODUCTS = {
    p.sku: p
    for p in (
        Product("R-ROM", "Romaine lettuce", "raw", "lb", {"case": 240_000}, 10, True, aliases=("romaine",)),
        Product("R-CRT", "Croutons", "raw", "lb", {"bag": 100_000}, 240),
        Product("R-TAH", "Tahini", "raw", "lb", {"bucket": 400_000}, 365),
        Product("R-CHK", "Diced chicken breast", "raw", "lb", {"case": 400_000}, 21, aliases=("chicken",)),
        Product("F-CSK", "Caesar salad kit", "finished", "ea", {"case": 60_000}, 9, True, lot_prefix="K"),
        Product("P-TUB", "10 oz tubs", "packaging", "ea", {"sleeve": 500_000}),
    )
}
PLACES = {
    p.code: p
    for p in (
        Place("DOCK1", "Dock 1", "receiving"),
        Place("C1", "Cooler 1", "storage"),
        Place("C1-01", "Cooler 1 bay 1", "storage", "C1"),
        Place("D2", "Dry store rack 2", "storage"),
        Place("L2", "Line 2", "production"),
        Place("HOLD", "QA hold cage", "hold"),
        Place("SHIP1", "Ship door 1", "shipping"),
    )
}
PEOPLE = {
    p.code: p
    for p in (
        Person("deshawn", "DeShawn Price", "worker"),
        Person("tom", "Tom Becker", "receiver"),
        Person("priya", "Priya Nair", "supervisor"),
        Person("walt", "Walt Hughes", "supervisor"),
        Person("anna", "Anna Kowalski", "qa"),
    )
}
REASONS = {r.code: r for r in (Reason("DAMAGED", "Damaged", "scrap"), Reason("MISCOUNT", "Miscount", "adjust"))}
RECIPES = {
    "F-CSK": (
        RecipeLine("F-CSK", 6_000_000, "R-ROM", 3_600_000, 9_200, 500),
        RecipeLine("F-CSK", 6_000_000, "R-CRT", 600_000, 9_800, 200),
    )
}
CATALOG = Catalog(PRODUCTS, PLACES, people=PEOPLE, reasons=REASONS, recipes=RECIPES)

LOTS: dict[str, dict[str, Any]] = {
    "RM1107": {"product": "R-ROM", "at": {"C1-01": "14 case"}, "expires": 6},
    "RM1111": {"product": "R-ROM", "at": {"C1": "30 case"}, "expires": 9},
    "CR0930": {"product": "R-CRT", "at": {"D2": "26 bag"}, "expires": 187},
    "TH0822": {"product": "R-TAH", "at": {"D2": "20 bucket"}, "expires": 273},
    "CB1109": {"product": "R-CHK", "at": {"HOLD": "2 case"}, "expires": 5, "hold": True},
    "TB88": {"product": "P-TUB", "at": {"D2": "20 sleeve"}},
}
ORDERS: dict[str, dict[str, Any]] = {
    "WO-4474": {"product": "F-CSK", "planned": "150 case", "status": "running"},
}

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """What the gate and the watch are given."""

    transaction: Transaction
    before: Situation
    after: Situation
    request: Request


def base(said: str, sku: str) -> int:
    """`14 case` of a product in 1/10,000 of its base unit."""
    amount, unit = said.split()
    found = to_base(Decimal(amount), unit, PRODUCTS[sku].base_unit, PRODUCTS[sku].packs)
    assert isinstance(found, int), said
    return found


def ago(said: str | None) -> datetime:
    """`2h`, `90m`, `3d`, `86401s` before now."""
    if said is None:
        return NOW
    told = re.fullmatch(r"(\d+)([smhd])", said)
    assert told is not None, said
    number, unit = told.groups()
    return NOW - timedelta(**{{"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[unit]: int(number)})


def lot_state(code: str, data: Data) -> LotState:
    """A lot and where it stands."""
    sku = data["product"]
    unit = next(iter(data.get("at", {}).values()), "0 lb").split()[1]
    expires = TODAY + timedelta(days=data["expires"]) if data.get("expires") is not None else None
    made = TODAY - timedelta(days=data.get("made_ago", 4))
    lot = Lot(code, sku, unit, made, expires, data.get("supplier"), data.get("work_order"), data.get("hold", False))
    write_offs = tuple(
        WriteOff(Kind(w["kind"]), w.get("place", "D2"), base(w["quantity"], sku), ago(w.get("ago", "1h")), "deshawn")
        for w in data.get("write_offs", [])
    )
    return LotState(
        lot,
        {place: base(said, sku) for place, said in data.get("at", {}).items()},
        data.get("positions", {}),
        {place: ago(said) for place, said in data.get("counted", {}).items()},
        write_offs,
    )


def order_state(number: str, data: Data, lots: Mapping[str, LotState], made: Data) -> OrderState:
    """A work order, what went in and what came out; `made` are the products of lots that are not in `lots`."""
    sku: str = data["product"]
    products: dict[str, str] = {code: state.lot.product for code, state in lots.items()} | dict(made)
    inputs = {lot: base(said, products[lot]) for lot, said in data.get("inputs", {}).items()}
    outputs = {lot: base(said, sku) for lot, said in data.get("outputs", {}).items()}
    day = TODAY - timedelta(days=data.get("planned_ago", 0))
    order = WorkOrder(number, sku, base(data["planned"], sku), "case", "L2", OrderStatus(data["status"]), day)
    return OrderState(order, inputs, outputs, {lot: products.get(lot, sku) for lot in (*inputs, *outputs)})


def situation(plant: Data) -> Situation:
    """The small plant with an example's changes."""
    lots = {
        code: lot_state(code, LOTS.get(code, {}) | plant.get("lots", {}).get(code, {}))
        for code in (LOTS | plant.get("lots", {}))
        if plant.get("lots", {}).get(code, {}) is not None
    }
    orders = {
        n: order_state(n, ORDERS.get(n, {}) | plant.get("orders", {}).get(n, {}), lots, plant.get("made", {}))
        for n in ORDERS | plant.get("orders", {})
    }
    catalog = replace(CATALOG, recipes={} if plant.get("no_recipes") else RECIPES)
    only = plant.get("only")
    if only is not None:
        lots = {code: state for code, state in lots.items() if code in only}
    sources = {code: tuple(found) for code, found in plant.get("held_sources", {}).items()}
    return Situation(catalog, NOW, TODAY, lots, orders, held_sources=sources)


def virtual(report: Data) -> tuple[str | None, str | None]:
    """Where a report's stock comes from and goes to."""
    kind = report["kind"]
    order = report.get("order")
    sources = {"receive": "SUPPLIER:GVF", "return": order, "produce": order, "customer_return": "CUSTOMER:FMD"}
    goals = {"consume": order, "scrap": "SCRAP", "ship": "CUSTOMER:FMD", "supplier_return": "SUPPLIER:GVF"}
    source, goal = sources.get(kind, report.get("from")), goals.get(kind, report.get("to"))
    return source, goal


def transaction(report: Data, before: Situation) -> Transaction:
    """The transaction that a report would post."""
    kind: Kind = Kind(report["kind"])
    lot: str = report.get("lot", "")
    known = before.lots.get(lot)
    sku = report.get("product") or (known.lot.product if known else "R-ROM")
    postings: list[Posting] = []
    counted: tuple[Counted, ...] = ()

    def post(source: str, goal: str, quantity: int, amount: Decimal, unit: str) -> None:
        postings.append(Posting(lot, source, -quantity, -amount, unit))
        postings.append(Posting(lot, goal, quantity, amount, unit))

    if kind in (Kind.COUNT, Kind.ADJUST):
        place, other = report["at"], "VARIANCE" if kind is Kind.COUNT else "ADJUSTMENT"
        there = known.balances.get(place, 0) if known else 0
        target = base(report["found"], sku)
        unit = report["found"].split()[1]
        if kind is Kind.COUNT:
            counted = (Counted(lot, place, target, there, report.get("position", 0)),)
        if target != there:
            post(other, place, target - there, Decimal(target - there), unit)
    elif "quantity" in report:
        source, goal = virtual(report)
        assert source is not None, report
        assert goal is not None, report
        amount, unit = report["quantity"].split()
        post(source, goal, base(report["quantity"], sku), Decimal(amount), unit)
        for source, said in report.get("also_from", {}).items():
            post(source, goal, base(said, sku), Decimal(said.split()[0]), unit)
    new: tuple[Lot, ...] = ()
    if report.get("new"):
        new = (Lot(lot, sku, "case", TODAY, TODAY + timedelta(days=report.get("expires", 9))),)
    return Transaction(
        kind,
        report.get("by", "deshawn"),
        report.get("channel", "console"),
        "key",
        ago(report.get("ago")),
        postings=tuple(postings),
        lots=(lot,) if lot else (),
        new_lots=new,
        work_order=report.get("order"),
        partner=report.get("partner"),
        reference=report.get("reference"),
        reason=report.get("reason"),
        counted=counted,
    )


def posted(told: Transaction, before: Situation) -> Situation:
    """The situation that the transaction leaves, as the ledger would."""
    lots, orders = dict(before.lots), dict(before.orders)
    for new in told.new_lots:
        lots.setdefault(new.code, LotState(new))
    for p in told.postings:
        state = lots[p.lot]
        lots[p.lot] = replace(state, balances={**state.balances, p.place: state.balances.get(p.place, 0) + p.quantity})
        order = orders.get(p.place)
        if order is not None:
            products = {**order.products, p.lot: state.lot.product}
            if told.kind is Kind.PRODUCE:
                outputs = {**order.outputs, p.lot: order.outputs.get(p.lot, 0) - p.quantity}
                orders[p.place] = replace(order, products=products, outputs=outputs)
            else:
                inputs = {**order.inputs, p.lot: order.inputs.get(p.lot, 0) + p.quantity}
                orders[p.place] = replace(order, products=products, inputs=inputs)
    if told.kind is Kind.FINISH and told.work_order in orders:
        running = orders[told.work_order]
        orders[told.work_order] = replace(running, order=replace(running.order, status=OrderStatus.FINISHED))
    return replace(before, lots=lots, orders=orders)


def example(case: Data) -> Example:
    """Everything that one example describes."""
    report = case["report"]
    before = situation(case.get("plant", {}))
    told = transaction(report, before)
    said = {report["lot"]: report["said_product"]} if "said_product" in report else {}
    expires = {report["lot"]: TODAY + timedelta(days=report["said_expires"])} if "said_expires" in report else {}
    request = Request(
        PEOPLE[report.get("by", "deshawn")],
        PEOPLE[report["approver"]] if "approver" in report else None,
        report.get("note"),
        recount=report.get("recount", False),
        imported=report.get("imported", False),
        products=said,
        expires=expires,
    )
    known = set(before.lots) | {n.code for n in told.new_lots}
    after = posted(told, before) if {p.lot for p in told.postings} <= known else before
    return Example(told, before, after, request)


def view(plant: Data) -> PlantView:
    """The small plant with an example's changes, as the timed rules see it: nothing but the lots that it names."""
    floor = situation(plant)
    lots = {code: state for code, state in floor.lots.items() if code in plant.get("lots", {})}
    orders = {n: state for n, state in floor.orders.items() if n in plant.get("orders", {})}
    return PlantView(
        floor.catalog,
        NOW,
        TODAY,
        lots,
        orders,
        {code: base(said, lots[code].lot.product) for code, said in plant.get("received", {}).items()},
        {code: ago(said) for code, said in plant.get("held_since", {}).items()},
        {number: ago(said) for number, said in plant.get("order_seen", {}).items()},
        tuple(Habit(**habit) for habit in plant.get("habits", [])),
    )


assert NOW.astimezone(UTC).date() == TODAY
