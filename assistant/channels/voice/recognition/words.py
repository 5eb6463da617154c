"""The headset's own words, as data: wake and sleep, yes and no, digits, spoken letters, and what it says itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Self

import yaml

CHECK_LENGTHS: Final = range(2, 6)
"""Check digits of a place have two to five digits."""


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """One language's words; the file `words/<language>.yaml` says what each is for."""

    wake: tuple[str, ...]
    sleep: tuple[str, ...]
    again: tuple[str, ...]
    slower: tuple[str, ...]
    faster: tuple[str, ...]
    stop: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    change: tuple[str, ...]
    help: tuple[str, ...]
    fill: tuple[str, ...]
    digits: tuple[str, ...]
    teens: tuple[str, ...]
    tens: tuple[str, ...]
    hundred: str
    half: str
    point: str
    letters: Mapping[str, str]
    dash: str
    units: tuple[str, ...]
    ordinals: tuple[str, ...]
    choose: tuple[str, ...]
    sounds_like: Mapping[str, tuple[str, ...]]
    says: Mapping[str, Any]

    @classmethod
    def load(cls, language: str = "en", wake: str | None = None, sleep: str | None = None) -> Self:
        """The words of a language; a plant may have its own wake and sleep words."""
        source = files("assistant.channels.voice").joinpath(f"words/{language}.yaml")
        raw = yaml.safe_load(source.read_text(encoding="utf-8"))
        raw["sounds_like"] = {word: tuple(said) for word, said in raw["sounds_like"].items()}
        whole: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
        whole |= {key: (own.lower(),) for key, own in (("wake", wake), ("sleep", sleep)) if own}
        return cls(**whole)

    @property
    def controls(self) -> tuple[str, ...]:
        """What is understood at any time."""
        return (*self.again, *self.slower, *self.faster, *self.stop, *self.sleep, *self.help, *self.no)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Zero to ninety-nine."""
        ones = tuple(d for d in self.digits[2:])
        small = ("zero", *ones, *self.teens) if "zero" in self.digits else (self.digits[0], *ones, *self.teens)
        return (*small, *self.tens, *(f"{ten} {one}" for ten in self.tens for one in ones))

    def spell(self, code: str) -> str:
        """A code sign by sign, as the recogniser writes it: `RM-1107` -> `romeo mike dash one one zero seven`."""
        digits = (self.digits[0], *self.digits[2:])
        signs = {**self.letters, **{str(n): word for n, word in enumerate(digits)}, "-": self.dash}
        return " ".join(signs[sign] for sign in code.lower() if sign in signs)

    def is_answer(
        self, asking: str, text: str, *, anything: bool = False, lengths: Collection[int] = CHECK_LENGTHS
    ) -> bool:
        """Whether a text is as a whole an answer to a question that has a grammar of its own; phrases recombine.

        Check digits have one of the `lengths`: one that was lost or added is no wrong answer but none.
        With `anything` more than that grammar was listened for: then a quantity may also be said in other ways.
        """
        said = text.split()
        if text in self.no or text in self.help:
            return True
        if asking == "confirm":
            return text in self.yes or any(text.startswith(f"{start} ") for start in self.change)
        if asking == "check":
            return all(word in self.digits for word in said) and len(said) in lengths
        if asking in {"quantity", "new_quantity"} and not anything:
            known = {*self.digits, *self.teens, *self.tens, *self.units, *self.fill}
            return all(word in known for word in said)
        return True

    def choices(self, count: int) -> Mapping[str, int]:
        """What picks one of so many options: `the second one` -> 1."""
        found: dict[str, int] = {}
        for index, ordinal in enumerate(self.ordinals[:count]):
            number = self.digits[2:][index]
            for form in self.choose:
                found.setdefault(form.format(ordinal=ordinal, number=number), index)
        return found
