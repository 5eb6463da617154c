"""Checks that the database itself still refuses what the books must refuse: triggers, unique keys, CHECKs."""

import re
from typing import Final

from store.database import Connection
from store.difference import Difference
from store.model import LOT_FACTS
from store.tables import APPEND_ONLY

_SQLITE_TRIGGERS: Final = {
    **dict.fromkeys(APPEND_ONLY, ("no_update", "no_delete", "no_replace")),
    "lot": ("no_update", "no_delete"),
}
_POSTGRESQL_TRIGGERS: Final = {
    **dict.fromkeys(APPEND_ONLY, ("no_change", "no_truncate")),
    "lot": ("no_change", "no_delete", "no_truncate"),
}
_UNIQUE: Final = ("uq_entry_number", "uq_entry_key", "uq_entry_reverses")
_CHECKS: Final = ("ck_balance_kind", "ck_balance_real", "ck_balance_order", "ck_balance_made")
_REFUSAL: Final = (
    r"CREATE TRIGGER \w+ BEFORE (?:{update}|DELETE) ON {table}{when} BEGIN SELECT RAISE\(ABORT, '[^']*'\); END"
)
_LOT_UPDATE: Final = f"UPDATE OF {', '.join((*LOT_FACTS, 'entry'))}"
_REPLACEMENT: Final = r"CREATE TRIGGER \w+ BEFORE INSERT ON {table} WHEN EXISTS .* BEGIN SELECT RAISE\(ABORT, "


def missing_guard(connection: Connection) -> Difference | None:
    """The first guard that is not there or was switched off; None where all stand."""
    sqlite = connection.database.is_sqlite
    triggers = _sqlite_triggers(connection) if sqlite else _postgresql_triggers(connection)
    for table, names in (_SQLITE_TRIGGERS if sqlite else _POSTGRESQL_TRIGGERS).items():
        for name in names:
            if (table, f"{table}_{name}") not in triggers:
                return Difference(
                    "guard", f"The trigger {table}_{name} that keeps {table} append-only is missing or does not work."
                )
    rules = _sqlite_rules(connection) if sqlite else _postgresql_rules(connection)
    for rule in (*_UNIQUE, *_CHECKS):
        if rule not in rules:
            return Difference("guard", f"The constraint {rule} is missing.")
    return None


def _sqlite_triggers(connection: Connection) -> set[tuple[str, str]]:
    """Triggers that refuse whatever they see; one with another body or a condition of its own does not count."""
    rows = connection.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {
        (table, name)
        for table, name, sql in rows
        if re.fullmatch(_refusal(table), sql) or re.match(_REPLACEMENT.format(table=table), sql)
    }


def _refusal(table: str) -> str:
    """How a trigger that refuses is written; that of a lot is for what the lot is, while it was not taken back."""
    if table == "lot":
        return _REFUSAL.format(table=table, update=_LOT_UPDATE, when="(?: WHEN NOT OLD.withdrawn)?")
    return _REFUSAL.format(table=table, update="UPDATE", when="")


def _postgresql_triggers(connection: Connection) -> set[tuple[str, str]]:
    """Triggers that fire for us and whose function refuses."""
    rows = connection.execute(
        "SELECT c.relname, t.tgname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = current_schema() AND t.tgenabled IN ('O', 'A')"
    )
    return {(table, name) for table, name, body in rows if "RAISE EXCEPTION" in body}


def _sqlite_rules(connection: Connection) -> set[str]:
    sql = " ".join(row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'"))
    return {rule for rule in (*_UNIQUE, *_CHECKS) if rule in sql}


def _postgresql_rules(connection: Connection) -> set[str]:
    rows = connection.execute(
        "SELECT o.conname FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace "
        "WHERE n.nspname = current_schema() AND o.convalidated"
    )
    return {row[0] for row in rows}
