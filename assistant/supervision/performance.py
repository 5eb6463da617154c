"""The reports that accurate books make possible: yields, shrink, suppliers, count accuracy, exposure by expiry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, get_args

from assistant.rules import RuleBook
from assistant.supervision.figures import Bar, Chart, Column, Figures, Group, Tone, chart
from assistant.wording import names
from assistant.wording.sentences import Wording
from store.measures import performance, yields
from store.model import Catalog
from store.session import Session
from store.units import text

Row = Mapping[str, Any]

PERIODS: Final[tuple[str, ...]] = get_args(performance.Period)
GROUPINGS: Final[tuple[str, ...]] = get_args(performance.By)

_PRODUCTS: Final = frozenset({"product", "input"})
_NUMBERS: Final = frozenset(
    "output expected_use actual_use lots counts exact within_tolerance in scrapped count_variance adjusted shrink "
    "short_life_lots days_short held_lots days_left quantity".split()
)


@dataclass(frozen=True, slots=True)
class Reporting:
    """What a report is made from: one state of the books, the plant's tolerances, the words, and the day."""

    session: Session
    book: RuleBook
    wording: Wording
    today: date

    @property
    def catalog(self) -> Catalog:
        """The plant's master data."""
        return self.session.catalog

    def figures(
        self, name: str, since: date | None, until: date | None, *, by: str = "product", period: str = "week"
    ) -> Figures | None:
        """The report of that name for what happened in these days (inclusive); None where there is no such report.

        `by` groups shrink (lot, product, supplier), `period` count accuracy (day, week, month). Exposure is of today.
        """
        if name not in REPORTS or by not in GROUPINGS or period not in PERIODS:
            return None
        rows = self._rows(name, since, until, by, period)
        sentence, drawn = REPORTS[name](self, rows)
        columns = tuple(
            Column(key, self.wording.call("figure", key), key in _NUMBERS or key.endswith(("_percent", "_points")))
            for key in (rows[0] if rows else ())
            if key != "name"  # stands for the supplier's code already
        )
        cells = [tuple(self._cell(column.name, row[column.name]) for column in columns) for row in rows]
        title = self.wording.call("report", name)
        return Figures(name, title, since, until, columns, rows, cells, sentence, drawn)

    def _rows(self, name: str, since: date | None, until: date | None, by: str, period: str) -> Sequence[Row]:
        session = self.session
        if name == "yields":
            return yields.yields(session, since, until)
        if name == "shrink":
            return performance.shrink(session, by, since, until)  # type: ignore[arg-type]  # one of GROUPINGS
        if name == "suppliers":
            return performance.suppliers(session, since, until)
        if name == "accuracy":
            return performance.accuracy(session, period, since, until, tolerance=self._tolerance)  # type: ignore[arg-type]  # one of PERIODS
        return performance.exposure(session, self.today)

    def _tolerance(self, product: str, place: str) -> Any:  # noqa: ANN401 - an exact number
        around = [place]
        while (known := self.catalog.places.get(around[-1])) is not None and known.parent:
            around.append(known.parent)
        return self.book.policy.number("count_tolerance_percent", product, around)

    def _cell(self, name: str, value: object) -> str:
        if value is None:
            return "–"
        if isinstance(value, bool):
            return self.wording.call("answer", "yes" if value else "no")
        if name in _PRODUCTS:
            return names.product(self.catalog, str(value))
        if name in {"location", "line"}:
            return names.place(self.catalog, str(value))
        if name == "supplier":
            return names.partner(self.catalog, str(value))
        if name == "status":
            return self.wording.call("status", str(value))
        return f"{value:g}" if isinstance(value, float) else str(value)

    def yields(self, rows: Sequence[Row]) -> tuple[str, Chart]:
        """By product and input: how far the yield of all orders together is from the recipe's, worst first."""
        sums: dict[tuple[str, str], list[Decimal]] = {}
        known: dict[tuple[str, str], Row] = {}
        for row in rows:
            if row["yield_percent"] is not None:
                key = (row["product"], row["input"])
                known[key] = row
                expected, used = sums.setdefault(key, [Decimal(0), Decimal(0)])
                sums[key] = [expected + Decimal(row["expected_use"]), used + Decimal(row["actual_use"])]
        groups = []
        for key, (expected, used) in sums.items():
            row = known[key]
            found = row["expected_yield_percent"] * float(expected / used) if used else 0.0
            off = round(found - row["expected_yield_percent"], 2)
            tone: Tone = "past" if abs(off) > row["tolerance_points"] else "ok"
            label = f"{names.product(self.catalog, key[0])} ← {names.product(self.catalog, key[1])}"
            groups.append(Group(label, (Bar(off, f"{off:+g} ({found:.1f} %)", tone),)))
        groups.sort(key=lambda group: -abs(group.bars[0].value or 0))
        drawn = chart(self.wording.part("chart-yields"), groups)
        if not rows:
            return self.wording.say("yields-none").eye, drawn
        wrong = [row for row in rows if row["variance"]]
        said = self.wording.say(
            "yields", orders=len({row["work_order"] for row in rows}), inputs=len(rows), wrong=len(wrong)
        )
        told = [row for row in wrong if row["off_by_points"] is not None]
        if told:
            worst = max(told, key=lambda row: abs(row["off_by_points"]))
            what = names.product(self.catalog, worst["input"])
            said += self.wording.say(
                "yields-worst", what=what, order=worst["work_order"], points=f"{worst['off_by_points']:+g}"
            )
        return said.eye, drawn

    def shrink(self, rows: Sequence[Row]) -> tuple[str, Chart]:
        """What was lost of what came in, most first; what lost nothing has no bar."""
        groups = []
        for row in rows:
            percent = row["shrink_percent"]
            if not percent:
                continue
            told = f"{percent:g} % ({row['shrink']} {row['unit']})"
            groups.append(Group(self._of_group(row), (Bar(percent, told, _tone(percent, 2, 5)),)))
        drawn = chart(self.wording.part("chart-shrink"), groups)
        if not rows:
            return self.wording.say("shrink-none").eye, drawn
        worst = [row for row in rows if row["shrink_percent"] > 0][:3]
        if not worst:
            return self.wording.say("shrink-nothing", lots=sum(row["lots"] for row in rows)).eye, drawn
        told = self.wording.listed([f"{self._of_group(row)} {row['shrink_percent']:g} %" for row in worst])
        return self.wording.say("shrink", lots=sum(row["lots"] for row in rows), worst=told).eye, drawn

    def _of_group(self, row: Row) -> str:
        if "lot" in row:
            return f"{names.product(self.catalog, row['product'])} {row['lot']}"
        if "supplier" in row:
            return f"{names.partner(self.catalog, row['supplier'])} ({row['unit']})"
        return names.product(self.catalog, row["product"])

    def suppliers(self, rows: Sequence[Row]) -> tuple[str, Chart]:
        """Of the lots that each supplier brought: how many came with a short life, were held, and what shrank."""
        groups = [
            Group(
                row["name"] or row["supplier"],
                tuple(
                    Bar(percent, f"{percent:g} %{told}", _tone(percent, 5, 20))
                    for percent, told in (
                        (_percent(row["short_life_lots"], row["lots"]), f" ({row['short_life_lots']})"),
                        (_percent(row["held_lots"], row["lots"]), f" ({row['held_lots']})"),
                        (row["shrink_percent"], ""),
                    )
                ),
            )
            for row in rows
        ]
        series = tuple(self.wording.part(name) for name in ("series-short", "series-held", "series-shrink"))
        drawn = chart(self.wording.part("chart-suppliers"), groups, series)
        if not rows:
            return self.wording.say("suppliers-none").eye, drawn
        said = self.wording.say(
            "suppliers",
            suppliers=len(rows),
            lots=sum(row["lots"] for row in rows),
            short=sum(row["short_life_lots"] for row in rows),
            held=sum(row["held_lots"] for row in rows),
        )
        worst = max(rows, key=lambda row: row["shrink_percent"])
        if worst["shrink_percent"] > 0:
            name = worst["name"] or worst["supplier"]
            said += self.wording.say("suppliers-worst", supplier=name, percent=f"{worst['shrink_percent']:g}")
        return said.eye, drawn

    def accuracy(self, rows: Sequence[Row]) -> tuple[str, Chart]:
        """By period, all places together: how many counts found what the books said, within tolerance."""
        periods: dict[str, list[int]] = {}
        for row in rows:
            within, counts = periods.get(row["period"], (0, 0))
            periods[row["period"]] = [within + row["within_tolerance"], counts + row["counts"]]
        groups = []
        for first, (within, counts) in sorted(periods.items(), reverse=True):
            percent = _percent(within, counts)
            tone: Tone = "ok" if percent >= 98 else "near" if percent >= 90 else "past"  # noqa: PLR2004 - percents
            day = self.wording.words.day(date.fromisoformat(first), self.today)
            groups.append(Group(day, (Bar(percent, f"{percent:g} % ({within}/{counts})", tone),)))
        drawn = chart(self.wording.part("chart-accuracy"), groups, most=100.0)
        if not rows:
            return self.wording.say("accuracy-none").eye, drawn
        within, counts = (sum(row[name] for row in rows) for name in ("within_tolerance", "counts"))
        said = self.wording.say("accuracy", within=within, counts=counts, percent=f"{_percent(within, counts):g}")
        missed = [row for row in rows if row["accuracy_percent"] < 100]  # noqa: PLR2004 - percents
        if missed:
            worst = max(missed, key=lambda row: row["counts"] - row["within_tolerance"])
            said += self.wording.say(
                "accuracy-worst",
                place=self.wording.words.standing(self.catalog, worst["location"]),
                missed=worst["counts"] - worst["within_tolerance"],
                day=date.fromisoformat(worst["period"]),
            )
        return said.eye, drawn

    def exposure(self, rows: Sequence[Row]) -> tuple[str, Chart]:
        """Lots at risk by expiry: how many are in each step, and how much of it in each unit."""
        tones: Mapping[str, Tone] = {"expired": "past", "within 2 days": "near"}
        groups = []
        for _, risk in performance.RISKS:
            found = [row for row in rows if row["risk"] == risk]
            units: dict[str, Decimal] = {}
            for row in found:
                units[row["unit"]] = units.get(row["unit"], Decimal(0)) + Decimal(row["quantity"])
            lots = len({row["lot"] for row in found})
            much = ", ".join(f"{text(quantity)} {unit}" for unit, quantity in units.items())
            told = f"{lots} ({much})" if much else str(lots)
            groups.append(Group(risk, (Bar(float(lots), told, tones.get(risk, "ok")),)))
        drawn = chart(self.wording.part("chart-exposure"), groups)
        if not rows:
            return self.wording.say("exposure-none").eye, drawn
        expired = len({row["lot"] for row in rows if row["days_left"] < 0})
        soon = [row for row in rows if row["days_left"] >= 0]
        said = self.wording.say("exposure", expired=expired, soon=len({row["lot"] for row in soon}))
        if soon:
            first = soon[0]
            said += self.wording.say(
                "exposure-first",
                what=f"{names.product(self.catalog, first['product'])} {first['lot']}",
                quantity=f"{first['quantity']} {first['unit']}",
                place=self.wording.words.standing(self.catalog, first["location"]),
                day=date.fromisoformat(first["expires"]),
            )
        return said.eye, drawn


REPORTS: Final[Mapping[str, Callable[[Reporting, Sequence[Row]], tuple[str, Chart]]]] = {
    "yields": Reporting.yields,
    "shrink": Reporting.shrink,
    "suppliers": Reporting.suppliers,
    "accuracy": Reporting.accuracy,
    "exposure": Reporting.exposure,
}


def _percent(part: int, whole: int) -> float:
    return round(part * 100 / whole, 2) if whole else 0.0


def _tone(percent: float, near: float, past: float) -> Tone:
    return "past" if percent > past else "near" if percent > near else "ok"
