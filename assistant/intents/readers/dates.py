"""Days as they are typed and spoken: `12/31`, `dec 6`, `december first twenty twenty eight`, `in ten days`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from assistant.intents.language.atoms import Atom
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.readers.numbers import numbers_at, piece

_MONTHS: Final = {word: int(value) for word, value in LEXICON.dates["months"].items()}
_WEEKDAYS: Final = {word: int(value) for word, value in LEXICON.dates["weekdays"].items()}
_RELATIVE: Final = {tuple(word.split()): int(value) for word, value in LEXICON.dates["relative"].items()}
_SPANS: Final = {word: int(value) for word, value in LEXICON.dates["spans"].items()}
_HOURS: Final = {word: int(value) for word, value in LEXICON.dates["hours"].items()}
_AGO: Final = frozenset(LEXICON.dates["ago"])
_LAST: Final = tuple(tuple(words.split()) for words in LEXICON.dates["last"])
_PERIODS: Final = {tuple(word.split()): int(value) for word, value in LEXICON.dates["periods"].items()}
_PARTS: Final = {
    tuple(word.split()): (int(value[0]), int(value[1])) for word, value in LEXICON.dates["dayparts"].items()
}
_AT: Final = frozenset(LEXICON.dates["at"])
_AM: Final = {tuple(w.split()) for w in LEXICON.dates["am"]}
_PM: Final = {tuple(w.split()) for w in LEXICON.dates["pm"]}
_OCLOCK: Final = frozenset(LEXICON.dates["oclock"])


@dataclass(frozen=True, slots=True)
class Day:
    """A day that ends before atom `end`; `bare` when only the words before it can tell that it is one."""

    end: int
    day: date
    bare: bool = False


def _coming(month: int, day: int, today: date) -> date | None:
    """The next such day to come, today included; None when there is none."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _exact(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)  # noqa: PLR2004
    except ValueError:
        return None


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word, the longest first, so that most words are looked up once and in vain."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        table.setdefault(phrase[0], []).append(phrase)
    return table


_WITHIN: Final = _by_first(tuple(w.split()) for w in LEXICON.dates["within"])
_PERIODS_BY: Final = _by_first(_PERIODS)
_PARTS_BY: Final = _by_first(_PARTS)
_RELATIVE_BY: Final = _by_first(_RELATIVE)


def _match(words: tuple[Atom, ...], at: int, phrase: tuple[str, ...]) -> bool:
    return len(words) - at >= len(phrase) and all(words[at + i].text == word for i, word in enumerate(phrase))


def days_at(words: tuple[Atom, ...], at: int, today: date) -> list[Day]:
    """Every day that may begin at this atom."""
    word = words[at].text
    if words[at].kind == "n":
        return [*_numeric(words, at, today), *_day_month(words, at, today)]
    if word in _MONTHS:
        return _month_day(words, at, today)
    found: list[Day] = []
    if word in {"next", "this", "on", "coming"} and at + 1 < len(words) and words[at + 1].text in _WEEKDAYS:
        found.append(Day(at + 2, _weekday(words[at + 1].text, today)))
    if word in _WEEKDAYS and not (len(word) == 3 and at and words[at - 1].text in {"a", "the"}):  # noqa: PLR2004
        found.append(Day(at + 1, _weekday(word, today), bare=True))
    found += [
        Day(at + len(phrase), today + timedelta(days=_RELATIVE[phrase]), bare=True)
        for phrase in _RELATIVE_BY.get(word, ())
        if _match(words, at, phrase)
    ]
    if word == "in":
        found += [
            Day(number.end + 1, _later(today, int(number.value), words[number.end].text))
            for number in (numbers_at(words, at + 1) if at + 1 < len(words) else [])
            if number.end < len(words) and words[number.end].text in _SPANS and number.value < 5000  # noqa: PLR2004
        ]
    found += _spoken(words, at, today)
    found += _day_month(words, at, today)
    return found


def _later(today: date, count: int, span: str) -> date:
    return today + (relativedelta(months=count) if span.startswith("month") else timedelta(days=count * _SPANS[span]))


def _weekday(word: str, today: date) -> date:
    return today + timedelta(days=(_WEEKDAYS[word] - today.weekday() - 1) % 7 + 1)


def _numeric(words: tuple[Atom, ...], at: int, today: date) -> list[Day]:
    parts, end = [words[at].text], at + 1
    mark = words[end].text if end < len(words) else ""
    if mark not in {"/", "-", "."}:
        return []
    while len(parts) < 3 and end + 1 < len(words) and words[end].text == mark and words[end + 1].kind == "n":  # noqa: PLR2004
        if not (words[end].glued and words[end + 1].glued):
            break
        parts.append(words[end + 1].text)
        end += 2
    if len(parts) == 1 or any(len(part) > 4 for part in parts):  # noqa: PLR2004
        return []
    numbers = [int(part) for part in parts]
    if len(parts) == 2:  # noqa: PLR2004
        day = _coming(numbers[0], numbers[1], today) if mark != "." else None
    elif len(parts[0]) == 4:  # noqa: PLR2004
        day = _exact(*numbers)
    else:
        day = _exact(numbers[2], numbers[0], numbers[1])
    return [Day(end, day, bare=mark != "/")] if day else []


def _ordinal(words: tuple[Atom, ...], at: int) -> tuple[int, int] | None:
    """A day of the month: `6`, `6th`, `sixth`, `twenty first`, `thirty`."""
    if at >= len(words):
        return None
    word = words[at].text
    if words[at].kind == "n":
        suffix = at + 1 < len(words) and words[at + 1].glued and words[at + 1].text in {"st", "nd", "rd", "th"}
        return (at + 1 + suffix, int(word)) if len(word) <= 2 else None  # noqa: PLR2004
    if word in LEXICON.ordinals:
        return at + 1, LEXICON.ordinals[word]
    if word in LEXICON.tens and at + 1 < len(words) and LEXICON.ordinals.get(words[at + 1].text, 99) < 10:  # noqa: PLR2004
        return at + 2, LEXICON.tens[word] + LEXICON.ordinals[words[at + 1].text]
    step = piece(words, at)
    return (step[0], int(step[1])) if step and not step[2] and len(step[1]) <= 2 else None  # noqa: PLR2004


def _year(words: tuple[Atom, ...], at: int) -> tuple[int, int] | None:
    if at < len(words) and words[at].text == ",":
        at += 1
    if at >= len(words):
        return None
    if words[at].kind == "n":
        return (at + 1, int(words[at].text)) if len(words[at].text) == 4 and words[at].text[:2] == "20" else None  # noqa: PLR2004
    first = piece(words, at)
    second = piece(words, first[0]) if first and first[1] == "20" else None
    if second and len(second[1]) == 2 and not second[2]:  # noqa: PLR2004
        return second[0], 2000 + int(second[1])
    if _match(words, at, ("two", "thousand")):
        rest = piece(words, at + 3) if _match(words, at + 2, ("and",)) else piece(words, at + 2)
        if rest and len(rest[1]) <= 2:  # noqa: PLR2004
            return rest[0], 2000 + int(rest[1])
    return None


def _month_day(words: tuple[Atom, ...], at: int, today: date) -> list[Day]:
    after = at + 1
    while after < len(words) and words[after].text in {".", "the"}:
        after += 1
    return _dated(words, _ordinal(words, after), _MONTHS[words[at].text], today)


def _day_month(words: tuple[Atom, ...], at: int, today: date) -> list[Day]:
    """`6 dec`, `sixth of december`, `6-dec-26`."""
    day = _ordinal(words, at)
    if not day:
        return []
    end = day[0]
    while end < len(words) and (words[end].text == "of" or (words[end].text == "-" and words[end].glued)):
        end += 1
    if end >= len(words) or words[end].text not in _MONTHS:
        return []
    return _dated(words, (end + 1, day[1]), _MONTHS[words[end].text], today)


def _dated(words: tuple[Atom, ...], day: tuple[int, int] | None, month: int, today: date) -> list[Day]:
    if not day:
        return []
    year = _year(words, day[0])
    found = [Day(year[0], exact)] if year and (exact := _exact(year[1], month, day[1])) else []
    coming = _coming(month, day[1], today)
    return found or ([Day(day[0], coming)] if coming else [])


def _spoken(words: tuple[Atom, ...], at: int, today: date) -> list[Day]:
    """`twelve five`: month, then day; `the fifteenth`."""
    if words[at].text == "the" and (day := _ordinal(words, at + 1)) and words[at + 1].text not in LEXICON.ones:
        for shift in range(12):
            month = today + relativedelta(months=shift)
            found = _exact(month.year, month.month, day[1])
            if found and found >= today and (words[at + 1].text in LEXICON.ordinals or day[0] == at + 3):
                return [Day(day[0], found, bare=True)]
    first = piece(words, at)
    if not first or first[2] or not 1 <= int(first[1]) <= 12:  # noqa: PLR2004
        return []
    after = _ordinal(words, first[0])
    if not after:
        return []
    found = _coming(int(first[1]), after[1], today) if after[1] else None
    year = _year(words, after[0])
    exact = _exact(year[1], int(first[1]), after[1]) if year else None
    return [Day(year[0], exact, bare=True)] if year and exact else [Day(after[0], found, bare=True)] if found else []


def horizon_at(words: tuple[Atom, ...], at: int, today: date) -> tuple[int, int] | None:
    """How many days ahead is asked for: `within two weeks` → 14; with its end."""
    for phrase in _PERIODS_BY.get(words[at].text, ()):
        if _match(words, at, phrase):
            return at + len(phrase), _PERIODS[phrase]
    start = next((at + len(phrase) for phrase in _WITHIN.get(words[at].text, ()) if _match(words, at, phrase)), at)
    if start >= len(words):
        return None
    if words[at].text in {"before", "by", "until"} and at + 1 < len(words) and words[at + 1].text in _WEEKDAYS:
        return at + 2, (_weekday(words[at + 1].text, today) - today).days
    for number in numbers_at(words, start):
        if number.end < len(words) and words[number.end].text in _SPANS and number.value == int(number.value):
            return number.end + 1, int(number.value) * _SPANS[words[number.end].text]
    if start > at and words[start].text in _SPANS:
        return start + 1, _SPANS[words[start].text]
    return None


def moment_at(words: tuple[Atom, ...], at: int, now: datetime | None) -> tuple[int, datetime | None] | None:
    """When it happened, if another time than now: `an hour ago`, `yesterday at four`; with its end.

    The moment is None when there is no clock to count from, or when it would lie in the future.
    """
    found = (
        _ago(words, at, now)
        or _last_weekday(words, at, now)
        or _part_of_day(words, at, now)
        or _clock(words, at, now, 0)
    )
    if not found:
        return None
    end, moment = found
    return end, moment if moment and now and moment <= now else None


def _ago(words: tuple[Atom, ...], at: int, now: datetime | None) -> tuple[int, datetime | None] | None:
    count, end = 1.0, at
    if words[at].text in {"a", "an"}:
        end = at + 1
    elif _match(words, at, ("half", "an")):
        count, end = 0.5, at + 2
    else:
        spans = _HOURS.keys() | _SPANS.keys()
        number = next((n for n in numbers_at(words, at) if n.end < len(words) and words[n.end].text in spans), None)
        if not number:
            return None
        count, end = float(number.value), number.end
    if end + 1 < len(words) and words[end].text in _HOURS and words[end + 1].text in _AGO and count < 1000:  # noqa: PLR2004
        minutes = count * _HOURS[words[end].text]
        return end + 2, now - timedelta(minutes=minutes) if now else None
    if end + 1 < len(words) and words[end].text in _SPANS and words[end + 1].text in _AGO and count < 1000:  # noqa: PLR2004
        days = timedelta(days=count * _SPANS[words[end].text])
        return end + 2, (now - days).replace(hour=12, minute=0, second=0, microsecond=0) if now else None
    return None


def _last_weekday(words: tuple[Atom, ...], at: int, now: datetime | None) -> tuple[int, datetime | None] | None:
    """`last friday`, `this past monday`: the latest such day before today, at noon."""
    for phrase in _LAST:
        day = at + len(phrase)
        if day < len(words) and _match(words, at, phrase) and words[day].text in _WEEKDAYS:
            if not now:
                return day + 1, None
            back = (now.weekday() - _WEEKDAYS[words[day].text] - 1) % 7 + 1
            return day + 1, (now - timedelta(days=back)).replace(hour=12, minute=0, second=0, microsecond=0)
    return None


def _part_of_day(words: tuple[Atom, ...], at: int, now: datetime | None) -> tuple[int, datetime | None] | None:
    best: tuple[int, datetime | None] | None = None
    for phrase in _PARTS_BY.get(words[at].text, ()):
        shift, hour = _PARTS[phrase]
        if not _match(words, at, phrase) or (best and best[0] >= at + len(phrase)):
            continue
        end = at + len(phrase)
        base = now + timedelta(days=shift) if now else None
        clock = _clock(words, end, now, shift, named=True, afternoon=hour >= 12) if end < len(words) else None  # noqa: PLR2004
        best = clock or (end, base.replace(hour=hour, minute=0, second=0, microsecond=0) if base else None)
        if not clock and shift == 0:
            best = (end, None)  # "this morning" alone says no other time than today
    return best


def _clock(
    words: tuple[Atom, ...], at: int, now: datetime | None, shift: int, *, named: bool = False, afternoon: bool = False
) -> tuple[int, datetime | None] | None:
    """`at four`, `at 6:30 am`, `6am`: a time of day needs "at" or "am" to be one."""
    start = at + 1 if words[at].text in _AT else at
    step = piece(words, start)
    if not step or step[2] or not 0 <= int(step[1]) <= 24:  # noqa: PLR2004
        return None
    end, hour, minute, proven = step[0], int(step[1]), 0, start > at and named
    if (
        end + 1 < len(words)
        and words[end].text == ":"
        and words[end + 1].kind == "n"
        and words[end].glued
        and words[end + 1].glued
    ):
        minute, end, proven = int(words[end + 1].text), end + 2, True
    elif (half := piece(words, end)) and half[1] in {"15", "30", "45"} and not half[2]:
        minute, end = int(half[1]), half[0]
    half_day = next(((len(p), late) for ps, late in ((_AM, 0), (_PM, 12)) for p in ps if _match(words, end, p)), None)
    if half_day:
        end, proven, hour = end + half_day[0], True, hour % 12 + half_day[1]
    if end < len(words) and words[end].text in _OCLOCK:
        end, proven = end + 1, True
    if not proven or hour > 23 or minute > 59:  # noqa: PLR2004
        return None
    if now is None:
        return end, None
    if hour < 12 and (afternoon or (shift < 0 and hour < 5)):  # noqa: PLR2004 - "yesterday at four" is in working hours
        hour += 12
    day = now + timedelta(days=shift)
    return end, day.replace(hour=hour, minute=minute, second=0, microsecond=0)
