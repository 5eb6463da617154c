"""An open dialogue belongs to a thread, too; an answered message keeps its words.

Dialogues that are open meanwhile are forgotten: they were kept in a form that is read no more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.drop_table("pending")
    op.create_table(
        "pending",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kept", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", "channel", "thread"),
    )
    op.add_column("inbox", sa.Column("said", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("inbox", "said")
    op.drop_table("pending")
    op.create_table(
        "pending",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", "channel"),
    )
