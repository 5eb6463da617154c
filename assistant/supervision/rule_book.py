"""The rule book in force: the plant's files and what people set, looked at again when either changes."""

import logging
from pathlib import Path
from threading import Lock

from assistant.rules import RuleBook, RuleBookFault
from assistant.supervision import rule_settings
from store.session import Session

LOG = logging.getLogger(__name__)


class Shelf:
    """The rule book in force: the plant's files and what people set, each looked at again when it changed.

    A broken file is logged and the old book stays.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._filed = RuleBook.load(folder)
        self._book = self._filed
        self._version: int | None = None
        self._refused = ""
        self._lock = Lock()

    def __call__(self, session: Session) -> RuleBook:
        """The book as of this transaction, whose catalog version also counts what people set."""
        with self._lock:
            if self._filed.changed():
                self._read_files()
            if session.catalog.version != self._version:
                self._book = rule_settings.laid_over(self._filed, session.rule_settings.in_force())
                self._version = session.catalog.version
            return self._book

    def _read_files(self) -> None:
        try:
            self._filed, self._version = RuleBook.load(self._folder), None
        except RuleBookFault as fault:
            if str(fault) != self._refused:
                LOG.error("The rule book was not taken, the old one stays:\n%s", fault)  # noqa: TRY400
                self._refused = str(fault)
