"""Every sentence said to people comes from `wording/<language>.yaml`; here they are filled in, for eye and ear."""

import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from assistant.wording import names

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in its two forms; sentences add up with `+`."""

    eye: str
    ear: str

    def __add__(self, other: "Said") -> "Said":
        """One after the other."""
        return Said(f"{self.eye} {other.eye}".strip(), f"{self.ear} {other.ear}".strip())


SILENT = Said("", "")


class _Filler(string.Formatter):
    """Fills templates; a missing value is our fault and raises KeyError."""

    def __init__(self, spoken: names.Words, today: date | None) -> None:
        self.spoken = spoken
        self.today = today

    def format_field(self, value: Any, format_spec: str) -> Any:  # noqa: ANN401 - string.Formatter's own signature
        if isinstance(value, datetime):
            return self.spoken.moment(value, self.today)
        if isinstance(value, date):
            return self.spoken.day(value, self.today)
        return super().format_field(value, format_spec)


class Wording:
    """The sentences of one language."""

    def __init__(self, source: Mapping[str, Any], today: date | None = None) -> None:
        self._source = source
        self._today = today
        self.words = names.Words(source["units"], tuple(source["months"]), source["kinds"])
        self._sentences: Mapping[str, Any] = source["sentences"]
        self._parts: Mapping[str, str] = source["parts"]
        self._filler = _Filler(self.words, today)
        self._put_off = frozenset(source.get("put_off", ()))
        self._joints: Mapping[str, str] = source["joints"]
        self.calls: Mapping[str, Mapping[str, str]] = source["calls"]

    def puts_off(self, text: str) -> bool:
        """Whether words only ask for patience, and so are no note: `wait`, `not now`."""
        return " ".join(text.casefold().strip(" .,!…").split()) in self._put_off

    def on(self, today: date) -> "Wording":
        """The same wording on a day, from which nearer days need no year."""
        return Wording(self._source, today)

    def say(self, key: str, **values: Any) -> Said:  # noqa: ANN401 - whatever the template names
        """The sentence `key`, filled in. A template is one text, or one for `eye` and one for `ear`."""
        said = self.phrase(key, **values)
        return Said(names.capital(said.eye), names.capital(said.ear))

    def phrase(self, key: str, **values: Any) -> Said:  # noqa: ANN401 - whatever the template names
        """The sentence `key` as it stands behind a colon."""
        template = self._sentences[key]
        eye, ear = (template, template) if isinstance(template, str) else (template["eye"], template["ear"])
        return Said(self._fill(eye, values), names.for_ear(self._fill(ear, values)))

    def asking(self, understood: Said, question: Said) -> Said:
        """A question behind what was understood: `Used 3 cases of romaine: which lot?`"""
        eye = self.say("asking", understood=understood.eye, question=question.eye).eye
        return Said(eye, self.say("asking", understood=understood.ear, question=question.ear).ear)

    @property
    def today(self) -> date | None:
        """The day from which nearer days need no year."""
        return self._today

    def part(self, key: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template names
        """Something that stands inside a sentence."""
        return self._fill(self._parts[key], values)

    def plain(self, sentence: str) -> Said:
        """A sentence that was composed elsewhere (a rule's), for both; its ISO days become words."""
        eye = names.ISO_DAY.sub(lambda m: self.words.day(date.fromisoformat(m[0]), self._today), sentence)
        return Said(names.capital(eye), names.capital(names.for_ear(eye)))

    def blocked(self, say: str, allowed: str) -> Said:
        """A rule's refusal: what is wrong, that nothing posted, and, for the eye, what is still allowed."""
        whole = self.plain(say) + self.say("nothing-posted")
        return Said(f"{whole.eye} {allowed}".strip(), whole.ear)

    def call(self, kind: str, code: str) -> str:
        """What a slot, an intent or a status is called: `call("slot", "work_order")` -> `work order`."""
        return self.calls[kind].get(code, code)

    def listed(self, things: Sequence[str], joint: str = "and") -> str:
        """`a, b and c`, or with `or`."""
        if len(things) <= 1:
            return "".join(things)
        return f"{', '.join(things[:-1])} {self._joints[joint]} {things[-1]}"

    def few(self, things: Sequence[T], most: int, show: Callable[[T], str] = str) -> list[str]:
        """The first `most` things as `show` says them, and how many more there are: no part looks whole."""
        if len(things) <= most + 1:
            return [show(thing) for thing in things]
        return [*(show(thing) for thing in things[:most]), self.part("and-more", count=len(things) - most)]

    def _fill(self, template: str, values: Mapping[str, Any]) -> str:
        return " ".join(self._filler.vformat(template, (), values).split())


@cache
def load(language: str = "en") -> Wording:
    """The wording of a language; the files stand beside each other in `assistant/wording/`."""
    source = files("assistant").joinpath(f"wording/{language}.yaml").read_text(encoding="utf-8")
    return Wording(yaml.safe_load(source))
