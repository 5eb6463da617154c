"""What people set in the rule book is kept, append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
REFUSAL = "rule_setting is append-only: undo the setting"


def upgrade() -> None:
    op.create_table(
        "rule_setting",
        sa.Column("number", SERIAL, nullable=False, autoincrement=False),
        sa.Column("rule", sa.String()),
        sa.Column("setting", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("product", sa.String()),
        sa.Column("place", sa.String()),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undoes", SERIAL),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("undoes"),
        sa.ForeignKeyConstraint(["undoes"], ["rule_setting.number"]),
    )
    if op.get_bind().dialect.name == "postgresql":
        for name, event, each in (("no_change", "UPDATE OR DELETE", "ROW"), ("no_truncate", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER rule_setting_{name} BEFORE {event} ON rule_setting "
                f"FOR EACH {each} EXECUTE FUNCTION floor_append_only()"
            )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER rule_setting_no_{verb.lower()} BEFORE {verb} ON rule_setting {refuse}")
    taken = "EXISTS (SELECT 1 FROM rule_setting WHERE number = NEW.number OR undoes = NEW.undoes)"
    op.execute(f"CREATE TRIGGER rule_setting_no_replace BEFORE INSERT ON rule_setting WHEN {taken} {refuse}")


def downgrade() -> None:
    raise NotImplementedError("What was set in the rule book stays: there is no way back to a database without it.")
