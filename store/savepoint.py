"""A part of a transaction that may be taken back while the rest stays: what "would" post, tried out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from store.session import Session


@dataclass(slots=True)
class Trial:
    """Whether what was done since the savepoint stays; it does not unless `keep` is set."""

    keep: bool = False


@contextmanager
def savepoint(session: Session) -> Iterator[Trial]:
    """Everything inside is undone at the end, or at an exception, unless `keep` was set."""
    execute = session.connection.execute
    execute("SAVEPOINT trial")
    before = session.spoilt
    trial = Trial()
    try:
        yield trial
    except BaseException:
        trial.keep = False
        raise
    finally:
        if not trial.keep:
            execute("ROLLBACK TO SAVEPOINT trial")
            session.spoilt = before
        execute("RELEASE SAVEPOINT trial")
