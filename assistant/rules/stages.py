"""Which conditions and which facts belong to which stage; one name means one rule in the whole book."""

from collections.abc import Mapping
from typing import Any, Final

from assistant.rules.facts import Line
from assistant.rules.gate import GATE
from assistant.rules.rule import Check, Stage

FACTS: Final[Mapping[Stage, type[Any]]] = {Stage.GATE: Line}

BUILT_IN: Final[Mapping[str, tuple[Stage, Check]]] = {name: (Stage.GATE, check) for name, check in GATE.items()}
