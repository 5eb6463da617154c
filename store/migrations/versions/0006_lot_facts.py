"""An entry says what the lots are that it brings, and what a lot is cannot be changed any more."""

# ruff: noqa: S608  # the names in this statement are ours

import json
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FACTS = ("code", "product", "unit", "made", "expires", "supplier", "work_order")
KEPT = ", ".join((*FACTS, "entry"))
REFUSAL = "SELECT RAISE(ABORT, 'lot is append-only: record a reversal');"
SQLITE = {
    "lot_no_update": f"BEFORE UPDATE OF {KEPT} ON lot WHEN NOT OLD.withdrawn BEGIN {REFUSAL} END",
    "lot_no_delete": f"BEFORE DELETE ON lot BEGIN {REFUSAL} END",
}
REFUSE = "EXECUTE FUNCTION floor_append_only()"
POSTGRESQL = {
    "lot_no_change": f"BEFORE UPDATE OF {KEPT} ON lot FOR EACH ROW WHEN (NOT OLD.withdrawn) {REFUSE}",
    "lot_no_delete": f"BEFORE DELETE ON lot FOR EACH ROW {REFUSE}",
    "lot_no_truncate": f"BEFORE TRUNCATE ON lot FOR EACH STATEMENT {REFUSE}",
}


def upgrade() -> None:
    """Seals that are there keep the form they were made over: it leaves out what entries say from now on."""
    op.add_column("seal", sa.Column("form", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("entry", sa.Column("new_lots", sa.Text(), nullable=False, server_default="[]"))
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        refusal = op.get_bind().scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = 'entry_no_update'"))
        op.execute("DROP TRIGGER entry_no_update")
        _tell_lots()
        op.execute(refusal)
    else:
        op.execute("ALTER TABLE entry DISABLE TRIGGER entry_no_change")
        _tell_lots()
        op.execute("ALTER TABLE entry ENABLE TRIGGER entry_no_change")
    for name, trigger in (SQLITE if sqlite else POSTGRESQL).items():
        op.execute(f"CREATE TRIGGER {name} {trigger}")


def _tell_lots() -> None:
    """Entries that are there say of their lots what the lots' rows say."""
    rows = op.get_bind().execute(
        sa.text(f"SELECT entry, {', '.join(FACTS)} FROM lot WHERE entry IS NOT NULL ORDER BY entry, serial")
    )
    told = []
    for number, lots in groupby(rows, key=lambda row: row[0]):
        facts = [dict(zip(FACTS, (None if v is None else str(v) for v in lot[1:]), strict=True)) for lot in lots]
        told.append({"number": number, "facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":"))})
    if told:
        op.get_bind().execute(sa.text("UPDATE entry SET new_lots = :facts WHERE number = :number"), told)


def downgrade() -> None:
    raise NotImplementedError("Seals are made over what entries say of their lots: there is no way back without it.")
