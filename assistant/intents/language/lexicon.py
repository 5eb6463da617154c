"""The language, read from `lexicon/*.yaml` once: its words by what they do, as a trie to walk along the text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from assistant.intents.language.atoms import atoms, plural, singular

Trie = dict[Any, Any]
Entry = tuple[str, str, float]
"""What a phrase is: its kind, its value, and how much less likely than its rivals."""


def insert(trie: Trie, words: Iterable[str], kind: str, value: str, cost: float) -> None:
    """Adds a phrase to a trie; the same meaning twice keeps the cheaper one."""
    node = trie
    for word in words:
        node = node.setdefault(word, {})
    entries: list[Entry] = node.setdefault(None, [])
    for at, (known, same, price) in enumerate(entries):
        if (known, same) == (kind, value):
            entries[at] = (kind, value, min(price, cost))
            return
    entries.append((kind, value, cost))


def expanded(pattern: str) -> Iterator[str]:
    """All phrases that a pattern stands for: `tak(e|ing) [all] off` → `take off`, `take all off`, `taking off`…"""
    match = re.search(r"\(([^()]*)\)|\[([^\[\]]*)\]", pattern)
    if not match:
        yield " ".join(pattern.split())
        return
    inner = match.group(1) if match.group(1) is not None else match.group(2)
    options = inner.split("|") + ([""] if match.group(2) is not None else [])
    for option in options:
        yield from expanded(pattern[: match.start()] + option + pattern[match.end() :])


@dataclass(frozen=True, slots=True)
class Verb:
    """A word that names an intent, perhaps depending on what else is said."""

    name: str
    when: tuple[tuple[tuple[str, ...], str], ...]
    reason: str | None
    weak: bool
    forms: tuple[str, ...]


class Lexicon:
    """One language."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw: Final = raw
        numbers = raw["numbers"]
        self.ones: Final = {word: int(value) for word, value in numbers["ones"].items()}
        self.teens: Final = {word: int(value) for word, value in numbers["teens"].items()}
        self.tens: Final = {word: int(value) for word, value in numbers["tens"].items()}
        self.homophones: Final = {word: int(value) for word, value in numbers["homophones"].items()}
        self.fractions: Final[dict[str, str]] = numbers["fractions"]
        self.dozens: Final = {word: int(value) for word, value in (numbers["dozen"] | numbers["couple"]).items()}
        self.doubles: Final = {word: int(value) for word, value in numbers["double"].items()}
        self.ordinals: Final = {word: int(value) for word, value in numbers["ordinals"].items()}
        self.number_words: Final = raw["numbers"]
        self.nato: Final[dict[str, str]] = raw["letters"]["nato"]
        self.letter_names: Final[dict[str, str]] = raw["letters"]["names"]
        self.code_marks: Final[dict[str, str]] = raw["letters"]["marks"]
        self.unit_of: Final = {form: unit for unit, forms in raw["units"].items() for form in forms}
        self.pack_of: Final = {form: unit for unit in raw["packs"] for form in (unit, plural(unit))}
        self.unit_adjectives: Final = frozenset(raw["unit_adjectives"])
        self.place_stops: Final = frozenset(raw["place_stops"])
        self.place_words: Final[dict[str, str]] = raw["place_words"]
        self.verbs: Final = {name: _verb(name, entry) for name, entry in raw["verbs"].items()}
        self.references: Final[dict[str, list[str]]] = raw["references"]
        self.dates: Final = raw["dates"]
        self.reasons: Final = raw["reasons"]
        self.to_cues: Final = frozenset(raw["to_cues"])
        self.from_cues: Final = frozenset(raw["from_cues"])
        self.at_cues: Final = frozenset(raw["at_cues"])
        self.order_into: Final = frozenset(raw["order_into"])
        self.trie: Final[Trie] = {}
        self.talk: Final[dict[tuple[str, ...], str]] = {
            tuple(phrase.split()): intent
            for intent, patterns in raw["talk"].items()
            for pattern in patterns
            for phrase in expanded(pattern)
        }
        self._fill()
        self.words: Final = frozenset(_words(self.trie)) | self.ones.keys() | self.teens.keys() | self.tens.keys()

    def _put(self, phrases: Iterable[str], kind: str, value: str | None = None, cost: float = 0.0) -> None:
        for pattern in phrases:
            for phrase in expanded(pattern):
                words = tuple(atom.text for atom in atoms(phrase) if atom.kind != "p" or atom.text in "#+&@=")
                if words:
                    insert(self.trie, words, kind, value or phrase, cost)

    def _fill(self) -> None:
        raw = self.raw
        for name, verb in self.verbs.items():
            self._put(verb.forms, "verb", name, 0.3 if verb.weak else 0.0)
        self._put(raw["cues"], "cue")
        for slot, phrases in raw["slot_cues"].items():
            self._put(phrases, "tag", slot)
        self._put(raw["orders"], "ordertag", "order")
        for kind, phrases in raw["references"].items():
            self._put(phrases, "reftag", kind)
        for unit, phrases in raw["units"].items():
            self._put(phrases, "unit", unit)
        for form, unit in self.pack_of.items():
            self._put((form,), "unit", unit)
        self._put(raw["all"], "all", "all")
        self._put(raw["all_of"], "all", "all", 0.15)
        self._put(raw["fillers"], "filler")
        self._put(raw["pronouns"], "pronoun")
        self._put(raw["joints"], "joint")
        self._put(raw["corrections"], "fix")
        self._put(raw["lacking"], "lack")
        self._put(raw["again"], "again")
        for gate in ("negation", "future", "conditional", "hearsay", "orders_to_others", "questions"):
            self._put(raw[gate], "gate", gate)
        for intent, phrases in raw["asks"].items():
            self._put(phrases, "ask", intent)
        self._put(raw["new_quantity"], "new", "new")
        for direction in ("backward", "forward", "both"):
            self._put(raw[f"trace_{direction}"], "direction", direction)

    def digit_of(self, word: str) -> str:
        """A number word as digits, any other word as it is: `two` → `2`."""
        for table in (self.ones, self.teens, self.tens):
            if word in table and word != "oh":
                return str(table[word])
        return word

    def reason_synonyms(self, names: set[str], kind: str) -> set[str]:
        """What else a plant's reason may be called, from the groups that share one of its names."""
        found: set[str] = set()
        tokens = {singular(word) for name in names for word in name.split()}
        for group in self.reasons.values():
            words = set(group["words"])
            anchor = words & names or {word for word in words if len(word) > 4 and singular(word) in tokens}  # noqa: PLR2004
            if group["kind"] == kind and anchor:
                found |= words
        return found


def _words(trie: Trie) -> Iterator[str]:
    for word, node in trie.items():
        if word is not None:
            yield word
            yield from _words(node)


def _verb(name: str, entry: Mapping[str, Any]) -> Verb:
    when = tuple((tuple(filter(None, condition.split(","))), intent) for condition, intent in entry["when"])
    return Verb(name, when, entry.get("reason"), bool(entry.get("weak")), tuple(entry["forms"]))


@cache
def load(language: str = "en") -> Lexicon:
    """The lexicon of a language, from its file beside this module."""
    text = files("assistant.intents").joinpath("lexicon", f"{language}.yaml").read_text(encoding="utf-8")
    return Lexicon(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - BaseLoader makes strings only


LEXICON: Final = load()
