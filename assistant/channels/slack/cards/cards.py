"""What the assistant answers and tells, as Slack shows it: one card for each kind of thing, its buttons with it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement, StaticSelectElement

from assistant.channels.slack.cards import blocks, sentences
from assistant.channels.slack.cards.blocks import Card
from assistant.channels.slack.port import Figures
from assistant.messages import Reply, Table

OFFERED: Final = 20
"""So many options stand as buttons, more in a list to pick from."""

UNDONE: Final = 5
"""So many entries of one message have their own Undo."""

LISTED: Final = 15
"""So many requests, warnings, orders or reports stand on a list."""


AT_HOME: Final = 12
"""So many requests and warnings stand in a home tab."""


def of_reply(reply: Reply, key: str, asked: str = "") -> Card:
    """The answer to one utterance; `key` names its question, `asked` is what a command was."""
    shown: list[Block] = [blocks.small(asked)] if asked else []
    shown += blocks.said(reply.say)
    about: list[str] = []
    if reply.table is not None:
        rows, room = blocks.table(reply.table.columns, reply.table.rows)
        shown += rows
        if room < len(reply.table.rows):
            shown.append(blocks.small(f"{room} of {len(reply.table.rows)} rows; all of them are in the file."))
    posted = [entry["number"] for entry in reply.entries if entry.get("reverses") is None]
    for number in posted[:UNDONE]:
        about.append(f"entry:{number}")
        shown.append(blocks.buttons(about[-1], [undo(number, several=len(posted) > 1)]))
    choices, left = _choices(reply)
    if choices:
        about.append(f"ask:{key}")
        shown.append(blocks.buttons(about[-1], choices))
    if left:
        shown.append(blocks.small(f"… and {left} more. You can type which it is."))
    return blocks.card(reply.say, shown, about)


def undo(number: int, *, several: bool = False) -> ButtonElement:
    """The button that takes an entry back."""
    return blocks.button(f"Undo {number}" if several else "Undo", "undo", str(number))


def _choices(reply: Reply) -> tuple[list[ButtonElement | StaticSelectElement], int]:
    """What answers the question with one click, and how many options there was no room for."""
    if reply.asking == "confirm" and not reply.options:
        return [
            blocks.button("Confirm", "confirm", "yes", "primary"),
            blocks.button("Correct", "correct", "no"),
            blocks.button("Cancel", "cancel", "no"),
        ], 0
    options = [option for option in dict.fromkeys(reply.options) if option.strip()]
    cancel = blocks.button("Cancel", "cancel", "cancel")
    if len(options) <= OFFERED:
        chosen = [blocks.button(option, f"say.{n}", option) for n, option in enumerate(options)]
        return [*chosen, cancel] if chosen else [], 0
    fitting = [option for option in options if len(option) <= blocks.PICKED_VALUE][: blocks.PICKED]
    picked = [blocks.menu("Pick one", "pick", fitting)] if fitting else []
    return [*picked, cancel], len(options) - len(fitting)


def request(found: Mapping[str, Any], names: Mapping[str, str], told: str = "") -> Card:
    """An approval request with the evidence, for those who decide."""
    number = found["number"]
    text = told or sentences.ASKS.format(name=_name(found, names), number=number, say=found["say"])
    shown = [
        blocks.header(f"Approval {number}"),
        *blocks.said(text, 2000),
        *blocks.said(request_lines(found, names), 5000),
    ]
    shown += [blocks.small(sentences.OPEN_UNTIL.format(until=found["until"])), decide(number)]
    return blocks.card(text, shown, [f"request:{number}"])


def _name(found: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return names.get(found["asked_by"], found["asked_by"])


def change_lines(found: Mapping[str, Any]) -> list[str]:
    """What a request would change: product, lot, place, before and after, the difference in packs and percent."""
    return [
        sentences.CHANGE.format(**change, share=f", {change['percent']}" if change["percent"] else "")
        for change in found["changes"]
    ]


def request_lines(found: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What is decided on, with its evidence: what changes, why, who asked when, what was there last."""
    lines = change_lines(found)
    if found["reason"]:
        lines.append(sentences.REASON.format(reason=found["reason"]))
    lines.append(sentences.ASKED.format(name=_name(found, names), when=found["asked"], said=found["said"] or "–"))
    for lot, known in (found.get("evidence") or {}).items():
        stock = ", ".join(f"{place}: {amount}" for place, amount in known.get("stock", {}).items())
        lines.append(sentences.STANDS.format(lot=lot, stock=stock or "nowhere"))
    counts = found["counts"]
    lines.append(sentences.COUNTED.format(counts="; ".join(counts)) if counts else sentences.UNCOUNTED)
    last = [what for known in (found.get("evidence") or {}).values() for what in known.get("last", ())]
    lines.extend(f"• {what}" for what in last)
    return "\n".join(lines)


def decide(number: int) -> Block:
    """The buttons of a request."""
    value = str(number)
    return blocks.buttons(
        f"request:{number}",
        [
            blocks.button("Approve", "approve", value, "primary", confirm=blocks.confirm(sentences.SURE, "Approve")),
            blocks.button("Approve with a note", "approve-note", value),
            blocks.button("Reject", "reject", value, "danger"),
        ],
    )


def warning(number: int, say: str, lot: str | None) -> Card:
    """A warning for who should act."""
    shown = [*blocks.said(say), care(number, lot)]
    return blocks.card(say, shown, [f"warning:{number}"])


def care(number: int, lot: str | None) -> Block:
    """The buttons of a warning."""
    value = str(number)
    held = [blocks.button(f"Hold {lot}", "hold", f"{number} {lot}", "danger")] if lot else []
    return blocks.buttons(
        f"warning:{number}",
        [
            blocks.button("Acknowledge", "acknowledge", value, "primary"),
            *held,
            blocks.button("Snooze 4 hours", "snooze", value),
        ],
    )


def note(say: str, title: str = "") -> Card:
    """Something told, with nothing to decide."""
    return blocks.card(say, [*([blocks.header(title)] if title else []), *blocks.said(say)])


def listed(say: str, table: Table) -> Card:
    """A short table under its heading."""
    return blocks.card(say, [blocks.header(say), *blocks.table(table.columns, table.rows)[0]])


FILES: Final = "Lots, stock, shipments, customers to call and the FSMA 204 records are the files of this thread."


def recall(found: Mapping[str, Any], kept: Mapping[str, Any], by: str, *, with_files: bool = False) -> Card:
    """A recall that has begun: what it reached, its hold and its end; `with_files` says that the lists come along."""
    balance, number = found["mass_balance"], kept["number"]
    kind = "Recall" if kept["kind"] == "real" else "Mock recall"
    customers = {row["customer"] for row in found["customers"]}
    text = (
        f"{kind} {number} of {found['lot']} by {by}. Reason: {kept['reason'] or '–'}\n"
        f"{len(found['affected'])} lots affected, {len(customers)} customers reached, "
        f"{balance['accounted_percent']} % accounted for.\n"
        f"In {balance['in']}, on hand {balance['on_hand']}, used {balance['consumed']}, "
        f"scrapped {balance['scrapped']}, shipped {balance['shipped']}, adjusted {balance['adjusted']}."
    )
    shown = [blocks.header(f"{kind} {number}: {found['lot']}"), *blocks.said(text, 4000)]
    rows = [
        [lot["lot"], lot["product"], "; ".join(f"{h['location']} {h['quantity']} {h['unit']}" for h in lot["on_hand"])]
        for lot in found["affected"]
    ]
    shown += blocks.table(["Lot", "Product", "On hand"], rows, 2400)[0]
    if with_files:
        shown.append(blocks.small(FILES))
    about = [f"recall-hold:{number}", f"recall-finish:{number}"]
    sure = blocks.confirm(sentences.SURE_HOLD, "Hold all")
    hold = blocks.button("Hold all of it", "recall-hold", str(number), "danger", confirm=sure)
    ends = blocks.confirm(sentences.SURE_FINISH, "Finish")
    finish = blocks.button("Finish", "recall-finish", str(number), confirm=ends)
    shown += [blocks.buttons(about[0], [hold]), blocks.buttons(about[1], [finish])]
    return blocks.card(text, shown, about)


def recall_form(lot: str) -> Card:
    """A recall asked for in plain words: Slack opens a form only on a click."""
    say = f"A recall of {lot} begins with a form: real or mock, and why."
    opens = blocks.button("Open the form", "recall-form", lot, "primary")
    return blocks.card(say, [*blocks.said(say), blocks.buttons("recall-form", [opens])])


SHORT: Final[Mapping[str, Sequence[str]]] = {
    "yields": ("work_order", "input", "yield_percent", "off_by_points", "variance"),
    "shrink": ("product", "supplier", "lots", "shrink", "unit", "shrink_percent"),
    "suppliers": ("name", "lots", "short_life_lots", "held_lots", "shrink_percent"),
    "accuracy": ("period", "location", "counts", "within_tolerance", "accuracy_percent"),
    "exposure": ("lot", "product", "quantity", "unit", "expires", "days_left"),
}
"""The columns of each report that a message shows."""


def report(found: Figures, asked: str = "") -> Card:
    """A report: what is most worth knowing, and its main columns."""
    shown: list[Block] = [blocks.small(asked)] if asked else []
    shown += [blocks.header(found.title), *blocks.said(found.sentence, 4000)]
    wanted = SHORT.get(found.name, ())
    kept = [n for n, column in enumerate(found.columns) if column.name in wanted]
    if kept and found.cells:
        rows, room = blocks.table(
            [found.columns[n].label for n in kept], [[row[n] for n in kept] for row in found.cells]
        )
        shown += [*rows, blocks.small(f"{room} of {len(found.cells)} rows; all columns and rows are in the workbook.")]
    return blocks.card(f"{found.title}. {found.sentence}", shown)


def home(
    name: str,
    requests: Sequence[Mapping[str, Any]],
    warnings: Sequence[Mapping[str, Any]],
    orders: Sequence[Mapping[str, Any]],
    figures: str,
    names: Mapping[str, str],
) -> Mapping[str, Any]:
    """A supervisor's home: what is open, how the orders stand, today's figures."""
    shown: list[Block] = [blocks.header(f"Good to see you, {name}"), *blocks.said(figures, 550), blocks.line()]
    shown.append(blocks.header(f"Open approvals: {len(requests)}"))
    for found in requests[:AT_HOME]:
        head = sentences.AT_HOME.format(name=_name(found, names), **found)
        shown += [*blocks.said("\n".join([head, *change_lines(found)]), 550), decide(found["number"])]
    shown += _more(len(requests), "/approve lists them")
    shown.append(blocks.header(f"Open warnings: {len(warnings)}"))
    for found in warnings[:AT_HOME]:
        shown += [*blocks.said(found["say"], 550), care(found["id"], found["lot"])]
    shown += _more(len(warnings), "the shift digest and the console have them")
    shown.append(blocks.header("Work orders"))
    rows = [
        [o["number"], o["name"], o["status"], f"{o['made']} of {o['planned']} {o['unit']}", o["yield"]] for o in orders
    ]
    rows_shown, room = blocks.table(["Order", "Product", "Status", "Made", "Yield"], rows)
    shown += rows_shown
    if room < len(rows):
        shown.append(blocks.small(f"{room} of {len(rows)} orders; /orders has all of them."))
    return _view(shown)


def _more(count: int, where: str) -> list[Block]:
    return [blocks.small(f"… and {count - AT_HOME} more; {where}.")] if count > AT_HOME else []


def decides(view: Mapping[str, Any]) -> list[str]:
    """What the buttons of a home decide on."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "actions"]


def worker_home(name: str, entries: Sequence[Mapping[str, Any]], undone: frozenset[int]) -> Mapping[str, Any]:
    """A worker's home: the last reports, each with Undo."""
    shown: list[Block] = [blocks.header(f"Hello {name}")]
    shown += blocks.said("Your last reports:" if entries else "You have reported nothing lately.")
    for entry in list(entries)[::-1][:LISTED]:
        number = entry["number"]
        shown += blocks.said(f"{number}: {entry['said'] or entry['kind']} ({entry['recorded'][:16]})", 500)
        if number in undone:
            shown.append(blocks.small("Taken back."))
        elif entry["reverses"] is None:
            shown.append(blocks.buttons(f"entry:{number}", [undo(number)]))
    return _view(shown)


def _view(shown: Sequence[Block]) -> Mapping[str, Any]:
    return {"type": "home", "blocks": [block.to_dict() for block in shown[: blocks.HOME_BLOCKS]]}


def stranger_home(say: str) -> Mapping[str, Any]:
    """The home of somebody whom the plant does not know."""
    return _view(blocks.said(say))
