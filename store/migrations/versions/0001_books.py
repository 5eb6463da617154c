"""The books: master data, lots, append-only entries, balances, and the desk around them."""

# ruff: noqa: S608  # the names in these statements are ours; what people say is always a parameter

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")

APPEND_ONLY = {
    "entry": ("id", "number", "key", "reverses"),
    "posting": ("entry, line",),
    "entry_lot": ("lot, entry",),
    "counted": ("entry, line",),
    "seal": ("number",),
}


def upgrade() -> None:
    _master_data()
    _books()
    _desk()
    op.execute("INSERT INTO catalog_version (id, version) VALUES (1, 0)")
    if op.get_bind().dialect.name == "postgresql":
        _refuse_changes_on_postgresql()
    else:
        _refuse_changes_on_sqlite()


def downgrade() -> None:
    raise NotImplementedError("The books are append-only: there is no way back to a database without them.")


def _refuse_changes_on_sqlite() -> None:
    """INSERT OR REPLACE deletes without a DELETE trigger, so an insert over a row that is there is refused as well."""
    for table, keys in APPEND_ONLY.items():
        refusal = f"SELECT RAISE(ABORT, '{table} is append-only: record a reversal');"
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN {refusal} END")
        taken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE ({key}) = ({', '.join(f'NEW.{c}' for c in key.split(', '))}))"
            for key in keys
        )
        op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} BEGIN {refusal} END")


def _refuse_changes_on_postgresql() -> None:
    op.execute("CREATE SEQUENCE entry_number")
    op.execute("CREATE SEQUENCE lot_serial")
    op.execute(
        "CREATE FUNCTION floor_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only: record a reversal', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION floor_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION floor_append_only()"
        )


def _master_data() -> None:
    op.create_table(
        "catalog_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "product",
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("base_unit", sa.String(), nullable=False),
        sa.Column("packs", sa.Text(), nullable=False),
        sa.Column("shelf_life_days", sa.Integer()),
        sa.Column("traceability_list", sa.Boolean(), nullable=False),
        sa.Column("gtin", sa.String()),
        sa.Column("lot_prefix", sa.String()),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sku"),
    )
    op.create_table(
        "place",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent", sa.String()),
        sa.Column("check_digits", sa.String()),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "partner",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("gln", sa.String()),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "person",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("slack_id", sa.String()),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "reason",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "recipe_line",
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("input", sa.String(), nullable=False),
        sa.Column("output_quantity", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("expected_yield", sa.Integer(), nullable=False),
        sa.Column("tolerance", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["input"], ["product.sku"]),
        sa.ForeignKeyConstraint(["product"], ["product.sku"]),
        sa.PrimaryKeyConstraint("product", "input"),
    )
    op.create_table(
        "site",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "work_order",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("line", sa.String()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("filed", sa.String(), nullable=False),
        sa.Column("planned_day", sa.Date()),
        sa.ForeignKeyConstraint(["product"], ["product.sku"]),
        sa.PrimaryKeyConstraint("number"),
    )


def _books() -> None:
    op.create_table(
        "lot",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date()),
        sa.Column("supplier", sa.String()),
        sa.Column("work_order", sa.String()),
        sa.Column("on_hold", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("entry", sa.BigInteger()),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("added", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["product"], ["product.sku"]),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("serial", name="uq_lot_serial"),
    )
    op.create_index("ix_lot_entry", "lot", ["entry"])
    op.create_index("ix_lot_expires", "lot", ["expires"])
    op.create_index("ix_lot_product", "lot", ["product"])
    op.create_table(
        "entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened", MOMENT, nullable=False),
        sa.Column("recorded", MOMENT, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("corrections", sa.Text(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("lots", sa.Text(), nullable=False),
        sa.Column("work_order", sa.String()),
        sa.Column("partner", sa.String()),
        sa.Column("reference", sa.String()),
        sa.Column("reason", sa.String()),
        sa.Column("note", sa.String()),
        sa.Column("approved_by", sa.String()),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("reverses", sa.BigInteger()),
        sa.ForeignKeyConstraint(["reverses"], ["entry.number"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name="uq_entry_key"),
        sa.UniqueConstraint("number", name="uq_entry_number"),
        sa.UniqueConstraint("reverses", name="uq_entry_reverses"),
    )
    op.create_index("ix_entry_person", "entry", ["person", "number"])
    op.create_index("ix_entry_recorded", "entry", ["recorded"])
    op.create_index(
        "ix_entry_work_order",
        "entry",
        ["work_order", "number"],
        sqlite_where=sa.text("work_order IS NOT NULL"),
        postgresql_where=sa.text("work_order IS NOT NULL"),
    )
    op.create_table(
        "posting",
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("happened", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.number"]),
        sa.ForeignKeyConstraint(["lot"], ["lot.code"]),
        sa.PrimaryKeyConstraint("entry", "line"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_posting_lot", "posting", ["lot", "place", "happened"])
    op.create_table(
        "entry_lot",
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.number"]),
        sa.ForeignKeyConstraint(["lot"], ["lot.code"]),
        sa.PrimaryKeyConstraint("lot", "entry"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_lot_entry", "entry_lot", ["entry"])
    op.create_table(
        "counted",
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.number"]),
        sa.ForeignKeyConstraint(["lot"], ["lot.code"]),
        sa.PrimaryKeyConstraint("entry", "line"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_counted_lot", "counted", ["lot", "place"])
    op.create_table(
        "balance",
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("last_happened", MOMENT, nullable=False),
        sa.Column("counted_at", MOMENT),
        sa.CheckConstraint("kind <> 'order' OR quantity + made >= 0", name="ck_balance_order"),
        sa.CheckConstraint("kind <> 'real' OR quantity >= 0", name="ck_balance_real"),
        sa.CheckConstraint("kind IN ('real', 'order', 'outside')", name="ck_balance_kind"),
        sa.CheckConstraint("made >= 0 AND (made = 0 OR kind = 'order')", name="ck_balance_made"),
        sa.ForeignKeyConstraint(["lot"], ["lot.code"]),
        sa.PrimaryKeyConstraint("lot", "place"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_balance_place", "balance", ["place"])
    op.create_table(
        "seal",
        sa.Column("number", SERIAL, autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )


def _desk() -> None:
    op.create_table(
        "pending",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", "channel"),
    )
    op.create_table(
        "inbox",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "id"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("sink", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("due", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String()),
        sa.Column("sent", MOMENT),
        sa.Column("receipt", sa.String()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["due"],
        sqlite_where=sa.text("due IS NOT NULL"),
        postgresql_where=sa.text("due IS NOT NULL"),
    )
    op.create_table(
        "approval",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String()),
        sa.Column("note", sa.String()),
        sa.Column("decided_at", MOMENT),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_approval_status", "approval", ["status"])
    op.create_table(
        "firing",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("person", sa.String()),
        sa.Column("lot", sa.String()),
        sa.Column("place", sa.String()),
        sa.Column("entry", SERIAL),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_firing_rule", "firing", ["rule"])
    op.create_table(
        "warning",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("lot", sa.String()),
        sa.Column("product", sa.String()),
        sa.Column("place", sa.String()),
        sa.Column("say", sa.String(), nullable=False),
        sa.Column("owner", sa.String()),
        sa.Column("raised", MOMENT, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("acknowledged_by", sa.String()),
        sa.Column("acknowledged_at", MOMENT),
        sa.Column("closed", MOMENT),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "uq_warning_open",
        "warning",
        ["key"],
        unique=True,
        sqlite_where=sa.text("closed IS NULL"),
        postgresql_where=sa.text("closed IS NULL"),
    )
