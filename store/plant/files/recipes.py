"""The rows of recipes.csv as what an order may use, and quantities as the plant's units have them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from store.model import Product, RecipeLine
from store.plant.files import cells
from store.plant.files.masterdata import Named
from store.plant.files.sheets import Columns, Faults, Row, Sheet, rows
from store.units import NotWhole, TooMuch, UnknownUnit, text, to_base

RECIPES: Final = Columns(
    "recipes",
    ("product", "output_quantity", "output_unit"),
    ("input", "quantity", "unit", "expected_yield_percent", "yield_tolerance_percent"),
)
FULL_YIELD: Final = 10_000
"""100 percent: a recipe that names no yield expects to lose nothing beyond its gross quantities."""

YIELD_TOLERANCE: Final = 200
"""2 percent points, like the plant's count tolerance, where a recipe names none."""


def base_quantity(row: Row, column: str, amount: Decimal, unit: str, product: Product) -> int | None:
    """A row's quantity in 1/10,000 of the product's base unit; a fault at `column` where it cannot be told so."""
    found = to_base(amount, unit, product.base_unit, product.packs)
    match found:
        case UnknownUnit(known=known):
            unit_column = column.replace("quantity", "unit").replace("planned_", "")
            row.wrong(unit_column, f"unit {unit} is none that {product.sku} has ({', '.join(known)})")
        case NotWhole(base=base):
            would_be = text(Decimal(base.numerator) / base.denominator)
            row.wrong(
                column, f"{column} {text(amount)} {unit} of {product.sku} is {would_be:.12} ea, not a whole number"
            )
        case TooMuch():
            row.wrong(column, f"{column} {text(amount)} {unit} is more than the books can hold")
        case int():
            return found
    return None


def read_recipes(
    sheet: Sheet, products: Mapping[str, Product], named: Named, faults: Faults
) -> dict[str, list[RecipeLine]]:
    """recipes.csv by product; every input once."""
    found: dict[str, list[RecipeLine]] = {}
    for row in rows(sheet, faults):
        line = _recipe_line(row, products, named)
        if line is None:
            continue
        lines = found.setdefault(line.product, [])
        if any(other.input == line.input for other in lines):
            row.wrong("input", f"input {line.input} is already in the recipe of {line.product}")
        lines.append(line)
    return found


def _recipe_line(row: Row, products: Mapping[str, Product], named: Named) -> RecipeLine | None:
    made = products.get(named.need(row, "product") or "")
    output, output_unit = row.need("output_quantity", cells.positive), row.need("output_unit", cells.unit)
    used = products.get((named.need(row, "input") if row.has("input") else None) or "")
    amount = row.need("quantity", cells.positive) if row.has("quantity") else None
    unit = row.read("unit", cells.unit)
    expected, tolerance = (
        row.read("expected_yield_percent", cells.percent),
        row.read("yield_tolerance_percent", cells.percent),
    )
    if expected == 0:
        row.wrong("expected_yield_percent", "expected_yield_percent must be more than 0")
    if made is None or output is None or output_unit is None:
        return None
    base = base_quantity(row, "output_quantity", output, output_unit, made)
    if used is None or amount is None:
        return None
    if used.sku == made.sku:
        row.wrong("input", f"input {used.sku} is the product itself")
    quantity = base_quantity(row, "quantity", amount, unit or used.base_unit, used)
    if base is None or quantity is None:
        return None
    return RecipeLine(
        made.sku,
        base,
        used.sku,
        quantity,
        FULL_YIELD if expected is None else expected,
        YIELD_TOLERANCE if tolerance is None else tolerance,
    )
