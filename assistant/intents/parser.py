"""parse(): one utterance in, its reading out. Spot, correct, judge whether it is a report, assemble, weigh."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Final

from assistant.intents.frames.account import Trail, accounted
from assistant.intents.frames.answers import answered
from assistant.intents.frames.confidence import weighed
from assistant.intents.frames.items import Item, items
from assistant.intents.frames.look_ups import answerable_look_up, looked_up
from assistant.intents.frames.lot_changes import undone
from assistant.intents.frames.questions import answerable, asked, talked
from assistant.intents.frames.reports import correction, reports
from assistant.intents.frames.scopes import Scope
from assistant.intents.frames.slots import Draft
from assistant.intents.judge.corrections import GROUP, corrected
from assistant.intents.judge.no_report import asides, dated, gated, hostile, reported, vouched
from assistant.intents.judge.side_numbers import exceptions, sides, sizes
from assistant.intents.language.atoms import Atom, atoms, gathered
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.language.text import LONGEST, MOST, cleaned, portions, sentences
from assistant.intents.readers.scans import scans_in, without_scans
from assistant.intents.readers.vocabulary import Vocabulary
from assistant.intents.reading import POSTING, TALKING, Frame, Reading, Span, Use
from assistant.intents.spot.pieces import Piece
from assistant.intents.spot.spotter import Spotter

MOST_ATOMS: Final = 240
WHOLE: Final = 0.99
"""How sure a phrase is that is all of the utterance."""
NO_REPORT: Final = 0.95
"""How sure it is that negated, future and reported speech tells nothing of the speaker's own."""
HALF_TOLD: Final = 0.5
"""How sure a story is in which a sentence tells of amounts, lots or orders and reports nothing."""
_LEADS: Final = re.compile(rf",? (?:{'|'.join(LEXICON.raw['therefore'])}) ", re.IGNORECASE)
"""What leads from a remark to a report: the words for "therefore"."""
_OF_THE_REMARK: Final = frozenset({"negation", "questions"})
"""Gates that speak of a remark alone: `it was not cold, so …`."""
_TELLING: Final = frozenset({"qty", "but", "lot", "newlot", "order"})
"""Kinds of pieces that a sentence which only chats does not have."""
_ROLE: Final = {
    "qty": "quantity", "num": "quantity", "lot": "lot", "tail": "lot", "newlot": "lot", "order": "work_order",
    "ref": "reference", "date": "expires", "partner": "partner", "part": "place", "ask": "verb", "fix": "filler",
    "mark": "filler", "arrow": "cue", "tag": "cue", "ordertag": "cue", "reftag": "cue", "pronoun": "filler",
    "new": "cue", "again": "verb", "horizon": "days", "moment": "when",
}  # fmt: skip


def parse(
    text: str,
    vocabulary: Vocabulary,
    today: date,
    *,
    now: datetime | None = None,
    channel: str = "slack",
    expecting: str | None = None,
) -> Reading:
    """What an utterance means at this plant.

    Args:
        text: what was typed, or what the recogniser wrote.
        vocabulary: the plant's names.
        today: the day that dates are counted from.
        now: the moment that "an hour ago" is counted from; without it no frame gets a `when`.
        channel: "voice" for spoken words, anything else for typed ones.
        expecting: the slot that was just asked for, so that a bare value is read as that slot.

    Returns:
        The reading; for what is no report and no question it has no frames. Nothing that is said raises an error.
    """
    text = cleaned(text)
    words = atoms(text) if len(text) <= LONGEST else ()
    if len(text) > LONGEST or len(words) > MOST_ATOMS:
        return _portioned(text, vocabulary, today, now, channel)
    scans = scans_in(text, vocabulary.gtins)
    if hostile(without_scans(text, scans)):
        return Reading(unknown=(text[:40],))
    words = gathered(words, [(scan.start, scan.end) for scan in scans])
    if not words:
        return Reading()
    answer = answered(words, text, vocabulary, today, expecting) if expecting else None
    if answer:
        return answer
    talk = talked(words)
    if talk:
        return Reading((Frame(talk),), WHOLE, (Span(0, len(text), text, "verb", talk),))
    spotter = Spotter(words, vocabulary, today, now, scans, spoken=channel == "voice")
    reading = _understood(spotter.spot(), words, text, vocabulary)
    if expecting is None and (not reading.frames or reading.confidence < Reading.SURE):
        read = partial(parse, vocabulary=vocabulary, today=today, now=now, channel=channel)
        reading = _by_sentences(reading, text, read)
        if not reading.frames or reading.confidence < Reading.SURE:
            reading = _after_asides(reading, text, read)
    return _as_asked(reading, expecting)


def _after_asides(whole: Reading, text: str, read: Callable[[str], Reading]) -> Reading:
    """What is said after a remark that led to it: `the swab did not look great, so please hold CB1120`.

    The remark bears no meaning, and nothing in it (hearsay, a plan, a condition) may be about what follows.
    """
    cut = _LEADS.search(text)
    if cut is None:
        return whole
    remark = read(text[: cut.start()])
    gates = {span.value for span in remark.spans if span.role == "gate"}
    if gates - _OF_THE_REMARK or remark.frames or any(use.kind in _TELLING for use in remark.account):
        return whole
    told = read(text[cut.end() :])
    if not told.frames or told.confidence < Reading.SURE or told.frames[0].intent in TALKING:
        return whole
    return _joined([(cut.end(), told)])


def _by_sentences(whole: Reading, text: str, read: Callable[[str], Reading]) -> Reading:
    """A little story, sentence by sentence, where read as a whole it is not sure.

    A sentence in which nothing bears meaning is an aside. One with an amount, a lot or an order that reports and asks
    nothing keeps all of it unsure: it may say that the others did not happen, and what they say is asked about.
    """
    parts = sentences(text)
    if len(parts) < 2:  # noqa: PLR2004
        return whole
    readings = [(at, read(part)) for at, part in parts]
    silent = [reading for _, reading in readings if not reading.frames]
    told = [(at, reading) for at, reading in readings if reading.frames]
    if not told or any(frame.intent in TALKING for _, reading in told for frame in reading.frames):
        return whole
    joined = _joined(told)
    if any(use.kind in _TELLING for reading in silent for use in reading.account):
        if whole.frames or joined.confidence < Reading.SURE:
            return whole
        joined = replace(joined, confidence=HALF_TOLD, unknown=(*joined.unknown, *_unheard(readings)))
    if whole.frames and (len(joined.frames) < len(whole.frames) or joined.confidence <= whole.confidence):
        return whole
    return joined


def _unheard(readings: Sequence[tuple[int, Reading]]) -> tuple[str, ...]:
    """What bears meaning in the sentences that report nothing."""
    uses = (use for _, reading in readings if not reading.frames for use in reading.account)
    return tuple(dict.fromkeys(use.text for use in uses if use.kind in _TELLING))


def _portioned(text: str, vocabulary: Vocabulary, today: date, now: datetime | None, channel: str) -> Reading:
    """A long paste, read line by line; no surer than its least sure part. What is too long even so is not read."""
    longest = LONGEST if len(text) > LONGEST else len(text) - 1
    parts = [(at, part) for at, part in portions(text, longest) if len(part) < len(text)]
    if not parts or len(parts) > MOST or any(len(part) > LONGEST for _, part in parts):
        return Reading(unknown=(f"{text[:40]}…",), too_long=True)
    return _joined([(at, parse(part, vocabulary, today, now=now, channel=channel)) for at, part in parts])


def _joined(readings: Sequence[tuple[int, Reading]]) -> Reading:
    """The readings of the parts of a text as one, no surer than its least sure part."""
    frames = tuple(frame for _, reading in readings for frame in reading.frames)
    told = [reading.confidence for _, reading in readings if reading.frames]
    spans = tuple(
        replace(span, start=span.start + at, end=span.end + at) for at, reading in readings for span in reading.spans
    )
    unknown = tuple(word for _, reading in readings if reading.frames for word in reading.unknown)
    account, before = list[Use](), 0
    for _, reading in readings:
        account += [replace(u, frame=None if u.frame is None else u.frame + before) for u in reading.account]
        before += len(reading.frames)
    too_long = any(reading.too_long for _, reading in readings)
    return Reading(frames, min(told, default=0.0), spans, unknown, tuple(account), too_long=too_long)


def _understood(pieces: list[Piece], words: tuple[Atom, ...], text: str, vocabulary: Vocabulary) -> Reading:
    question = "?" in text
    trail = Trail([*pieces])
    pieces = trail.step("asides", pieces, asides(pieces))
    noted, note = _split_note(pieces, words, text)
    pieces = trail.step("noted", pieces, noted)
    spans = _spans(pieces, words, text)
    pieces = trail.step("exceptions", pieces, exceptions(pieces))
    pieces = trail.step("sizes", pieces, sizes(pieces))
    pieces = trail.step("vouched", pieces, vouched(pieces))
    meant, leads = corrected([*pieces])
    pieces = trail.step("corrected", pieces, meant)
    pieces = trail.step("sides", pieces, sides(pieces))
    said = trail.step("dated", pieces, dated(pieces))
    pieces = trail.step("reported", said, reported(said))
    spans = _without_dropped(spans, said, pieces, words)
    pieces, again = _again(pieces)
    look_up = None if again else looked_up(words, pieces)
    ask = None if again or look_up else asked(pieces, words[0].text, question=question)
    if look_up:
        found = answerable_look_up(look_up, words, pieces, vocabulary)
        drafts = [found] if found else []
    elif ask:
        draft = _question(ask, pieces, vocabulary)
        drafts = [draft] if draft else []
    elif gated(words, pieces):
        return Reading((), NO_REPORT, spans, (), accounted(trail, [], vocabulary), tuple(trail.passes))
    elif again:
        drafts = correction(pieces, vocabulary) or [Draft("correct")]
        drafts[0].intent = "again"
    elif leads and not _told_anew(pieces, vocabulary):
        drafts = [] if _is_talk(pieces) else correction(pieces, vocabulary)
    else:
        drafts = reports(pieces, vocabulary, trail)
    if question and not leads:
        drafts = [draft for draft in drafts if draft.intent != "correct"]
    moment = next((piece for piece in pieces if piece.kind == "moment"), None)
    for draft in drafts:
        if note:
            draft.slots["note"] = note
        if moment is not None and draft.intent in POSTING:
            _happened(draft, moment)
    return weighed(drafts, pieces, spans, accounted(trail, drafts, vocabulary), tuple(trail.passes))


def _happened(draft: Draft, piece: Piece) -> None:
    """When it happened: the day that was said, with the time of that day if that was said, too."""
    day, moment = draft.slots.get("when"), piece.moment
    if moment is not None and moment.clock is not None and moment.day is None and isinstance(day, str):
        draft.slots["when"] = f"{day}T{moment.clock.isoformat()}"
    elif piece.value:
        draft.slots["when"] = piece.value


def _again(pieces: list[Piece]) -> tuple[list[Piece], bool]:
    """Whether the last report is wanted once more: `same again for CB1120`; elsewhere "again" says nothing."""
    opener = next((piece for piece in pieces if piece.kind not in {"filler", "mark"}), None)
    verbs = any(piece.kind in {"verb", "ask"} for piece in pieces)
    again = opener is not None and opener.kind == "again" and not verbs
    return [replace(piece, kind="filler") if piece.kind == "again" else piece for piece in pieces], again


def _told_anew(pieces: list[Piece], vocabulary: Vocabulary) -> bool:
    """Whether what begins like a correction is a whole report, or an undo that says of what."""
    return _retold(pieces) or undone(pieces, vocabulary) is not None


def _retold(pieces: list[Piece]) -> bool:
    """Whether an excuse opens a whole report: `sorry forgot this one, moved 6 cs …`; a "no" opens a correction."""
    opener = next((piece for piece in pieces if piece.kind == "fix"), None)
    verbs = any(piece.kind == "verb" and not LEXICON.verbs[piece.value].weak for piece in pieces)
    goods = any(piece.kind in {"qty", "num", "all"} for piece in pieces)
    return bool(verbs and goods and (opener is None or opener.value in LEXICON.raw["excuses"]))


def _is_talk(pieces: list[Piece]) -> bool:
    """Whether nothing but a word for a reason stands in what may be no correction: `hang on the forklift's beeping`."""
    kinds = {piece.kind for piece in pieces if piece.kind in GROUP}
    return kinds <= {"reason"} and any(piece.kind == "unknown" for piece in pieces)


def _question(ask: str, pieces: list[Piece], vocabulary: Vocabulary) -> Draft | None:
    found = items(Scope([p for p in pieces if p.kind != "all"], ask))
    item = found[0] if found else Item()
    for other in found[1:]:
        for slot, piece in other.goods.items():
            item.goods.setdefault(slot, piece)
        item.context += other.context
    return answerable(ask, pieces, item, vocabulary)


_NOTED: Final = frozenset({"hold", "release"})
_TARGETS: Final = frozenset({"lot", "tail", "newlot", "product", "num"})
_LOOSE: Final = frozenset({"tag", "joint", "filler", "cue", "pronoun"})


def _split_note(pieces: list[Piece], words: tuple[Atom, ...], text: str) -> tuple[list[Piece], str | None]:
    """Makes one piece of the free text that ends a hold, a release, an approval or a rejection."""
    opener = next((at for at, piece in enumerate(pieces) if _noted(piece)), None)
    if opener is None or any(
        piece.kind in {"qty", "verb", "gate"} and not _noted(piece) and piece.value != "put"
        for piece in pieces[:opener]
    ):
        return pieces, None
    targets = [at for at, piece in enumerate(pieces) if piece.kind in _TARGETS]
    if not targets:
        return pieces, None
    stop = max(opener, targets[0]) + 1
    while stop < len(pieces) and pieces[stop].kind in _TARGETS | _LOOSE and not _is_else(pieces, stop):
        stop += 1
    while pieces[stop - 1].kind in _LOOSE:
        stop -= 1
    rest = pieces[stop:]
    if any(piece.kind in {"verb", "ask"} for piece in rest[:4]) and any(
        piece.kind in {"qty", "order"} or _noted(piece) for piece in rest
    ):
        return pieces, None
    if _lists_more(rest):
        return pieces, None
    note = text[words[rest[0].start].start :].strip(" ,.:;-") if rest else ""
    if not note or all(piece.kind in {"filler", "mark", "pronoun"} for piece in rest):
        return pieces, None
    return [*pieces[:stop], Piece(rest[0].start, rest[-1].end, "note", note)], note


def _lists_more(rest: list[Piece]) -> bool:
    """Whether another target follows, after an "and" or on the next line."""
    leads = any(piece.kind == "joint" or "\n" in piece.value for piece in rest[:1])
    return leads and any(piece.kind in _TARGETS for piece in rest[:3])


def _is_else(pieces: list[Piece], at: int) -> bool:
    """Whether a product is another than that of the lot before it: `hold P1121 label says wrong date`."""
    lot = next((piece for piece in reversed(pieces[:at]) if piece.kind == "lot"), None)
    listed = any(piece.kind == "joint" or piece.text == "," for piece in pieces[max(0, at - 2) : at])
    other = pieces[at].kind == "product" and lot is not None and not {*pieces[at].options} & {*lot.options}
    return other and not listed


def _noted(piece: Piece) -> bool:
    return (piece.kind == "verb" and piece.value in _NOTED) or (
        piece.kind == "ask" and piece.value in {"approve", "reject"}
    )


def _spans(pieces: list[Piece], words: tuple[Atom, ...], text: str) -> tuple[Span, ...]:
    found = []
    for piece in pieces:
        start, end = words[piece.start].start, words[piece.end - 1].end
        role = _ROLE.get(piece.kind, piece.kind)
        value = piece.value if piece.kind not in {"num", "qty"} else str(piece.number)
        found.append(Span(start, end, text[start:end], role, value or None))
    return tuple(found)


def _without_dropped(
    spans: tuple[Span, ...], said: list[Piece], kept: list[Piece], words: tuple[Atom, ...]
) -> tuple[Span, ...]:
    """The spans, with what is unknown in a clause that reports nothing marked as a part of that clause."""
    dropped = {words[p.start].start for p in said} - {words[p.start].start for p in kept}
    return tuple(
        replace(span, role="gate") if span.role == "unknown" and span.start in dropped else span for span in spans
    )


def _as_asked(reading: Reading, expecting: str | None) -> Reading:
    """A bare place becomes the slot that was asked for."""
    if expecting not in {"from", "to", "at"} or len(reading.frames) != 1:
        return reading
    frame = reading.frames[0]
    if frame.intent != "correct" or "at" not in {*frame.slots, *frame.candidates}:
        return reading
    slots = {(expecting if slot == "at" else slot): value for slot, value in frame.slots.items()}
    options = {(expecting if slot == "at" else slot): value for slot, value in frame.candidates.items()}
    return replace(reading, frames=(Frame(frame.intent, slots, options),))
