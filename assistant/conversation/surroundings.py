"""Reads what a report is judged against: its lot, other lots of the product, its order or those not yet finished."""

from dataclasses import dataclass

from assistant.conversation.turn import Turn
from assistant.reports.draft import Surroundings
from assistant.reports.lot_names import of_supplier
from assistant.reports.report import Report
from assistant.views import situations
from store.model import OrderStatus, Situation, WorkOrder


def surroundings(turn: Turn, report: Report) -> Surroundings:
    """The situation of a report, under lock, with what could stand in the slots that it lacks."""
    about = _About.of(turn, report)
    situation, sku = _situation(turn, report, about)
    return Surroundings(situation, _open_orders(turn, report), _suppliers(turn, report, sku), _codes(turn, report, sku))


@dataclass(frozen=True, slots=True)
class _About:
    """What a report is about, as far as it says so; the product also from its lot where lots are compared."""

    lot: str | None
    sku: str | None
    order: str | None
    compared: bool

    @classmethod
    def of(cls, turn: Turn, report: Report) -> "_About":
        slots = {name: str(value) for name, value in report.slots.items()}
        lot, sku = slots.get("lot"), slots.get("product")
        compared = report.kind.judged_with == "rivals"
        if lot and sku is None and compared:
            known = turn.session.lots.get(lot)
            sku = known.product if known else None
        return cls(lot, sku, slots.get("work_order"), compared)

    @property
    def others(self) -> frozenset[str]:
        """The product whose other lots are looked at from the start: they could be meant, or be used first."""
        return frozenset({self.sku}) if self.sku and (self.lot is None or self.compared) else frozenset()


def _situation(turn: Turn, report: Report, about: _About) -> tuple[Situation, str | None]:
    """The situation, and the product as it is known then; a lot that nobody knows is looked for among the product's."""
    lot, sku = about.lot, about.sku
    codes = _lots(turn, report, about)

    def judged_in(others: frozenset[str]) -> Situation:
        return situations.judged_in(turn.session, report.intent, codes, about.order, others, turn.now, turn.book)

    situation = judged_in(about.others)
    if lot and lot in situation.lots:
        return situation, sku or situation.lots[lot].lot.product
    if lot and sku and not about.compared:
        return judged_in(frozenset({sku})), sku
    return situation, sku


def _lots(turn: Turn, report: Report, about: _About) -> list[str]:
    """The lots that the report names or must be about."""
    lot, sku = about.lot, about.sku
    codes = [lot] if lot else []
    if lot and report.kind.new_lot == "theirs" and "supplier" in report.slots:
        codes.append(of_supplier(lot, str(report.slots["supplier"])))
    if sku and lot is None and report.kind.of_held:
        codes += [known.code for known in turn.session.lots.of_product(sku) if known.on_hold]
    return codes


def _open_orders(turn: Turn, report: Report) -> tuple[WorkOrder, ...]:
    """The orders that a report without one could be for."""
    if "work_order" in report.slots or "for_order" not in report.kind.steps:
        return ()
    return tuple(o for o in turn.session.orders.all() if o.status is not OrderStatus.FINISHED)


def _codes(turn: Turn, report: Report, sku: str | None) -> frozenset[str]:
    """The lot codes that a new one must differ from."""
    if report.kind.new_lot != "ours" or "lot" in report.slots:
        return frozenset()
    order = turn.session.orders.get(str(report.slots.get("work_order")))
    made = sku or (order.product if order else None)
    return frozenset(x.code for x in turn.session.lots.of_product(made)) if made else frozenset()


def _suppliers(turn: Turn, report: Report, sku: str | None) -> dict[str, tuple[str, ...]]:
    """Who has sent the product before."""
    if "sent_by" not in report.kind.steps or sku is None or "supplier" in report.slots:
        return {}
    senders = dict.fromkeys(x.supplier for x in turn.session.lots.of_product(sku) if x.supplier)
    return {sku: tuple(senders)}
