"""Days as they are typed and spoken: `12/31`, `dec 6`, `december first twenty twenty eight`, `in ten days`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
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
_TODAY: Final = frozenset(tuple(words.split()) for words in LEXICON.dates["just_today"])
_AT: Final = frozenset(LEXICON.dates["at"])
_AM: Final = {tuple(w.split()) for w in LEXICON.dates["am"]}
_PM: Final = {tuple(w.split()) for w in LEXICON.dates["pm"]}
_OCLOCK: Final = frozenset(LEXICON.dates["oclock"])


@dataclass(frozen=True, slots=True)
class Day:
    """A day that ends before atom `end`; `bare` when only the words before it can tell that it is one.

    `day` is the next such day to come where no year was said, and `past` the last one before today; they are so many
    days `ahead` and `gone`.
    """

    end: int
    day: date
    bare: bool = False
    past: date | None = None
    weekday: bool = False
    ahead: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, as far as it was said: the day, the time of that day, or a moment counted from now."""

    end: int
    day: date | None = None
    clock: time | None = None
    exact: datetime | None = None

    def told(self, today: date, now: datetime | None) -> str | None:
        """The day or the moment in ISO 8601; None where it is unknown, or would lie in the future."""
        if self.exact is not None:
            return self.exact.isoformat(timespec="seconds")
        if self.clock is None:
            return self.day.isoformat() if self.day is not None else None
        found = datetime.combine(self.day or today, self.clock, now.tzinfo if now else None)
        return None if now is not None and found > now else found.isoformat(timespec="seconds")


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


def _gone(month: int, day: int, today: date) -> date | None:
    """The last such day before today; None when there was none."""
    found = (_exact(year, month, day) for year in range(today.year, today.year - 9, -1))
    return next((past for past in found if past is not None and past < today), None)


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
    return [
        replace(day, ahead=(day.day - today).days, gone=(today - day.past).days if day.past else 0)
        for day in _days_at(words, at, today)
    ]


def _days_at(words: tuple[Atom, ...], at: int, today: date) -> list[Day]:
    word = words[at].text
    if words[at].kind == "n":
        return [*_numeric(words, at, today), *_day_month(words, at, today)]
    if word in _MONTHS:
        return _month_day(words, at, today)
    found: list[Day] = []
    if word in {"next", "this", "on", "coming"} and at + 1 < len(words) and words[at + 1].text in _WEEKDAYS:
        day = _named(at + 2, words[at + 1].text, today, bare=False)
        found.append(day if word == "on" else replace(day, past=None))
    if word in _WEEKDAYS and not (len(word) == 3 and at and words[at - 1].text in {"a", "the"}):  # noqa: PLR2004
        found.append(_named(at + 1, word, today, bare=True))
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


def _named(end: int, word: str, today: date, *, bare: bool) -> Day:
    """A day of the week, which is never today: the next one, and the last one before today."""
    coming = _weekday(word, today)
    past = coming - timedelta(days=7)
    return Day(end, coming, bare, past if past < today else past - timedelta(days=7), weekday=True)


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
    past: date | None = None
    if len(parts) == 2:  # noqa: PLR2004
        day = _coming(numbers[0], numbers[1], today) if mark != "." else None
        past = _gone(numbers[0], numbers[1], today)
    elif len(parts[0]) == 4:  # noqa: PLR2004
        day = _exact(*numbers)
    else:
        day = _exact(numbers[2], numbers[0], numbers[1])
    return [Day(end, day, mark != "/", past)] if day else []


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
    return found or ([Day(day[0], coming, past=_gone(month, day[1], today))] if coming else [])


def _spoken(words: tuple[Atom, ...], at: int, today: date) -> list[Day]:
    """`twelve five`: month, then day; `the fifteenth`."""
    if words[at].text == "the" and (day := _ordinal(words, at + 1)) and words[at + 1].text not in LEXICON.ones:
        for shift in range(12):
            month = today + relativedelta(months=shift)
            found = _exact(month.year, month.month, day[1])
            if found and found >= today and (words[at + 1].text in LEXICON.ordinals or day[0] == at + 3):
                return [Day(day[0], found, bare=True, past=found - relativedelta(months=1))]
    first = piece(words, at)
    if not first or first[2] or not 1 <= int(first[1]) <= 12:  # noqa: PLR2004
        return []
    after = _ordinal(words, first[0])
    if not after:
        return []
    found = _coming(int(first[1]), after[1], today) if after[1] else None
    year = _year(words, after[0])
    exact = _exact(year[1], int(first[1]), after[1]) if year else None
    if year and exact:
        return [Day(year[0], exact, bare=True)]
    return [Day(after[0], found, bare=True, past=_gone(int(first[1]), after[1], today))] if found else []


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


def moment_at(words: tuple[Atom, ...], at: int, today: date, now: datetime | None) -> Moment | None:
    """When it happened, if another time than now: `an hour ago`, `yesterday at four`, `this morning`."""
    return (
        _ago(words, at, today, now)
        or _last_weekday(words, at, today)
        or _part_of_day(words, at, today)
        or _clock(words, at, None)
    )


def _ago(words: tuple[Atom, ...], at: int, today: date, now: datetime | None) -> Moment | None:
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
    if end + 1 >= len(words) or words[end + 1].text not in _AGO or count >= 1000:  # noqa: PLR2004
        return None
    if words[end].text in _HOURS:
        minutes = timedelta(minutes=count * _HOURS[words[end].text])
        return Moment(end + 2, exact=_before(now, minutes) if now else None)
    if words[end].text in _SPANS:
        return Moment(end + 2, today - timedelta(days=int(count * _SPANS[words[end].text])))
    return None


def _before(now: datetime, span: timedelta) -> datetime:
    """So much earlier by the clock that runs on: an hour of a night that has two of them is an hour ago, too."""
    return (now.astimezone(UTC) - span).astimezone(now.tzinfo) if now.tzinfo else now - span


def _last_weekday(words: tuple[Atom, ...], at: int, today: date) -> Moment | None:
    """`last friday`, `this past monday`: the latest such day before today."""
    for phrase in _LAST:
        day = at + len(phrase)
        if day < len(words) and _match(words, at, phrase) and words[day].text in _WEEKDAYS:
            return Moment(day + 1, _named(day, words[day].text, today, bare=False).past)
    return None


def _part_of_day(words: tuple[Atom, ...], at: int, today: date) -> Moment | None:
    best: Moment | None = None
    for phrase in _PARTS_BY.get(words[at].text, ()):
        shift, hour = _PARTS[phrase]
        if not _match(words, at, phrase) or (best and best.end >= at + len(phrase)):
            continue
        end, day = at + len(phrase), today + timedelta(days=shift)
        late = range(12) if hour >= 12 else range(5) if shift < 0 else range(0)  # noqa: PLR2004
        clock = _clock(words, end, day, late=late) if end < len(words) else None
        if clock:
            best = clock
        elif phrase[0] in _AT:
            best = Moment(end, clock=time(hour))
        else:
            best = Moment(end, day if phrase not in _TODAY else None)
    return best


def _clock(words: tuple[Atom, ...], at: int, day: date | None, *, late: range = range(0)) -> Moment | None:
    """`at four`, `at 6:30 am`, `6am`: a time of day needs "at" or "am" to be one; hours in `late` are after noon."""
    start = at + 1 if words[at].text in _AT else at
    step = piece(words, start)
    if not step or step[2] or not 0 <= int(step[1]) <= 24:  # noqa: PLR2004
        return None
    end, hour, minute, proven = step[0], int(step[1]), 0, start > at and day is not None
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
    if hour in late and not half_day:
        hour += 12  # "yesterday at four" is in working hours
    return Moment(end, day, time(hour, minute))
