"""Spots what the words of an utterance may be: names, phrases, numbers, codes and days, slips forgiven."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.intents.language.atoms import Atom, singular
from assistant.intents.language.lexicon import LEXICON
from assistant.intents.language.spelling import SHORTEST, meant, ordinary_words
from assistant.intents.readers.codes import letter
from assistant.intents.readers.dates import days_at, horizon_at, moment_at
from assistant.intents.readers.numbers import piece
from assistant.intents.readers.scans import Scan
from assistant.intents.readers.vocabulary import Trie, Vocabulary
from assistant.intents.spot.amounts import HEARD_CUES, UNIT_NAME, AmountSpotter, is_pack
from assistant.intents.spot.codes import CodeSpotter
from assistant.intents.spot.pieces import Piece, cheapest, same_named
from assistant.intents.spot.scanned import told_by_scans
from assistant.intents.spot.whole_names import whole_names

HOMOPHONE: Final = 0.5
"""What it costs to take a word for the number that it sounds like, inside a name."""
_CORRECTABLE: Final = frozenset({"verb", "cue", "unit", "tag", "filler", "ask", "gate", "all"})


class Spotter:
    """One utterance against one plant's vocabulary."""

    def __init__(
        self,
        words: tuple[Atom, ...],
        vocabulary: Vocabulary,
        today: date,
        now: datetime | None,
        scans: Sequence[Scan] = (),
        *,
        spoken: bool,
    ) -> None:
        self.words, self.vocabulary, self.today, self.now, self.spoken = words, vocabulary, today, now, spoken
        self.odd = [self._is_odd(atom) for atom in words]
        self.edges = [self._edges(at) for at in range(len(words))]
        self.skus: set[str] = set()
        self.found: list[list[Piece]] = [[] for _ in words]
        self.scans = {scan.start: scan for scan in scans}

    def _is_odd(self, atom: Atom) -> bool:
        text = atom.text
        return (
            atom.kind == "w"
            and len(text) > 2  # noqa: PLR2004
            and text not in LEXICON.words
            and text not in self.vocabulary.unit_of
            and singular(text) not in self.vocabulary.words
            and text not in LEXICON.nato
            and text not in self.vocabulary.trie
        )

    # -- the lattice of words that each atom may stand for ---------------------------------------------------------

    def _edges(self, at: int) -> list[tuple[int, str, float]]:
        atom = self.words[at]
        if atom.kind == "p":
            return []
        if atom.kind == "n":
            return [(at + 1, atom.text.lstrip("0") or "0", 0.0)]
        text = atom.text
        one = singular(text)
        edges = [
            (at + 1, one, UNIT_NAME if is_pack(self.words, at, self.vocabulary.unit_of) else 0.0)
        ]  # `14 cases liners` are cases, `14 case liners` are not
        if text in LEXICON.place_words:
            edges.append((at + 1, LEXICON.place_words[text], 0.1))
        named = letter(self.words, at)
        if named and len(text) > 1:
            edges.append((at + 1, named[0], 0.1 + named[1]))
        edges += self._digit_edges(at)
        if text in HEARD_CUES:
            edges.append((at + 1, HEARD_CUES[text], 0.4))
        if at + 1 < len(self.words) and self.words[at + 1].kind == "w":
            joined = singular(text + self.words[at + 1].text)
            if joined in self.vocabulary.words:
                edges.append((at + 2, joined, 0.1))
        if self.odd[at] and len(text) >= SHORTEST and text not in ordinary_words():
            edges += [(at + 1, word, cost) for word, cost in self._similar(singular(text))]
            if singular(text) != text:
                edges += [(at + 1, word, cost) for word, cost in self._similar(text)]
        return edges

    def _digit_edges(self, at: int) -> Iterator[tuple[int, str, float]]:
        end, digits = at, ""
        while len(digits) < 3 and (step := piece(self.words, end)):  # noqa: PLR2004 - racks have three digits at most
            end, digits = step[0], digits + step[1]
            yield end, digits.lstrip("0") or "0", HOMOPHONE if step[2] else 0.0
            if step[2]:
                return

    def _similar(self, word: str) -> Iterator[tuple[str, float]]:
        """The plant's words that this one may be a slip of the finger from."""
        most = 1 if len(word) <= 5 else 2  # noqa: PLR2004
        near = [
            w for size in range(len(word) - most, len(word) + most + 1) for w in self.vocabulary.by_length.get(size, ())
        ]
        for match, distance, _ in process.extract(word, near, scorer=OSA.distance, score_cutoff=most, limit=4):
            if distance < most or match[0] == word[0] or distance == 1:
                yield match, 0.35 * distance + (0.0 if match[0] == word[0] else 0.3)

    # -- what may begin where --------------------------------------------------------------------------------------

    def spot(self) -> list[Piece]:
        """The cheapest way to account for every word."""
        for at in range(len(self.words)):
            self._names(at)
        amounts = AmountSpotter(self.words, self.vocabulary, self.found, self.odd)
        codes = CodeSpotter(self.words, self.vocabulary, self.found, self.skus)
        for at in range(len(self.words)):
            if self.words[at].kind == "p":
                self._mark(at)
            self._phrases(at)
        for at in range(len(self.words)):
            self._sounds(at)
            amounts.spot(at)
            codes.spot(at)
            self._times(at)
        self._called()
        for at, atom in enumerate(self.words):
            self._put(Piece(at, at + 1, "unknown", atom.text))
        trail = cheapest(self.found)
        if any(piece_.kind == "direction" for piece_ in trail) and not any(piece_.kind == "ask" for piece_ in trail):
            trail = cheapest([[p for p in row if p.kind != "direction"] for row in self.found])
        for piece_ in trail:
            piece_.text = " ".join(atom.text for atom in self.words[piece_.start : piece_.end])
        named = whole_names(same_named(trail), self.vocabulary)
        return told_by_scans(named, self.vocabulary) if self.scans else named

    def _called(self) -> None:
        """A colleague's name that opens a sentence, before a verb, is that colleague and no product: `tom move …`."""
        opens = True
        for at, atom in enumerate(self.words):
            person = next((p for p in self.found[at] if p.kind == "person"), None)
            if (opens or self._introduced(at)) and person and self._before_verb(person.end):
                said = " ".join(word.text for word in self.words[at : person.end])
                if said in self.vocabulary.called:
                    self.found[at] = [person]
            opens = atom.text in ".!;\n" or (opens and atom.text in LEXICON.raw["greetings"])

    def _introduced(self, at: int) -> bool:
        return " ".join(word.text for word in self.words[max(0, at - 2) : at]) in LEXICON.raw["reporting_names"]

    def _before_verb(self, at: int) -> bool:
        """Whether a verb comes next, after words such as "pls" at most."""
        while at < len(self.words):
            atom, kinds = self.words[at], {p.kind for p in self.found[at]}
            if atom.text in LEXICON.raw["reporting_names"]:
                return True
            if kinds & {"verb", "ask"} and not self._number_like(at):
                return True
            fillers = [
                p.end for p in self.found[at] if p.kind in {"filler", "gate"} or (p.kind == "mark" and p.value == ",")
            ]
            if not fillers:
                return False
            at = max(fillers)
        return False

    def _number_like(self, at: int) -> bool:
        return any(p.kind in {"num", "qty"} for p in self.found[at])

    def _put(self, piece_: Piece) -> None:
        self.found[piece_.start].append(piece_)

    def _mark(self, at: int) -> None:
        scan = self.scans.get(self.words[at].start)
        if scan is not None:
            if scan.names:
                self._put(Piece(at, at + 1, "scan", "", scan=scan))
                self.skus |= {self.vocabulary.gtins.get(scan.gtin or "", "")} - {""}
            return
        text = self.words[at].text
        if text in LEXICON.raw["joints"]:
            return
        arrow = text in LEXICON.raw["arrows"]
        self._put(Piece(at, at + 1, "arrow" if arrow else "mark", text))

    def _phrases(self, at: int) -> None:
        """Phrases of the language, word for word, or with one slip in a long word."""
        node, end, words = LEXICON.trie, at, self.words
        while end < len(words):
            atom = words[end]
            follower = node.get(atom.text)
            if follower is None and atom.text in "-'./" and end > at:
                end += 1
                continue
            if follower is None and end > at and self.odd[end] and len(atom.text) > SHORTEST:
                near = process.extractOne(atom.text, [w for w in node if w], scorer=OSA.distance, score_cutoff=1)
                follower = node[near[0]] if near else None
            if follower is None:
                break
            node, end = follower, end + 1
            for kind, value, cost in node.get(None, ()):
                self._put(Piece(at, end, kind, value, cost))
        if end == at and self.odd[at] and len(words[at].text) >= 5 and words[at].text not in ordinary_words():  # noqa: PLR2004
            self._misspelt(at)

    def _misspelt(self, at: int) -> None:
        for match, distance in meant(self.words[at].text):
            node, end = LEXICON.trie[match], at + 1
            while node is not None:
                for kind, value, cost in node.get(None, ()):
                    if kind in _CORRECTABLE:
                        self._put(Piece(at, end, kind, value, cost + 0.4 * distance, doubt=0.1 * distance))
                node = node.get(self.words[end].text) if end < len(self.words) else None
                end += 1

    def _names(self, at: int) -> None:
        best: dict[tuple[int, str], tuple[float, set[str]]] = {}
        self._walk(self.vocabulary.trie, at, 0.0, best, first=True, start=True)
        if self.words[at].text == "the" and at + 1 < len(self.words):
            self._walk(self.vocabulary.trie, at + 1, 0.05, best, first=True, start=True)
        for (end, kind), (cost, values) in best.items():
            options = tuple(sorted(values))
            value = options[0] if len(options) == 1 else ""
            price = cost + 0.4 * (kind == "place" and self._verb_like(at))
            self._put(Piece(at, end, kind, value, price, options=options, doubt=min(cost, 1.0) * 0.2))
            if kind == "product":
                self.skus |= values

    def _verb_like(self, at: int) -> bool:
        """Whether a place's name is a verb here: `hold RM1107`, but `into hold`."""
        entries = LEXICON.trie.get(self.words[at].text, {}).get(None, ())
        if not any(kind == "verb" for kind, _, _ in entries):
            return False
        before = LEXICON.trie.get(self.words[at - 1].text, {}).get(None, ()) if at else ()
        kinds = {kind for kind, _, _ in before}
        return not at or (kinds <= {"filler", "joint"} and self.words[at - 1].text != "the")

    def _walk(
        self,
        node: Trie,
        at: int,
        cost: float,
        best: dict[tuple[int, str], tuple[float, set[str]]],
        *,
        first: bool,
        start: bool = False,
        skipped: bool = False,
    ) -> None:
        for kind, value, price in () if skipped else node.get(None, ()):
            known = best.get((at, kind))
            if known is None or cost + price < known[0] - 0.01:
                best[at, kind] = (cost + price, {value})
            elif cost + price < known[0] + 0.01:
                known[1].add(value)
        if at >= len(self.words):
            return
        atom = self.words[at]
        if not first and (atom.text == "&" or (atom.text in "-/.'" and atom.kind == "p" and self._inside(at))):
            self._walk(node, at + 1, cost + 0.02, best, first=True, skipped=True)
        for end, word, price in self.edges[at]:
            follower = node.get(word)
            if follower is not None and not (start and price == HOMOPHONE):
                self._walk(follower, end, cost + price, best, first=False)

    def _inside(self, at: int) -> bool:
        return self.words[at].glued or (at + 1 < len(self.words) and self.words[at + 1].glued)

    def _sounds(self, at: int) -> None:
        """Names that the next one to four words sound like, when one of them is nothing else."""
        if self.words[at].kind != "w":
            return
        letters = ""
        for end in range(at + 1, min(at + 5, len(self.words) + 1)):
            atom = self.words[end - 1]
            short = len(atom.text) == 1 and (end == at + 1 or atom.text not in "aeo")
            if atom.kind != "w" or short or (end > at + 1 and atom.text in self.vocabulary.unit_of):
                return
            letters += atom.text
            alone = end == at + 1 and atom.text in ordinary_words()
            if any(self.odd[at:end]) and not alone and 3 <= len(letters) <= 24:  # noqa: PLR2004
                heard = self.vocabulary.heard(letters, single=end == at + 1 or not self.spoken)
                if heard:
                    kind, values, cost = heard
                    value = values[0] if len(values) == 1 else ""
                    extra = 0.25 * (end - at - 1)
                    self._put(Piece(at, end, kind, value, cost + extra, options=values, doubt=0.12))
                    if kind == "product":
                        self.skus.update(values)

    def _numbered(self, at: int) -> bool:
        """Whether the number of an entry or a request comes here: `entry three fourteen` is no day."""
        return any(
            p.kind == "tag" and p.value in {"entry", "request"} and p.end == at for row in self.found[:at] for p in row
        )

    def _times(self, at: int) -> None:
        words = self.words
        for day in () if self._numbered(at) else days_at(words, at, self.today):
            if at > 1 and words[at - 1].text in LEXICON.raw["made_on"]:  # an opening "produced" is the verb
                self._put(Piece(at - 1, day.end, "filler", "made_on", -0.2))
            self._put(Piece(at, day.end, "date", day.day.isoformat(), 0.9 if day.bare else 0.0, day=day))
        horizon = horizon_at(words, at, self.today)
        if horizon:
            self._put(Piece(at, horizon[0], "horizon", str(horizon[1])))
        moment = moment_at(words, at, self.today, self.now)
        if moment:
            self._put(Piece(at, moment.end, "moment", moment.told(self.today, self.now) or "", moment=moment))
