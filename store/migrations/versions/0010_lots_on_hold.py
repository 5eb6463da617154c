"""The lots on hold are found without reading the others: what a lot was made of is compared with them."""

from alembic import op
from sqlalchemy import text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = text("on_hold")
    op.create_index("ix_lot_on_hold", "lot", ["code"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_lot_on_hold", table_name="lot")
