"""Numbers as they are typed and spoken, at every place of the utterance where one may begin.

`1,200` → 1200 · `6 1/2` → 6.5 · `one forty one` → 141 · `a hundred and forty` → 140 · `triple one four` → 1114
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.intents.language.atoms import Atom
from assistant.intents.language.lexicon import LEXICON

LONGEST: Final = 12
"""Words in a number or digits in a run, at most."""
_SIGNS: Final = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal("0.333"),
    "⅔": Decimal("0.667"),
}
_AND: Final = frozenset(LEXICON.number_words["and"])
_POINT: Final = frozenset(LEXICON.number_words["point"])
_HUNDRED: Final = frozenset(LEXICON.number_words["hundred"])
_THOUSAND: Final = frozenset(LEXICON.number_words["thousand"])
SCALES: Final = _HUNDRED | _THOUSAND
_SHARES: Final = frozenset({"%", "percent", "pct"})
_NEVER_CUES: Final = frozenset({"won", "ate"})
_FRACTION_TAILS: Final = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal("0.333")}


@dataclass(frozen=True, slots=True)
class Number:
    """A number that ends before atom `end`; `digits` is how it reads as a code (None: it cannot be one)."""

    end: int
    value: Decimal
    digits: str | None
    cost: float = 0.0


def numbers_at(words: tuple[Atom, ...], at: int) -> list[Number]:
    """Every number that begins at this atom, the shorter first."""
    atom = words[at]
    if atom.kind == "n":
        return _typed(words, at)
    if atom.raw in _SIGNS:
        return [Number(at + 1, _SIGNS[atom.raw], None)]
    pointed = _pointed(words, at)
    if pointed or atom.kind != "w":
        return pointed
    found = [*_runs(words, at), *_cardinals(words, at), *_fractions(words, at)]
    return found + [tailed for number in found if (tailed := with_fraction(words, number))]


def _pointed(words: tuple[Atom, ...], at: int) -> list[Number]:
    """A fraction that begins with its point: `.5`, `point five`."""
    if words[at].text in _POINT:
        found = with_fraction(words, Number(at, Decimal(0), None))
        return [found] if found else []
    follower = words[at + 1] if words[at].text == "." and at + 1 < len(words) else None
    if follower and follower.kind == "n" and follower.glued and not words[at].glued:
        return [Number(at + 2, Decimal(f"0.{follower.text}"), None)]
    return []


def _typed(words: tuple[Atom, ...], at: int) -> list[Number]:
    text = words[at].text
    end = at + 1
    grouped = len(text) <= 3 and not text.startswith("0")  # noqa: PLR2004 - `0,125` is an eighth
    while grouped and _glued(words, end, ",") and len(words[end + 1].text) == 3 and len(text) <= 9:  # noqa: PLR2004
        text += words[end + 1].text
        end += 2
    digits: str | None = text
    if _glued(words, end, "."):
        text, digits = f"{text}.{words[end + 1].text}", None
        end += 2
    decimal = _decimal(words, at, end, grouped=grouped) if digits == words[at].text else None
    if decimal:
        return [decimal]
    if len(text) > LONGEST:
        return []
    if end < len(words) and words[end].text in _SHARES:
        return []
    value = Decimal(text)
    found = [Number(end, value, digits)]
    if digits and _glued(words, end, "/") and words[end + 1].text != "0" * len(words[end + 1].text):
        below = Decimal(words[end + 1].text)
        if value < below <= 8:  # noqa: PLR2004 - eighths are the smallest fractions in use
            return [Number(end + 2, (value / below).quantize(Decimal("0.001")), None, 0.1)]
    thousands = end < len(words) and words[end].text == "k" and words[end].glued
    if thousands and not (end + 1 < len(words) and words[end + 1].glued):
        return [Number(end + 1, value * 1000, None)]  # `2.4k tubs`
    return found + (_enlarged(words, found[0]) if digits and end < len(words) else [])


def _decimal(words: tuple[Atom, ...], at: int, end: int, *, grouped: bool) -> Number | None:
    """A number with a decimal comma: `1,5 cs`, `0,125`; in `C1-01,13 cs` the comma parts columns."""
    if words[at].glued or not _glued(words, end, ","):
        return None
    counted = end + 2 < len(words) and words[end + 2].text in LEXICON.unit_of
    if grouped and not counted:
        return None
    return Number(end + 2, Decimal(f"{words[at].text}.{words[end + 1].text}"), None, 0.8 if grouped else 0.0)


def _enlarged(words: tuple[Atom, ...], number: Number) -> list[Number]:
    """A typed number and what follows it: `6 1/2`, `6½`, `2 dozen`, `1 thousand`, `6 and a half`."""
    found: list[Number] = []
    end, value = number.end, number.value
    if end < len(words):
        follower = words[end]
        if follower.raw in _SIGNS:
            found.append(Number(end + 1, value + _SIGNS[follower.raw], None))
        elif (follower.kind == "n" and not follower.glued) or _glued(words, end, "-"):
            found += [
                Number(part.end, value + part.value, None)
                for part in _typed(words, end + (follower.kind == "p"))
                if part.digits is None and part.value < 1
            ]
        elif follower.text in _THOUSAND | _HUNDRED:
            factor = 1000 if follower.text in _THOUSAND else 100
            found.append(Number(end + 1, value * factor, None))
        elif follower.text in LEXICON.dozens and LEXICON.dozens[follower.text] == 12:  # noqa: PLR2004
            found.append(Number(end + 1, value * 12, None))
        elif follower.text in _AND:
            tailed = with_fraction(words, number)
            found += [tailed] if tailed else []
    return found


def _glued(words: tuple[Atom, ...], at: int, mark: str) -> bool:
    return (
        at + 1 < len(words)
        and words[at].text == mark
        and words[at].glued
        and words[at + 1].kind == "n"
        and words[at + 1].glued
    )


def piece(words: tuple[Atom, ...], at: int) -> tuple[int, str, float] | None:
    """One spoken piece of a digit run: `forty four` → 44, `oh` → 0, `double one` → 11; with its end and cost."""
    if at >= len(words):
        return None
    word = words[at].text
    if words[at].kind == "n":
        return at + 1, word, 0.0
    if word in LEXICON.tens:
        stop, value = _tens(words, at)
        return stop, str(value), 0.0
    for table, cost in ((LEXICON.teens, 0.0), (LEXICON.ones, 0.0), (LEXICON.homophones, 0.9)):
        if word in table:
            return at + 1, str(table[word]), cost
    after = piece(words, at + 1) if word in LEXICON.doubles else None
    if after and len(after[1]) == 1:
        return after[0], after[1] * LEXICON.doubles[word], after[2]
    return None


def _tens(words: tuple[Atom, ...], at: int) -> tuple[int, int]:
    """`twenty`, `twenty two`, `twenty-two`: its end and its value."""
    value, after = LEXICON.tens[words[at].text], at + 1
    if after + 1 < len(words) and words[after].text == "-" and words[after].glued and words[after + 1].glued:
        after += 1
    one = LEXICON.ones.get(words[after].text, 0) if after < len(words) else 0
    if not one and after < len(words) and words[after].text in LEXICON.homophones:
        follower = words[after + 1].text if after + 1 < len(words) else "#"
        if follower in LEXICON.unit_of or words[after].text in _NEVER_CUES:  # `twenty for pounds`, `thirty won`
            one = LEXICON.homophones[words[after].text]
    return (after + 1, value + one) if one else (at + 1, value)


def _runs(words: tuple[Atom, ...], at: int) -> list[Number]:
    found: list[Number] = []
    digits, cost, end, pieces = "", 0.0, at, 0
    while len(digits) < LONGEST and (step := piece(words, end)):
        if words[step[0] - 1].kind == "n" or (pieces == 1 and cost):
            break
        extra = 0.5 if step[2] and pieces and not _digit_follows(words, step[0]) else 0.0  # `one oh for`, at the end
        end, digits, cost, pieces = step[0], digits + step[1], cost + step[2] + extra, pieces + 1
        found.append(Number(end, Decimal(digits), digits, cost))
    return found


def _digit_follows(words: tuple[Atom, ...], at: int) -> bool:
    step = piece(words, at)
    return bool(step and not step[2])


def _below_hundred(words: tuple[Atom, ...], at: int) -> tuple[int, int] | None:
    if at >= len(words):
        return None
    word = words[at].text
    if word in LEXICON.tens:
        return _tens(words, at)
    for table in (LEXICON.teens, LEXICON.ones):
        if word in table:
            return at + 1, table[word]
    if word in LEXICON.homophones and at + 1 < len(words) and words[at + 1].text in _HUNDRED | _THOUSAND:
        return at + 1, LEXICON.homophones[word]
    return None


def _cardinals(words: tuple[Atom, ...], at: int) -> list[Number]:
    """Numbers with "hundred" or "thousand": `a hundred and forty`, `one thousand two hundred`, `twelve hundred`."""
    found: list[Number] = []
    total, end, scale = 0, at, 1_000_000
    while True:
        group = _group(words, end, first=end == at)
        if group is None:
            return found
        stop, value, scaled = group
        thousands = stop < len(words) and words[stop].text in _THOUSAND
        worth, size = (value * 1000, 1000) if thousands else (value, 1)
        if size >= scale:
            return found
        total, scale, end = total + worth, size, stop + thousands
        if thousands or scaled or found:
            found.append(Number(end, Decimal(total), str(total)))
        if not thousands:
            return found
        if end < len(words) and words[end].text in _AND:
            end += 1


def _group(words: tuple[Atom, ...], at: int, *, first: bool) -> tuple[int, int, bool] | None:
    """A number below a thousand, or `twelve hundred`: its end, its value, whether "hundred" was said."""
    head = _below_hundred(words, at)
    if head is None and first and at + 1 < len(words) and words[at].text == "a":
        head = (at + 1, 1) if words[at + 1].text in _HUNDRED | _THOUSAND else None
    if head is None:
        return None
    end, value = head
    if end >= len(words) or words[end].text not in _HUNDRED:
        return end, value, False
    end, value = end + 1, value * 100
    tail = end + 1 if end < len(words) and words[end].text in _AND else end
    rest = _below_hundred(words, tail)
    return (rest[0], value + rest[1], True) if rest else (end, value, True)


def _fractions(words: tuple[Atom, ...], at: int) -> list[Number]:
    """`half a`, `a quarter of a`, `three quarters of a`, `a dozen`, `half a dozen`, `a couple of`."""
    end, count = at, Decimal(1)
    if words[at].text in {"a", "an"}:
        end += 1
    elif words[at].text in LEXICON.ones and LEXICON.ones[words[at].text]:
        end, count = at + 1, Decimal(LEXICON.ones[words[at].text])
    elif (teen := _below_hundred(words, at)) and teen[0] < len(words) and words[teen[0]].text in LEXICON.dozens:
        return [Number(teen[0] + 1, Decimal(teen[1] * LEXICON.dozens[words[teen[0]].text]), None)]
    if end >= len(words):
        return []
    word = words[end].text
    if word in LEXICON.dozens:
        stop = end + 2 if LEXICON.dozens[word] == 2 and _is(words, end + 1, "of") else end + 1  # noqa: PLR2004
        return [Number(stop, count * LEXICON.dozens[word], None)]
    if word not in LEXICON.fractions or (word.endswith("s") and count == 1):
        return []
    value, stop = count * Decimal(LEXICON.fractions[word]), end + 1
    if _is(words, stop, "of"):
        stop += 1
    if _is(words, stop, "a") or _is(words, stop, "an"):
        stop += 1
        if stop < len(words) and LEXICON.dozens.get(words[stop].text) == 12:  # noqa: PLR2004
            return [Number(stop + 1, value * 12, None)]
    return [Number(stop, value, None)]


def _is(words: tuple[Atom, ...], at: int, word: str) -> bool:
    return at < len(words) and words[at].text == word


def with_fraction(words: tuple[Atom, ...], number: Number) -> Number | None:
    """A number, or a quantity, and what follows it: `forty` `and a half`, `two` `point five`."""
    end = number.end
    if end + 1 < len(words) and words[end].text in _POINT:
        digits, stop = "", end + 1
        while (step := piece(words, stop)) and len(step[1]) == 1 and not step[2]:
            digits, stop = digits + step[1], step[0]
        return Number(stop, number.value + Decimal(f"0.{digits}"), None) if digits else None
    if end + 1 >= len(words) or words[end].text not in _AND:
        return None
    end += 1
    count = Decimal(1)
    if words[end].text in {"a", "an"}:
        end += 1
    elif words[end].text in LEXICON.ones and words[end].text != "oh":
        count, end = Decimal(LEXICON.ones[words[end].text]), end + 1
    if end < len(words):
        tail = _FRACTION_TAILS.get(words[end].text.rstrip("s"))
        if tail is not None:
            return Number(end + 1, number.value + count * tail, None)
    return None
