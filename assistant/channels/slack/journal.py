"""What Slack sent and what Slack is to get, kept on disk: an answered request is never lost, and counts once.

Its own small file and not the books: Slack wants an answer within seconds, also while a long posting holds the books;
and losing it loses no entry, only what was on its way. Three tables: `intake` (under keys of our own, since Slack
delivers twice), `post` (what goes out, in order for each channel) and `card` (which message shows the buttons of what).
"""

import json
import sqlite3
import threading
import zlib
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LANES: Final = 4
"""So many people are heard at once; each person's messages are heard one after the other."""

LEASE: Final = 60.0
"""Seconds that a post which somebody is sending is kept from others."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS intake (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, lane INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    at REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, done REAL, entries TEXT NOT NULL DEFAULT '[]');
CREATE INDEX IF NOT EXISTS intake_open ON intake (lane, id) WHERE done IS NULL;
CREATE TABLE IF NOT EXISTS post (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, method TEXT NOT NULL, body TEXT NOT NULL,
    at REAL NOT NULL, starts REAL NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    over REAL, error TEXT, receipt TEXT);
CREATE INDEX IF NOT EXISTS intake_done ON intake (done) WHERE done IS NOT NULL;
CREATE INDEX IF NOT EXISTS post_over ON post (over) WHERE over IS NOT NULL;
CREATE INDEX IF NOT EXISTS post_open ON post (channel, id) WHERE over IS NULL;
CREATE TABLE IF NOT EXISTS card (
    about TEXT NOT NULL, post TEXT NOT NULL, settled REAL, PRIMARY KEY (about, post));
CREATE INDEX IF NOT EXISTS card_open ON card (about) WHERE settled IS NULL;
CREATE TABLE IF NOT EXISTS noted (name TEXT PRIMARY KEY, value TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS asked (person TEXT PRIMARY KEY, about TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS thread (channel TEXT NOT NULL, ts TEXT NOT NULL, PRIMARY KEY (channel, ts));
CREATE TABLE IF NOT EXISTS invitation (code TEXT PRIMARY KEY, person TEXT NOT NULL, expires REAL NOT NULL);
CREATE TABLE IF NOT EXISTS invited (code TEXT PRIMARY KEY, by TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS member (slack_id TEXT PRIMARY KEY, person TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS guess (slack_id TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS revoked (slack_id TEXT PRIMARY KEY, by TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS standing (slack_id TEXT PRIMARY KEY, refused TEXT NOT NULL, at REAL NOT NULL);
"""


_POST: Final = "id, key, channel, method, body, tries, receipt, at"
_TAKE: Final = "INSERT INTO intake (key, lane, kind, body, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING"


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that Slack sent: `key` is its identity, `kind` says who handles it."""

    id: int
    key: str
    kind: str
    body: Mapping[str, Any]
    tries: int


@dataclass(frozen=True, slots=True)
class Post:
    """A call of Slack's web API that is to be made; `receipt` is channel/ts once it was."""

    id: int
    key: str
    channel: str
    method: str
    body: dict[str, Any]
    tries: int
    receipt: str | None = None
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A post that Slack refused: when it was queued, how often it was tried, why, and whether it was given up."""

    key: str
    channel: str
    text: str
    at: float
    tries: int
    error: str
    over: bool


@dataclass(eq=False, slots=True)
class _Arrived:
    """Something to be kept; `new` says whether it was, once it is on disk."""

    values: tuple[Any, ...]
    new: bool | None = None


class Book:
    """The file; every thread has its own connection, writers wait for each other."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.RLock()
        self._arrived: deque[_Arrived] = deque()
        with self.writing() as connection:
            connection.executescript(_SCHEMA)
        self.close()

    def close(self) -> None:
        """Let go of the file; it opens again when it is used."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
            self._mine = threading.local()

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=20, isolation_level=None, check_same_thread=False)
            found.execute("PRAGMA journal_mode=WAL")
            found.execute("PRAGMA synchronous=FULL")
            self._mine.connection = found
            with self._lock:
                self._all.append(found)
        return found

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, alone in this process and in the file."""
        with self._lock:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE") if not connection.in_transaction else None
            try:
                yield connection
                if connection.in_transaction:
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the file has."""
        return self._connection().execute(query, values).fetchall()

    # What Slack sent.

    def take(self, key: str, kind: str, by: str, body: Mapping[str, Any], at: float) -> bool:
        """Keep something to be handled; False when it was kept before. Back from here, it can be acknowledged."""
        mine = _Arrived((key, zlib.crc32(by.encode()) % LANES, kind, json.dumps(body), at))
        self._arrived.append(mine)
        with self._lock:
            if mine.new is None:
                self._keep(mine)
        return bool(mine.new)

    def _keep(self, mine: "_Arrived") -> None:
        """Write what arrived while others were writing, all in one transaction: the disk is waited for once."""
        together = [self._arrived.popleft() for _ in range(len(self._arrived))]
        together = together if mine in together else [*together, mine]
        with self.writing() as c:
            made = [c.execute(_TAKE, one.values).rowcount == 1 for one in together]
        for one, new in zip(together, made, strict=True):
            one.new = new

    def next(self, lane: int) -> Taken | None:
        """The oldest of a lane that is not handled."""
        rows = self.rows(
            "SELECT id, key, kind, body, tries FROM intake WHERE lane = ? AND done IS NULL ORDER BY id LIMIT 1", lane
        )
        if not rows:
            return None
        number, key, kind, body, tries = rows[0]
        return Taken(number, key, kind, json.loads(body), tries)

    def failed(self, taken: int) -> None:
        """It could not be handled and is tried again."""
        with self.writing() as c:
            c.execute("UPDATE intake SET tries = tries + 1 WHERE id = ?", (taken,))

    def handled(self, taken: int, at: float, entries: Sequence[int] = ()) -> None:
        """It is handled, and posted these entries."""
        with self.writing() as c:
            c.execute("UPDATE intake SET done = ?, entries = ? WHERE id = ?", (at, json.dumps(list(entries)), taken))

    def posts(self, key: str, entries: Sequence[int]) -> None:
        """What was sent under that key has posted these entries by now, and no others."""
        with self.writing() as c:
            c.execute("UPDATE intake SET entries = ? WHERE key = ?", (json.dumps(list(entries)), key))

    def entries_of(self, key: str) -> list[int] | None:
        """The entries that something sent earlier posted; None where it was never sent."""
        rows = self.rows("SELECT entries FROM intake WHERE key = ?", key)
        found: list[int] | None = json.loads(rows[0][0]) if rows else None
        return found

    def last_said(self, team: str, channel: str) -> str | None:
        """The ts of the last message of a channel that came; None before the first."""
        query = "SELECT key FROM intake WHERE kind = 'said' AND substr(key, 1, ?) = ? ORDER BY id DESC LIMIT 1"
        front = f"{team}:{channel}:"
        rows = self.rows(query, len(front), front)
        return str(rows[0][0]).removeprefix(front) if rows else None

    def unhandled(self) -> int:
        """How much of what was acknowledged is still to be handled."""
        return int(self.rows("SELECT count(*) FROM intake WHERE done IS NULL")[0][0])

    def forget(self, before: float) -> None:
        """Drop what was handled, sent and settled before that moment, and buttons older than that which nobody used."""
        with self.writing() as c:
            c.execute("DELETE FROM intake WHERE done < ?", (before,))
            c.execute("DELETE FROM guess WHERE at < ?", (before,))
            c.execute(
                "DELETE FROM card WHERE settled < ? OR ((about LIKE 'entry:%' OR about LIKE 'ask:%') "
                "AND post IN (SELECT key FROM post WHERE over < ?))",
                (before, before),
            )
            c.execute("DELETE FROM post WHERE over < ? AND key NOT IN (SELECT post FROM card)", (before,))

    # What Slack is to get.

    def post(  # what a post consists of
        self,
        key: str,
        channel: str,
        method: str,
        body: Mapping[str, Any],
        at: float,
        *,
        about: Sequence[str] = (),
        starts: float = 0.0,
    ) -> bool:
        """Queue a call of the web API under a key; False when it was queued before. `about` names its buttons."""
        with self.writing() as c:
            made = c.execute(
                "INSERT INTO post (key, channel, method, body, at, starts, due) VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (key) DO NOTHING",
                (key, channel, method, json.dumps(body), at, max(at, starts), max(at, starts)),
            )
            if made.rowcount == 1:
                c.executemany("INSERT OR IGNORE INTO card (about, post) VALUES (?, ?)", [(a, key) for a in about])
                if method == "chat.postMessage" and body.get("thread_ts"):
                    c.execute("INSERT OR IGNORE INTO thread VALUES (?, ?)", (channel, body["thread_ts"]))
            return made.rowcount == 1

    def posted(
        self, key: str, channel: str, body: Mapping[str, Any], at: float, receipt: str, about: Sequence[str]
    ) -> None:
        """Note what was posted without the queue, so that its card can be settled and its thread be heard."""
        self.post(key, channel, "chat.postMessage", body, at, about=about, starts=at + LEASE)
        found = self.find(key)
        if found is not None:
            self.sent(found.id, at, receipt)

    def due(self, now: float, busy: Collection[str] = ()) -> list[Post]:
        """Take what can be sent now: of each channel that is not `busy` the oldest, so that it keeps its order."""
        with self.writing() as c:
            rows = c.execute(
                "SELECT id, key, channel, method, body, tries, receipt, at FROM post WHERE due <= ? AND over IS NULL "
                "AND id IN (SELECT min(id) FROM post WHERE over IS NULL AND starts <= ? GROUP BY channel) ORDER BY id",
                (now, now),
            ).fetchall()
            rows = [row for row in rows if row[2] not in busy]
            c.executemany("UPDATE post SET due = ? WHERE id = ?", [(now + LEASE, row[0]) for row in rows])
        return [_post(row) for row in rows]

    def sent(self, post: int, at: float, receipt: str | None) -> None:
        """Slack has it; `receipt` is channel/ts. What a file held is not kept."""
        with self.writing() as c:
            c.execute(
                "UPDATE post SET over = ?, tries = tries + 1, error = NULL, receipt = ?, "
                "body = CASE method WHEN 'files' THEN '{}' ELSE body END WHERE id = ?",
                (at, receipt, post),
            )
            if receipt:
                c.execute("INSERT OR IGNORE INTO thread VALUES (?, ?)", receipt.split("/"))

    def unsent(self, post: int, error: str, again: float | None, at: float) -> None:
        """Slack does not have it: it is due `again`, or given up with None."""
        over = at if again is None else None
        with self.writing() as c:
            c.execute(
                "UPDATE post SET due = ?, over = ?, tries = tries + 1, error = ? WHERE id = ?",
                (again or at, over, error, post),
            )

    def replaces(self, key: str, channel: str, at: float) -> None:
        """The post of that key shows all that earlier ones of its channel showed: those are not sent any more."""
        with self.writing() as c:
            c.execute(
                "DELETE FROM card WHERE post <> ? AND post IN (SELECT key FROM post WHERE channel = ?)", (key, channel)
            )
            c.execute(
                "UPDATE post SET over = ?, error = 'replaced' "
                "WHERE channel = ? AND over IS NULL AND due <= ? AND id < (SELECT id FROM post WHERE key = ?)",
                (at, channel, at, key),
            )

    def find(self, key: str) -> Post | None:
        """The post of that key."""
        rows = self.rows("SELECT id, key, channel, method, body, tries, receipt, at FROM post WHERE key = ?", key)
        return _post(rows[0]) if rows else None

    def unposted(self) -> int:
        """How much Slack is still to get."""
        return int(self.rows("SELECT count(*) FROM post WHERE over IS NULL")[0][0])

    def troubled(self) -> list[Trouble]:
        """What Slack refused at least once and does not have, or will not get, oldest first."""
        query = (
            "SELECT key, channel, body, at, tries, error, over IS NOT NULL FROM post "
            "WHERE receipt IS NULL AND error IS NOT NULL AND error <> 'replaced' ORDER BY id"
        )
        rows = self.rows(query)
        return [
            Trouble(key, channel, str(json.loads(body).get("text", "")), at, tries, error, bool(over))
            for key, channel, body, at, tries, error, over in rows
        ]

    def note(self, name: str, value: str, at: float) -> None:
        """Something about the app that whoever looks after it should know."""
        with self.writing() as c:
            c.execute("INSERT OR REPLACE INTO noted VALUES (?, ?, ?)", (name, value, at))

    def noted(self) -> dict[str, tuple[str, float]]:
        """What was noted of the app, with when."""
        return {name: (value, at) for name, value, at in self.rows("SELECT name, value, at FROM noted")}

    def ours(self, channel: str, thread: str) -> bool:
        """Whether we spoke in that thread."""
        return bool(self.rows("SELECT 1 FROM thread WHERE channel = ? AND ts = ?", channel, thread))

    # Cards: which posts show the buttons of what.

    def open_cards(self, prefix: str) -> list[str]:
        """What the unsettled cards are about, of those that begin so."""
        query = "SELECT DISTINCT about FROM card WHERE settled IS NULL AND about LIKE ? || '%' ORDER BY about"
        return [row[0] for row in self.rows(query, prefix)]

    def standing_at(self, channel: str, ts: str) -> Post | None:
        """Our message there; None where it is none of ours."""
        rows = self.rows(f"SELECT {_POST} FROM post WHERE receipt = ?", f"{channel}/{ts}")  # noqa: S608 - our own names
        return _post(rows[0]) if rows else None

    def about(self, key: str) -> list[str]:
        """What the buttons of a post are about that are not settled."""
        return [row[0] for row in self.rows("SELECT about FROM card WHERE post = ? AND settled IS NULL", key)]

    def shown(self, channel: str, ts: str) -> list[str]:
        """What a message of ours shows buttons of, or did; empty where it is none of ours."""
        query = "SELECT about FROM card JOIN post ON key = card.post WHERE receipt = ? ORDER BY about"
        return [row[0] for row in self.rows(query, f"{channel}/{ts}")]

    def copies(self, about: str) -> list[Post]:
        """Every post whose card about this is not settled."""
        query = (
            "SELECT post.id, key, channel, method, body, tries, receipt, at FROM card JOIN post ON key = card.post "
            "WHERE about = ? AND settled IS NULL ORDER BY post.id"
        )
        return [_post(row) for row in self.rows(query, about)]

    def settle(self, about: str, post: Post, body: Mapping[str, Any], at: float) -> bool:
        """The card of that post about this is settled and looks like `body` from now on; False when it was before."""
        with self.writing() as c:
            made = c.execute(
                "UPDATE card SET settled = ? WHERE about = ? AND post = ? AND settled IS NULL", (at, about, post.key)
            )
            if made.rowcount:
                c.execute("UPDATE post SET body = ? WHERE id = ?", (json.dumps(body), post.id))
            return made.rowcount == 1

    def show(self, post: Post, body: Mapping[str, Any]) -> None:
        """The card of that post looks like `body` from now on."""
        with self.writing() as c:
            c.execute("UPDATE post SET body = ? WHERE id = ?", (json.dumps(body), post.id))

    def waits(self, prefix: str) -> bool:
        """Whether Slack is still to get something whose key begins so."""
        query = "SELECT 1 FROM post WHERE over IS NULL AND substr(key, 1, ?) = ? LIMIT 1"
        return bool(self.rows(query, len(prefix), prefix))

    def asking(self, person: str) -> str | None:
        """What card the person's open question is on."""
        rows = self.rows("SELECT about FROM asked WHERE person = ?", person)
        return rows[0][0] if rows else None

    def asks(self, person: str, about: str | None) -> None:
        """The person's open question is on that card, or there is none."""
        if self.asking(person) == about:
            return
        with self.writing() as c:
            if about is None:
                c.execute("DELETE FROM asked WHERE person = ?", (person,))
            else:
                c.execute("INSERT OR REPLACE INTO asked VALUES (?, ?)", (person, about))


def _post(row: tuple[Any, ...]) -> Post:
    return Post(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5], row[6], row[7])
