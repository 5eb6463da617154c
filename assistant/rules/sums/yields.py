"""What a recipe expects: how much of an input an output takes, and within which bounds, exact in whole base units.

Yield of an input = expected yield x expected use / actual use, where expected use = recipe quantity x output / the
recipe's output quantity. It is a variance when it is off by more than the tolerance, in percent points.
"""

import math
from collections.abc import Mapping
from fractions import Fraction

from assistant.rules.sums.netting import net_of
from store.model import OrderState, RecipeLine, Situation, Transaction


def expected_use(line: RecipeLine, output: int) -> Fraction:
    """What `output` should take of the recipe's input, losses included; 0 for a recipe that makes nothing."""
    return Fraction(line.quantity * output, line.output_quantity) if line.output_quantity else Fraction(0)


def least_use(line: RecipeLine, output: int) -> int | None:
    """The least use whose yield is not above what is expected plus the tolerance."""
    if line.expected_yield <= 0:
        return None
    return math.ceil(expected_use(line, output) * Fraction(line.expected_yield, line.expected_yield + line.tolerance))


def most_use(line: RecipeLine, output: int) -> int | None:
    """The largest use whose yield is not below what is expected less the tolerance; None where any is allowed."""
    if line.expected_yield <= line.tolerance:
        return None
    return int(expected_use(line, output) * Fraction(line.expected_yield, line.expected_yield - line.tolerance))


def most_planned(line: RecipeLine, planned: int) -> int:
    """The plan's gross use of an input and its tolerance: more than this is over-consumption while running."""
    return int(expected_use(line, planned) * Fraction(WHOLE + line.tolerance, WHOLE))


WHOLE = 10_000
"""A hundred percent, in the recipe's 1/100 of a percent point."""


def yield_of(line: RecipeLine, output: int, used: int) -> Fraction | None:
    """The yield of an input in percent; None where none was used."""
    return Fraction(line.expected_yield, 100) * expected_use(line, output) / used if used > 0 else None


def can_yield(recipe: tuple[RecipeLine, ...], used: Mapping[str, int]) -> int | None:
    """The most that the recorded inputs can yield: no input's yield above what is expected plus its tolerance.

    Inputs of the recipe that are not recorded at all do not limit; None where nothing limits.
    """
    limits = [
        Fraction(used[line.input] * line.output_quantity, line.quantity)
        * Fraction(line.expected_yield + line.tolerance, line.expected_yield)
        for line in recipe
        if used.get(line.input, 0) > 0 and line.quantity > 0 and line.expected_yield > 0
    ]
    return int(min(limits)) if limits else None


def used_by(state: OrderState) -> dict[str, int]:
    """What went into an order by product, returns taken off."""
    used: dict[str, int] = {}
    for lot, quantity in state.inputs.items():
        if quantity > 0 and (product := state.products.get(lot)):
            used[product] = used.get(product, 0) + quantity
    return used


def made_by(state: OrderState) -> int:
    """What an order has made of its product."""
    wanted = state.order.product
    return sum(q for lot, q in state.outputs.items() if state.products.get(lot, wanted) == wanted)


def about_to_make(transaction: Transaction, situation: Situation, state: OrderState) -> int:
    """What a transaction adds to what an order has made of its product."""
    wanted = state.order.product
    new = {n.code: n.product for n in transaction.new_lots}
    made = 0
    for lot in transaction.lots:
        before = situation.lots.get(lot)
        if (before.lot.product if before else new.get(lot)) == wanted:
            made += max(0, -net_of(transaction, lot).get(state.order.number, 0))
    return made
