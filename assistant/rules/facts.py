"""What a rule may ask about: one flat fact at a time, everything looked up beforehand.

A fact is about a line of a transaction, what one left, or a lot, place, order, supplier or person of the plant.

Quantities are integers of 1/10,000 of the base unit, moments are seconds, days are counted from the day it happened.
`None` is unknown or does not apply, and meets no condition. Flags are 1 or 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, get_type_hints

from assistant.rules.engine.syntax import type_of_property
from store.model import Catalog, Lot


def means(meaning: str) -> Any:  # noqa: ANN401 - stands where a field's own type is written
    """A property that is unknown until it is looked up; the meaning is what the documentation prints."""
    return field(default=None, metadata={"means": meaning})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A lot in a transaction about to be posted: from one real place, or to one where it leaves none."""

    kind: str = means("what is reported: receive, move, consume, return, produce, count, adjust, scrap, ship, hold, …")
    channel: str | None = means("where it was said: slack, voice, console, import")
    imported: int | None = means("1 for a row of a plant file")

    by_role: str | None = means("role of who reports: worker, receiver, supervisor, qa")
    has_approver: int | None = means("1 when somebody approved it")
    approver_may: int | None = means("1 when who approved is a supervisor or QA")
    approver_is_requester: int | None = means("1 when who approved is who asked")
    approval_noted: int | None = means("1 when who approved left a note")

    lot: str | None = means("code of the lot")
    lot_known: int | None = means("1 when the lot is in the books or begins with this report")
    lot_new: int | None = means("1 when the lot begins with this report")
    lot_clashes: int | None = means("1 when a lot that should begin is in the books as another product")
    on_hold: int | None = means("1 while the lot is on hold")
    days_left: int | None = means("days to the expiry, 0 on the day itself, negative after")
    product: str | None = means("SKU of the lot")
    product_kind: str | None = means("raw, packaging, wip, finished")
    traced: int | None = means("1 for a food on the traceability list")
    contradicted: int | None = means("1 when another product was said than the lot has")

    held_sources: int | None = means("how many lots on hold went into the lot")
    expiry_differs: int | None = means("1 when another expiry was said than the lot has")
    made_elsewhere: int | None = means("1 when the lot was made on another work order, or came in")

    place: str | None = means("real place that it leaves, else the one it enters or was counted in")
    place_kind: str | None = means("receiving, storage, production, hold, shipping")
    places_known: int | None = means("0 when a place of the report does not exist")
    to_kind: str | None = means("kind of the place it enters; any other kind counts before hold")
    quantity: int | None = means("how much this report moves of the lot here")
    leaving: int | None = means("how much leaves the place")
    available: int | None = means("how much is in that place before")

    has_order: int | None = means("1 when a work order is named")
    order_known: int | None = means("1 when the work order exists")
    order_status: str | None = means("open, running, finished")
    inputs_recorded: int | None = means("how many lots went into the order so far")
    recipe_lines: int | None = means("how many inputs the recipe of the order's product has")
    in_recipe: int | None = means("1 when the recipe lists the lot's product; unknown without a recipe")
    is_ordered: int | None = means("1 when the lot's product is what the order makes")
    in_order: int | None = means("how much of the lot the order holds, returns taken off")
    returned: int | None = means("how much comes back from the order or the customer")
    with_customer: int | None = means("what the customer who gives it back has of the lot")
    output_total: int | None = means("what the order has made with this report")
    output_limit: int | None = means(
        "what the recorded inputs can yield, recipe and tolerance; unknown without a recipe"
    )

    variance: int | None = means("how far a count is from the books, without sign")
    variance_limit: int | None = means("how far it may be")
    count_stale: int | None = means("1 when the lot moved in that place after the count was asked for")
    recounted: int | None = means("1 when it was counted a second time")

    has_reason: int | None = means("1 when a reason was given")
    reason_kind: str | None = means("scrap or adjust: what the reason is for")
    counted_lately: int | None = means("1 when the lot was counted in that place within the count window")
    seconds_late: int | None = means("how long ago it happened")
    count_window: int | None = means("how far back a count counts, in seconds")
    written_off: int | None = means("what small counts, adjustments and scraps of the window come to, this one too")
    write_offs: int | None = means("how many small ones there were within the window before this one")
    split_limit: int | None = means("how much several small ones may come to; a small one is one up to here")
    split_after: int | None = means("how many small scraps of a lot within the window are ordinary")

    has_partner: int | None = means("1 when a supplier or customer is named")
    has_reference: int | None = means("1 when a document is named")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A lot in a transaction that posted, or an input of the work order that it finished or made output on."""

    kind: str = means("what was reported")
    channel: str | None = means("where it was said: slack, voice, console, import")
    by_role: str | None = means("role of who reported")

    lot: str | None = means("code of the lot")
    product: str | None = means("SKU of the lot, or of the recipe's input")
    product_kind: str | None = means("raw, packaging, wip, finished")
    traced: int | None = means("1 for a food on the traceability list")
    on_hold: int | None = means("1 while the lot is on hold")
    days_left: int | None = means("days from today to the expiry, 0 on the day itself, negative after")
    near_days: int | None = means("from how many days on an expiry is near")
    quantity: int | None = means("how much this report moved of the lot")
    remaining: int | None = means("how much of the lot real places hold afterwards")
    earlier_lots: int | None = means("how many usable lots of the product in stock expire earlier")

    place: str | None = means("real place that it left, else the one it entered or was counted in")
    place_kind: str | None = means("receiving, storage, production, hold, shipping")
    to_kind: str | None = means("kind of the place it entered; any other kind counts before hold")
    variance: int | None = means("how far a count was from the books, without sign")
    has_partner: int | None = means("1 when a supplier or customer is named")
    has_reference: int | None = means("1 when a document is named")

    order_status: str | None = means("open, running, finished, afterwards")
    planned: int | None = means("what the order should make")
    made: int | None = means("what it has made so far")
    inputs_recorded: int | None = means("how many lots went into the order so far")
    inputs_missing: int | None = means("how many inputs of the recipe are not recorded at all")
    is_input: int | None = means("1 for a fact about an input of the recipe instead of a lot that was reported")
    used: int | None = means("how much of the input's product went into the order")
    used_least: int | None = means("the least that what was made can have taken, by recipe and tolerance")
    used_most: int | None = means("the most that what was made should have taken, by recipe and tolerance")
    planned_most: int | None = means("the most that the whole plan should take, by recipe and tolerance")


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFact:
    """A lot in stock."""

    lot: str = means("code of the lot")
    product: str | None = means("SKU of the lot")
    product_kind: str | None = means("raw, packaging, wip, finished")
    traced: int | None = means("1 for a food on the traceability list")
    supplier: str | None = means("code of the supplier")
    on_hold: int | None = means("1 while the lot is on hold")
    days_left: int | None = means("days from today to the expiry, negative after")
    near_days: int | None = means("from how many days on an expiry is near")
    stock: int | None = means("how much of it stands in real places")
    held_hours: int | None = means("for how long it has been on hold")
    hold_hours: int | None = means("for how long a lot may be on hold unnoticed")
    corrections: int | None = means("how often it was adjusted or counted with a difference lately")
    corrections_limit: int | None = means("how often that is ordinary")
    lost: int | None = means("what counts, adjustments and scraps took away of it lately")
    lost_limit: int | None = means("how much loss is ordinary")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact:
    """A real place with stock."""

    place: str = means("code of the place")
    place_kind: str | None = means("receiving, storage, production, hold, shipping")
    lots: int | None = means("how many lots stand there")
    uncounted: int | None = means("how many of them nobody counted there within the time that policy sets")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFact:
    """A work order that is not finished."""

    order: str = means("number of the work order")
    product: str | None = means("SKU that it makes")
    order_status: str | None = means("open, running")
    planned: int | None = means("what it should make")
    made: int | None = means("what it has made so far")
    inputs_recorded: int | None = means("how many lots went into it so far")
    inputs_days_left: int | None = means("days to the earliest expiry among them, negative after")
    quiet_hours: int | None = means("hours since the last report on it")
    idle_hours: int | None = means("for how many hours an order may stand with input and no output")
    open_days: int | None = means("days since the day it was planned for")
    shelf_life: int | None = means("days of shelf life of what it makes")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFact:
    """A supplier of lots in stock."""

    supplier: str = means("code of the supplier")
    lots: int | None = means("how many of its lots are in stock")
    shrunk: int | None = means("how many of them lost more than is ordinary")
    shrunk_limit: int | None = means("how many of those are ordinary")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact:
    """Somebody who reports."""

    person: str = means("code of the person")
    role: str | None = means("worker, receiver, supervisor, qa")
    usual: int | None = means("reports in the same shift of the days before")
    usual_least: int | None = means("from how many usual reports on silence is noticed")
    reports: int | None = means("reports in this shift")


_properties: dict[type[Any], dict[str, type_of_property]] = {}


def properties(record: type[Any]) -> dict[str, type_of_property]:
    """The properties of a fact and their types."""
    if record not in _properties:
        hints = get_type_hints(record)
        _properties[record] = {f.name: int if hints[f.name] in (int, int | None) else str for f in fields(record)}
    return _properties[record]


def meanings(record: type[Any]) -> Iterator[tuple[str, str]]:
    """The properties of a fact and what they mean, in the order of their subject."""
    for f in fields(record):
        yield f.name, f.metadata["means"]


def flat(fact: Any) -> dict[str, int | str | None]:  # noqa: ANN401 - any of the fact records
    """A fact as the engine takes it: every property present."""
    return {name: getattr(fact, name) for name in properties(type(fact))}


def of_lot(lot: Lot, catalog: Catalog, day: date) -> dict[str, Any]:
    """What every fact about a lot says of it, its days counted from `day`."""
    product = catalog.products.get(lot.product)
    return {
        "product": lot.product,
        "product_kind": product.kind if product else None,
        "traced": int(product.traceability_list) if product else None,
        "on_hold": int(lot.on_hold),
        "days_left": (lot.expires - day).days if lot.expires else None,
    }
