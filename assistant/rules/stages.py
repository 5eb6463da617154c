"""Which conditions, facts and sentence values belong to which stage; one name means one rule in the whole book."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from assistant.rules.facts import Line, LotFact, OrderFact, Outcome, PersonFact, PlaceFact, SupplierFact
from assistant.rules.gate import sentences
from assistant.rules.gate.conditions import GATE
from assistant.rules.rule import Check, Stage
from assistant.rules.sweep import sentences as noticing
from assistant.rules.sweep.conditions import SWEEP
from assistant.rules.watch import sentences as aftermath
from assistant.rules.watch.conditions import WATCH

FACTS: Final[Mapping[Stage, type[Any]]] = {
    Stage.GATE: Line,
    Stage.WATCH: Outcome,
    Stage.LOT: LotFact,
    Stage.PLACE: PlaceFact,
    Stage.ORDER: OrderFact,
    Stage.SUPPLIER: SupplierFact,
    Stage.PERSON: PersonFact,
}

BUILT_IN: Final[Mapping[str, tuple[Stage, Check]]] = {
    name: (stage, check)
    for stage, checks in ((Stage.GATE, GATE), (Stage.WATCH, WATCH), *SWEEP.items())
    for name, check in checks.items()
}

VALUES: Final[Mapping[Stage, Collection[str]]] = {
    Stage.GATE: sentences.VALUES,
    Stage.WATCH: aftermath.VALUES,
    **noticing.VALUES,
}
"""What the sentences of a stage's rules may name in braces."""
