"""What a lot was made of, what it went into, and what a recall of it would reach."""

from assistant.conversation.answers.rows import LONGEST, few, show_table
from assistant.conversation.turn import Turn
from assistant.reports.report import Slots
from assistant.wording import names
from store.model import Edge
from store.trace import lineage
from store.trace.bulk import lots_of
from store.trace.recall import recall


def tell_trace(turn: Turn, slots: Slots) -> None:
    """Where a lot came from and where it went, to the ends."""
    code, direction = str(slots["lot"]), slots.get("direction")
    lot = lots_of(turn.session.connection, [code])[code]
    back = lineage.trace(turn.session, code, "backward") if direction != "forward" else []
    forth = lineage.trace(turn.session, code, "forward") if direction != "backward" else []
    ancestors = list(dict.fromkeys(e.from_lot for e in back))
    descendants = list(dict.fromkeys(e.to_lot for e in forth))
    came = lineage.received_from(turn.session, code) if direction != "forward" else []
    went = lineage.shipped_to(turn.session, code) if direction != "backward" else []
    nothing = turn.wording.part("trace-nothing")
    suppliers = list(dict.fromkeys(names.partner(turn.catalog, r.partner) for r in came if r.partner))
    turn.say(
        "trace",
        what=turn.narrator.what(lot.product, code),
        made=" " + turn.wording.part("trace-made", order=lot.work_order) if lot.work_order else "",
        backward=turn.wording.listed([*turn.wording.few(ancestors, LONGEST), *suppliers]) or nothing,
        forward=few(turn, descendants, str) or nothing,
        back=len(ancestors),
        fore=len(descendants),
    )
    customers = list(dict.fromkeys(names.partner(turn.catalog, r.partner) for r in went))
    if customers:
        turn.say("trace-customers", customers=turn.wording.listed(customers))
    _edges(turn, [*back, *forth])


def _edges(turn: Turn, edges: list[Edge]) -> None:
    lots = lots_of(turn.session.connection, {e.from_lot for e in edges})
    rows = [
        (e.from_lot, turn.narrator.of_lot(lots[e.from_lot], e.quantity), e.work_order, e.to_lot)
        for e in dict.fromkeys(edges)
        if e.from_lot in lots
    ]
    show_table(turn, turn.wording.call("column", "order"), ("from", "quantity", "order", "to"), rows)


def tell_recall(turn: Turn, slots: Slots) -> None:
    """Every lot reached, who got it, and how much of the lot itself is accounted for."""
    code, product = str(slots["lot"]), str(slots["product"])
    report = recall(turn.session, code, turn.now)
    reached = [row["lot"] for row in report["affected"] if row["lot"] != code]
    customers = list(dict.fromkeys(names.partner(turn.catalog, row["customer"]) for row in report["customers"]))
    turn.say(
        "recall",
        what=turn.narrator.what(product, code),
        lots=few(turn, reached, str) or turn.wording.part("trace-nothing"),
        buyers=turn.wording.listed(customers) or turn.wording.part("no-customer"),
        affected=len(reached),
        customers=len(customers),
        on_hand=f"{report['mass_balance']['on_hand']} {report['mass_balance']['unit']}",
        percent=report["mass_balance"]["accounted_percent"],
    )
    turn.lots |= dict.fromkeys(row["lot"] for row in report["affected"])
    show_table(
        turn,
        turn.narrator.what(product, code),
        ("partner", "lot", "quantity", "reference", "at"),
        (
            (
                names.partner(turn.catalog, row["customer"]),
                row["lot"],
                f"{row['quantity']} {row['unit']}",
                row["reference"] or "",
                row["at"],
            )
            for row in report["customers"]
        ),
    )
