"""A warning can rest for a while; who put it aside and until when is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.add_column("warning", sa.Column("rests_until", MOMENT))
    op.add_column("warning", sa.Column("rested_by", sa.String()))


def downgrade() -> None:
    op.drop_column("warning", "rested_by")
    op.drop_column("warning", "rests_until")
