"""The kinds of report, one entry each: what it may say, what it needs, which two sides it posts between.

A new kind is an entry here, a `Kind` of the books, its words in the lexicon, its sentences in the wording, and its
rules. Everything else that depends on the kind follows from its entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

COMMON: Final = frozenset("when expires second_quantity second_unit but_quantity but_unit scanned sscc".split())
"""Slots that every kind has: when it happened, the same goods in another unit, what is left out, what was scanned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """One kind of report.

    `says` are the slots of its own that it may have; `asks` names, in the order of asking, the steps that complete it
    (`reports.missing`). `out_of` and `into` are the two sides of its posting: a slot (`from`, `work_order`,
    `supplier`), or a virtual place in capitals; a kind without sides moves nothing. `bare_place` is the slot that a
    place said alone corrects, the one said last in the usual sentence. `goes_to` are the kinds of place that are
    offered where it goes, the likeliest first. `judged_with` is what the rules look at beside its own lot: the
    product's other lots (`rivals`), all that its order holds (`order`), what was written off lately (`write_offs`).
    `new_lot` says whose code a lot has that begins with it. A `signed` quantity may be nothing or less than nothing; a
    `counted` one is what was found, and posts as the difference. What is `quarantined` goes to the plant's hold place
    where no other is said. `of_held` is about lots on hold; `turns_order`
    changes where its work order stands.
    """

    says: str
    asks: str
    out_of: str = ""
    into: str = ""
    bare_place: str = ""
    goes_to: tuple[str, ...] = ()
    judged_with: Literal["", "rivals", "order", "write_offs"] = ""
    new_lot: Literal["", "ours", "theirs"] = ""
    signed: bool = False
    counted: bool = False
    quarantined: bool = False
    of_held: bool = False
    turns_order: bool = False

    @property
    def slots(self) -> frozenset[str]:
        """Every slot that it may have."""
        return frozenset(self.says.split()) | COMMON

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps that complete it, by name, in the order of asking."""
        return tuple(self.asks.split())

    @property
    def moves(self) -> bool:
        """Whether its entry has lines."""
        return bool(self.out_of)

    @property
    def makes(self) -> bool:
        """Whether it is the output of a work order."""
        return self.out_of == "work_order" and self.new_lot == "ours"


REPORT_KINDS: Final[Mapping[str, ReportKind]] = MappingProxyType(
    {
        "receive": ReportKind(
            says="product lot quantity unit to supplier expires reference",
            asks="known_product new_lot how_much expires_on going_to sent_by",
            out_of="supplier",
            into="to",
            bare_place="to",
            goes_to=("receiving",),
            new_lot="theirs",
        ),
        "move": ReportKind(
            says="product lot quantity unit all from to",
            asks="known_lot taken_from how_much going_to",
            out_of="from",
            into="to",
            bare_place="to",
            goes_to=("production", "storage"),
        ),
        "consume": ReportKind(
            says="product lot quantity unit all from work_order",
            asks="for_order known_lot taken_from how_much",
            out_of="from",
            into="work_order",
            bare_place="from",
            judged_with="rivals",
        ),
        "return": ReportKind(
            says="product lot quantity unit to work_order",
            asks="for_order known_lot how_much going_to",
            out_of="work_order",
            into="to",
            bare_place="to",
            goes_to=("storage",),
            judged_with="order",
        ),
        "produce": ReportKind(
            says="product lot quantity unit to work_order expires",
            asks="for_order known_product new_lot how_much going_to expires_on",
            out_of="work_order",
            into="to",
            bare_place="to",
            goes_to=("storage",),
            judged_with="order",
            new_lot="ours",
        ),
        "count": ReportKind(
            says="product lot quantity unit at",
            asks="counted_at known_lot counted_at how_much",
            out_of="VARIANCE",
            into="at",
            bare_place="at",
            judged_with="write_offs",
            signed=True,
            counted=True,
        ),
        "adjust": ReportKind(
            says="product lot quantity new_quantity unit at reason",
            asks="known_lot standing_at how_much difference why",
            out_of="ADJUSTMENT",
            into="at",
            bare_place="at",
            judged_with="write_offs",
            signed=True,
        ),
        "scrap": ReportKind(
            says="product lot quantity unit all at reason",
            asks="known_lot standing_at how_much why",
            out_of="at",
            into="SCRAP",
            bare_place="at",
            judged_with="write_offs",
        ),
        "ship": ReportKind(
            says="product lot quantity unit all from customer reference",
            asks="known_lot taken_from how_much for_whom under_reference",
            out_of="from",
            into="customer",
            bare_place="from",
            judged_with="rivals",
        ),
        "customer_return": ReportKind(
            says="product lot quantity unit to customer reference reason",
            asks="known_lot how_much for_whom going_to",
            out_of="customer",
            into="to",
            bare_place="to",
            goes_to=("hold",),
            quarantined=True,
        ),
        "supplier_return": ReportKind(
            says="product lot quantity unit all from supplier reference reason",
            asks="known_lot taken_from how_much sent_by why",
            out_of="from",
            into="supplier",
            bare_place="from",
        ),
        "hold": ReportKind(says="product lot note", asks="known_lot"),
        "release": ReportKind(says="product lot note", asks="known_lot", of_held=True),
        "start": ReportKind(says="work_order", asks="for_order", turns_order=True),
        "finish": ReportKind(says="work_order", asks="for_order", judged_with="order", turns_order=True),
    }
)
"""Every kind of report by the name of its intent, which is also the name of its entry's kind."""


def judged_with(what: Literal["rivals", "order", "write_offs"]) -> frozenset[str]:
    """The kinds that are judged with that beside their own lot."""
    return frozenset(name for name, kind in REPORT_KINDS.items() if kind.judged_with == what)
