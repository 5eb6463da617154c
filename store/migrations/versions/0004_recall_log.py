"""Recalls are kept, the real ones beside the exercises: why, with which further lots, and who finished them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("mock_recall", "recall_log")
    op.execute("ALTER TABLE recall_log RENAME COLUMN note TO reason")
    op.add_column("recall_log", sa.Column("real", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("recall_log", sa.Column("also", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("recall_log", sa.Column("finished_by", sa.String()))


def downgrade() -> None:
    for column in ("finished_by", "also", "real"):
        op.drop_column("recall_log", column)
    op.execute("ALTER TABLE recall_log RENAME COLUMN reason TO note")
    op.rename_table("recall_log", "mock_recall")
