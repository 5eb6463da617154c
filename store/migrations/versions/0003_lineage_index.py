"""What a work order made is found without reading what went into it."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_balance_place", table_name="balance")
    op.create_index("ix_balance_made", "balance", ["place", "made"])


def downgrade() -> None:
    op.drop_index("ix_balance_made", table_name="balance")
    op.create_index("ix_balance_place", "balance", ["place"])
