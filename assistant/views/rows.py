"""The rows that others read: typed, read-only, in the JSON shapes of the outer edge.

Quantities are decimal strings in the `unit` beside them, moments are ISO 8601 in the plant's time zone, days ISO dates.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from typing_extensions import ReadOnly


class Line(TypedDict):
    """One side of an entry: how much of a lot went into (or, negative, out of) a place."""

    lot: ReadOnly[str]
    location: ReadOnly[str]
    quantity: ReadOnly[str]
    unit: ReadOnly[str]


class EntryRow(TypedDict):
    """A ledger entry, as `floor entries --json` prints it."""

    number: ReadOnly[int]
    kind: ReadOnly[str]
    happened: ReadOnly[str]
    recorded: ReadOnly[str]
    by: ReadOnly[str]
    channel: ReadOnly[str]
    said: ReadOnly[str]
    confidence: ReadOnly[float | None]
    corrections: ReadOnly[Sequence[str]]
    lots: ReadOnly[Sequence[str]]
    work_order: ReadOnly[str | None]
    partner: ReadOnly[str | None]
    reference: ReadOnly[str | None]
    reason: ReadOnly[str | None]
    note: ReadOnly[str | None]
    approved_by: ReadOnly[str | None]
    reverses: ReadOnly[int | None]
    lines: ReadOnly[Sequence[Line]]


class StockRow(TypedDict):
    """How much of a lot stands in a place, as `floor stock --json` prints it; `status` is ok, hold or expired."""

    lot: ReadOnly[str]
    product: ReadOnly[str]
    location: ReadOnly[str]
    quantity: ReadOnly[str]
    unit: ReadOnly[str]
    expires: ReadOnly[str | None]
    status: ReadOnly[str]


class Portion(TypedDict):
    """How much of a lot is in a work order."""

    lot: ReadOnly[str]
    product: ReadOnly[str]
    quantity: ReadOnly[str]
    unit: ReadOnly[str]


class OrderRow(TypedDict):
    """A work order; `planned` and `made` are both in `unit`, at two decimals."""

    number: ReadOnly[str]
    product: ReadOnly[str]
    name: ReadOnly[str]
    planned: ReadOnly[str]
    unit: ReadOnly[str]
    line: ReadOnly[str | None]
    status: ReadOnly[str]
    made: ReadOnly[str]
    inputs: ReadOnly[Sequence[Portion]]


class LotEvidence(TypedDict, total=False):
    """What an approver sees of a lot: stock by place, when it was last counted in each, its last entries in words."""

    stock: ReadOnly[Mapping[str, str]]
    counted: ReadOnly[Mapping[str, str]]
    last: ReadOnly[Sequence[str]]


class Change(TypedDict):
    """What a request would change of a lot in a place, in words; `percent` is empty where nothing was there."""

    what: ReadOnly[str]
    place: ReadOnly[str]
    before: ReadOnly[str]
    after: ReadOnly[str]
    difference: ReadOnly[str]
    percent: ReadOnly[str]


class RequestRow(TypedDict):
    """A request for approval with its evidence by lot.

    In words: `changes`, `reason`, when it was `asked`, `until` when it is open, `counts` of each lot in each place.
    """

    number: ReadOnly[int]
    rule: ReadOnly[str]
    asked_by: ReadOnly[str]
    at: ReadOnly[str]
    expires: ReadOnly[str]
    say: ReadOnly[str]
    said: ReadOnly[str]
    evidence: ReadOnly[Mapping[str, LotEvidence]]
    changes: ReadOnly[Sequence[Change]]
    reason: ReadOnly[str]
    asked: ReadOnly[str]
    until: ReadOnly[str]
    counts: ReadOnly[Sequence[str]]


class DecidedRequest(RequestRow):
    """A request, open or not, with what was decided on it."""

    status: ReadOnly[str]
    decided_by: ReadOnly[str | None]
    note: ReadOnly[str | None]
    decided_at: ReadOnly[str | None]


class WarningRow(TypedDict):
    """A warning, as `floor warnings --json` prints it."""

    id: ReadOnly[int]
    rule: ReadOnly[str]
    lot: ReadOnly[str | None]
    product: ReadOnly[str | None]
    location: ReadOnly[str | None]
    say: ReadOnly[str]
    raised: ReadOnly[str]
    acknowledged_by: ReadOnly[str | None]


class WarningState(TypedDict):
    """How a warning stands now: the last time it was seen and how often, who takes care, until when it rests."""

    say: ReadOnly[str]
    seen: ReadOnly[datetime]
    times: ReadOnly[int]
    acknowledged_by: ReadOnly[str | None]
    acknowledged_at: ReadOnly[datetime | None]
    closed: ReadOnly[datetime | None]
    rests_until: ReadOnly[datetime | None]
    rested_by: ReadOnly[str | None]


class RecallRow(TypedDict):
    """A recall that was run, as `floor recalls --json` prints it; `minutes` is None while it runs."""

    number: ReadOnly[int]
    kind: ReadOnly[str]
    started: ReadOnly[str]
    finished: ReadOnly[str | None]
    minutes: ReadOnly[float | None]
    product: ReadOnly[str]
    lot: ReadOnly[str]
    also: ReadOnly[Sequence[str]]
    amount_in_question: ReadOnly[str]
    amount_found: ReadOnly[str]
    unit: ReadOnly[str]
    percent_found: ReadOnly[float | None]
    lots: ReadOnly[int]
    customers: ReadOnly[int]
    reason: ReadOnly[str | None]
    by: ReadOnly[str]
    finished_by: ReadOnly[str | None]


class Edge(TypedDict):
    """How much of one lot went through a work order into another."""

    from_lot: ReadOnly[str]
    to_lot: ReadOnly[str]
    work_order: ReadOnly[str]
    quantity: ReadOnly[str]
    unit: ReadOnly[str]
    at: ReadOnly[str]


class Passage(TypedDict):
    """How much of a lot came from, or went to, a partner."""

    partner: ReadOnly[str]
    lot: ReadOnly[str]
    quantity: ReadOnly[str]
    unit: ReadOnly[str]
    reference: ReadOnly[str | None]
    at: ReadOnly[str]


class Genealogy(TypedDict):
    """Where a lot came from and went, as `floor trace --json` prints it: every edge once, nearest first."""

    lot: ReadOnly[str]
    product: ReadOnly[str]
    backward: ReadOnly[Sequence[Edge]]
    forward: ReadOnly[Sequence[Edge]]
    received_from: ReadOnly[Sequence[Passage]]
    shipped_to: ReadOnly[Sequence[Passage]]


class Standing(TypedDict):
    """How much stands in a place."""

    location: ReadOnly[str]
    quantity: ReadOnly[str]
    unit: ReadOnly[str]


Affected = TypedDict(
    "Affected",
    {
        "lot": ReadOnly[str],
        "product": ReadOnly[str],
        "made_or_received": ReadOnly[str],
        "on_hand": ReadOnly[Sequence[Standing]],
        "in": ReadOnly[str],
        "consumed": ReadOnly[str],
        "scrapped": ReadOnly[str],
        "shipped": ReadOnly[str],
        "adjusted": ReadOnly[str],
        "unit": ReadOnly[str],
        "accounted_percent": ReadOnly[float | None],
    },
)
"""A lot that a recall reached, in its base unit."""


class CustomerRow(TypedDict):
    """How much of a recalled lot a customer got, and what of it came back."""

    customer: ReadOnly[str]
    lot: ReadOnly[str]
    quantity: ReadOnly[str]
    returned: NotRequired[ReadOnly[str]]
    unit: ReadOnly[str]
    reference: ReadOnly[str | None]
    at: ReadOnly[str]


class RecallReport(TypedDict):
    """Everything that a recall reached, as `floor recall --json` prints it; `mass_balance` is the recalled lot's."""

    lot: ReadOnly[str]
    product: ReadOnly[str]
    opened_at: ReadOnly[str]
    affected: ReadOnly[Sequence[Affected]]
    customers: ReadOnly[Sequence[CustomerRow]]
    mass_balance: ReadOnly[Mapping[str, Any]]


class RunningOrder(TypedDict):
    """A work order that holds some of the recalled lots and is not finished."""

    work_order: ReadOnly[str]
    lots: ReadOnly[Sequence[str]]


class HeldRow(TypedDict):
    """What putting all that a recall reached on hold did, with the sentence that tells it."""

    lot: ReadOnly[str]
    reason: ReadOnly[str | None]
    held: ReadOnly[Sequence[str]]
    already: ReadOnly[Sequence[str]]
    entries: ReadOnly[Sequence[EntryRow]]
    running: ReadOnly[Sequence[RunningOrder]]
    say: ReadOnly[str]


class LotRow(TypedDict):
    """Another lot that may share a lot's fault."""

    lot: ReadOnly[str]
    product: ReadOnly[str]
    made_or_received: ReadOnly[str]
    supplier: ReadOnly[str | None]
    on_hold: ReadOnly[bool]


class RuleRow(TypedDict):
    """A rule, as `floor rules --json` prints it: `thresholds` of the whole plant, `set` what people changed."""

    id: ReadOnly[str]
    kind: ReadOnly[str]
    sentence: ReadOnly[str]
    source: ReadOnly[str]
    why: ReadOnly[str]
    thresholds: ReadOnly[Mapping[str, str]]
    set: ReadOnly[Sequence[Mapping[str, Any]]]
    fired: ReadOnly[int]


class Health(TypedDict):
    """Whether the books can be read, and how many entries they have."""

    status: ReadOnly[str]
    database: ReadOnly[str]
    entries: ReadOnly[int]
