"""The one door to durable_rules: matches flat facts against conditions and answers with the names that hold.

The engine opens a gate in silence or kills the process when used as documented, so it is used in one shape only:
a flat fact with every named property present, one live state in the whole process, no background threads, actions
that only note a name, and any doubt refuses (RuleBroken). Nothing is kept in it between two facts.
"""

import itertools
import json
import logging
import os
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from typing import Any, Final

from assistant.rules.engine import syntax
from assistant.rules.finding import RuleBroken

try:
    from durable import engine as durable
except ImportError as fault:
    raise ImportError(
        "durable_rules does not import here; on Python 3.13 and later reinstall it with "
        f"CPPFLAGS='-DPyEval_CallObject=PyObject_CallObject' ({fault})."
    ) from fault

log = logging.getLogger(__name__)

MOST_COMPARISONS: Final = 60
"""The engine's match stack holds 64 entries; the rest is for its own conditions."""

LONGEST_TEXT: Final = 512
"""Texts are cut here; the engine cuts their lengths to 16 bits and then takes different texts for equal."""

_RULES: Final = "rules"
_FACT: Final = "fact"
_WARM: Final = "warm"

_lock = threading.Lock()
"""One live state at a time in the process, whatever rule set it belongs to."""

_numbers = itertools.count(1)

# A forked child must not inherit the lock in the hands of a thread that it does not have.
os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)

# The library takes differences of this clock only. Its own is deprecated (an error under -W error), and a set wall
# clock would make it leave actions unfinished.
durable._unix_now = time.monotonic  # noqa: SLF001


class _Host(durable.Host):  # type: ignore[misc]
    """A host without the dispatcher and timer threads, which race with the caller for actions."""

    def _run(self) -> None:
        """Starts nothing."""


class _Shard:
    """Rules that fit into one engine, and the list that their actions write to."""

    def __init__(self, rules: Mapping[str, Mapping[str, Any]]) -> None:
        self.fired: list[str] = []
        definition = {
            f"r{n}": {"all": [{"m": {"$and": [{"kind_": _FACT}, condition]}}], "run": _note(self.fired, name)}
            for n, (name, condition) in enumerate(rules.items())
        }
        definition["warm_"] = {"all": [{"m": {"kind_": _WARM}}], "run": _note(self.fired, _WARM)}
        copied = {
            name: {"all": json.loads(json.dumps(rule["all"])), "run": rule["run"]} for name, rule in definition.items()
        }
        self.host = _Host({_RULES: copied})
        handle = self.host.get_ruleset(_RULES)._handle  # noqa: SLF001
        self.free = weakref.finalize(self, durable.durable_rules_engine.delete_ruleset, handle)
        self.free.atexit = False
        # Proves that rules fire, and fills the first state slot, whose pointers a delete would otherwise free unset.
        if self.judge({"kind_": _WARM}) != [_WARM]:
            raise RuleBroken("the rule engine failed its self-test")

    def judge(self, fact: dict[str, Any]) -> list[str]:
        """The names that hold. Call with the lock held."""
        self.fired.clear()
        sid = f"s{next(_numbers)}"
        fact["sid"] = sid
        try:
            self._match(fact)
        except BaseException:
            self._abandon(sid)
            raise
        # Also when no rule held: the state was made all the same.
        self.host.delete_state(_RULES, sid)
        return list(self.fired)

    def _match(self, fact: dict[str, Any]) -> None:
        try:
            state = self.host.assert_fact(_RULES, fact)
        except durable.MessageNotHandledException:
            if self.fired:
                raise RuleBroken("the rule engine denies what it fired") from None
            return
        # The library swallows what an action raises, and answers 0 or None for an action left unfinished.
        if not isinstance(state, dict) or "exception" in state or not self.fired:
            raise RuleBroken(f"the rule engine left an action unfinished: {str(state)[:200]}")

    def _abandon(self, sid: str) -> None:
        """Takes back what a failure left; memory in an unknown state is not given back, since freeing it may crash."""
        try:
            self.host.delete_state(_RULES, sid)
        except Exception as fault:  # noqa: BLE001 - the failure that led here is the one to tell
            log.warning("The rule engine could not be cleared after a failure: %s", fault)
            self.free.detach()


class RuleSet:
    """Conditions by name. `judge` may be called from any thread; a set may be built before a fork.

    `properties` gives the type of every property of the facts. Raises ValueError for a condition that the engine
    cannot be trusted with, RuleBroken where the engine cannot be built.
    """

    def __init__(
        self, rules: Mapping[str, Mapping[str, Any]], properties: Mapping[str, syntax.type_of_property]
    ) -> None:
        for name, condition in rules.items():
            for fault in syntax.faults(condition, properties):
                raise ValueError(f"{name}: {fault}")
            if syntax.comparisons(condition) > MOST_COMPARISONS:
                raise ValueError(f"{name}: more than {MOST_COMPARISONS} comparisons")
        self._rules = dict(rules)
        self._closed = False
        self._types = {
            name: properties[name] for name in sorted(frozenset().union(*(syntax.named(c) for c in rules.values())))
        }
        self._shards: list[_Shard] = []
        with _lock:
            self._build()

    def _build(self) -> None:
        part: dict[str, Mapping[str, Any]] = {}
        held = 0
        shards: list[_Shard] = []
        try:
            for name, condition in self._rules.items():
                count = syntax.comparisons(condition)
                if held + count > MOST_COMPARISONS:
                    shards.append(_Shard(part))
                    part, held = {}, 0
                part[name] = condition
                held += count
            if part:
                shards.append(_Shard(part))
        except RuleBroken:
            raise
        except Exception as fault:
            raise RuleBroken(f"the rule engine cannot be built: {fault}") from fault
        self._shards = shards

    @property
    def named(self) -> list[str]:
        """The properties that the rules name."""
        return [*self._types]

    def judge(self, fact: Mapping[str, int | str | bool | None]) -> tuple[str, ...]:
        """The names of the rules that hold for the fact, in the order they were given.

        Every property that a rule names must be a key of the fact, None where unknown. Raises RuleBroken for a missing
        property, a value of another type or size, and anything that the engine does not answer cleanly.
        """
        clean = self._clean(fact)
        fired: set[str] = set()
        with _lock:
            if self._closed:
                raise RuleBroken("the rule book was closed")
            if not self._shards and self._rules:
                self._build()
            try:
                for shard in self._shards:
                    fired.update(shard.judge(dict(clean)))
            except BaseException as fault:
                # Nothing is judged in an engine that failed once: the next fact gets a new one.
                self._shards = []
                if isinstance(fault, RuleBroken) or not isinstance(fault, Exception):
                    raise
                raise RuleBroken(f"the rule engine failed: {type(fault).__name__} {fault}") from fault
        if not fired <= self._rules.keys():
            raise RuleBroken("the rule engine fired a rule that this fact cannot meet")
        return tuple(name for name in self._rules if name in fired)

    def _clean(self, fact: Mapping[str, int | str | bool | None]) -> dict[str, Any]:
        """The properties that the rules name, as the engine reads them correctly.

        A missing property on the right of a comparison would read the engine's stale stack and let the rule pass.
        """
        clean: dict[str, Any] = {"kind_": _FACT}
        for name, wanted in self._types.items():
            try:
                value = fact[name]
            except KeyError:
                raise RuleBroken(f"the fact lacks {name}") from None
            if value is None:
                clean[name] = None
            elif wanted is int and isinstance(value, int):
                if abs(value) >= syntax.LARGEST_INTEGER:
                    raise RuleBroken(f"{name} is too large to judge")
                clean[name] = int(value)
            elif wanted is str and isinstance(value, str):
                clean[name] = value[:LONGEST_TEXT].encode("utf-8", "replace").decode()
            else:
                raise RuleBroken(f"{name} is a {type(value).__name__}, the rules compare it as {wanted.__name__}")
        return clean

    def close(self) -> None:
        """Gives the engine's memory back; judging afterwards raises RuleBroken."""
        with _lock:
            self._closed = True
            for shard in self._shards:
                shard.free()
            self._shards = []


def _note(fired: list[str], name: str) -> Callable[[object], None]:
    """An action that only notes its rule's name: it can neither fail nor leave anything in the engine's state."""

    def note(_closure: object) -> None:
        fired.append(name)

    return note
