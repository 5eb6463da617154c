"""Which Slack accounts are whose, as far as people.csv does not say: who was invited, who joined, who may not."""

from dataclasses import dataclass

from assistant.channels.slack.journal import Book


@dataclass(frozen=True, slots=True)
class Roll:
    """Invitations, members and what Slack says of them, kept in the journal's file."""

    book: Book

    def invite(self, digest: str, person: str, by: str, expires: float) -> None:
        """Whoever shows the code becomes that person, once, until it expires; earlier codes of the person do not."""
        with self.book.writing() as c:
            c.execute("DELETE FROM invitation WHERE person = ?", (person,))
            c.execute("INSERT OR REPLACE INTO invitation VALUES (?, ?, ?)", (digest, person, expires))
            c.execute("INSERT OR REPLACE INTO invited VALUES (?, ?)", (digest, by))

    def join(self, digest: str, slack_id: str, now: float) -> tuple[str, str] | None:
        """The person whom the code makes of this member, and who invited; None for a wrong, used or old one."""
        with self.book.writing() as c:
            rows = c.execute(
                "DELETE FROM invitation WHERE code = ? AND expires > ? RETURNING person", (digest, now)
            ).fetchall()
            if not rows:
                c.execute("INSERT INTO guess VALUES (?, ?)", (slack_id, now))
                return None
            by = c.execute("SELECT by FROM invited WHERE code = ?", (digest,)).fetchall()
            c.execute("INSERT OR REPLACE INTO member VALUES (?, ?)", (slack_id, rows[0][0]))
            c.execute("DELETE FROM revoked WHERE slack_id = ?", (slack_id,))
            return str(rows[0][0]), str(by[0][0]) if by else ""

    def guesses(self, slack_id: str, since: float) -> int:
        """How many wrong codes the member has tried."""
        return int(self.book.rows("SELECT count(*) FROM guess WHERE slack_id = ? AND at > ?", slack_id, since)[0][0])

    def members(self) -> dict[str, str]:
        """The persons that codes made of Slack members."""
        return dict(self.book.rows("SELECT slack_id, person FROM member"))

    def revoked(self) -> frozenset[str]:
        """The accounts that are nobody's any more, whatever people.csv says."""
        return frozenset(row[0] for row in self.book.rows("SELECT slack_id FROM revoked"))

    def revoke(self, slack_id: str, by: str, at: float) -> None:
        """The account is nobody's any more."""
        with self.book.writing() as c:
            c.execute("DELETE FROM member WHERE slack_id = ?", (slack_id,))
            c.execute("INSERT OR REPLACE INTO revoked VALUES (?, ?, ?)", (slack_id, by, at))

    def standing(self, slack_id: str, since: float) -> str | None:
        """Why the member may not, as Slack said it since then; empty where they may, None where Slack was not asked."""
        rows = self.book.rows("SELECT refused FROM standing WHERE slack_id = ? AND at > ?", slack_id, since)
        return str(rows[0][0]) if rows else None

    def stands(self, slack_id: str, refused: str, at: float) -> None:
        """What Slack said of the member."""
        with self.book.writing() as c:
            c.execute("INSERT OR REPLACE INTO standing VALUES (?, ?, ?)", (slack_id, refused, at))
