"""Which lot went into which is kept beside the balances that imply it, so that a walk takes one step a lot.

An input of a run leads to its output; where a run has several, to the run, and from there to each of them: many
inputs and many outputs are never multiplied. A run among lots bears a mark before its number that no lot's code has.
"""

# ruff: noqa: S608  # the names in these statements are ours

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WENT_IN = "kind = 'order' AND quantity + made > 0"

EXIT = "CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN min(lot) ELSE {mark} || {run} END AS target"
"""Where the inputs of a run lead, from the balances of what it made."""

FILL = (
    f"WITH way AS (SELECT place, {EXIT.format(mark='{mark}', run='place')} FROM balance WHERE made > 0 GROUP BY place) "
    f"SELECT i.lot, i.place, w.target FROM way w JOIN balance i ON i.place = w.place WHERE {WENT_IN} "
    "UNION ALL SELECT {mark} || o.place, o.place, o.lot FROM way w JOIN balance o ON o.place = w.place "
    "WHERE o.made > 0 AND o.lot <> w.target"
)

WAY = (
    f"(SELECT {EXIT.format(mark='{mark}', run='NEW.place')} FROM balance WHERE place = NEW.place AND made > 0) w "
    "WHERE w.target IS NOT NULL"
)

ADD = "INSERT INTO lineage (source, run, target) "

LINK = f"{ADD}SELECT NEW.lot, NEW.place, w.target FROM {WAY}{{unless_there}};"

UNLINK = "DELETE FROM lineage WHERE source = NEW.lot AND run = NEW.place;"

RELINK = (
    "DELETE FROM lineage WHERE run = NEW.place AND source IN "
    "(SELECT lot FROM balance WHERE place = NEW.place UNION ALL SELECT {mark} || NEW.place); "
    f"{ADD}SELECT i.lot, i.place, w.target FROM balance i CROSS JOIN {WAY} AND i.place = NEW.place AND {WENT_IN}; "
    f"{ADD}SELECT {{mark}} || o.place, o.place, o.lot FROM balance o CROSS JOIN {WAY} "
    "AND o.place = NEW.place AND o.made > 0 AND o.lot <> w.target;"
)
"""An output that is the first, the second, or none any more changes where all inputs lead."""

OLD_IN, NEW_IN = (f"{row}.quantity + {row}.made > 0" for row in ("OLD", "NEW"))
CHANGED = f"NEW.kind = 'order' AND ((OLD.made > 0) <> (NEW.made > 0) OR ({OLD_IN}) <> ({NEW_IN}))"


def upgrade() -> None:
    op.create_table(
        "lineage",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "run", "target"),
        sqlite_with_rowid=False,
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    mark = "chr(31)" if postgresql else "char(31)"
    op.execute(f"{ADD}{FILL.format(mark=mark)}")
    op.create_index("ix_lineage_target", "lineage", ["target", "source"])
    if postgresql:
        _keep_on_postgresql(mark)
    else:
        _keep_on_sqlite(mark)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for event in ("new", "change"):
            op.execute(f"DROP TRIGGER lineage_{event} ON balance")
        op.execute("DROP FUNCTION floor_lineage()")
    else:
        for name in ("new_input", "new_output", "input", "no_input", "output"):
            op.execute(f"DROP TRIGGER lineage_{name}")
    op.drop_table("lineage")


def _keep_on_sqlite(mark: str) -> None:
    link, relink = LINK.format(mark=mark, unless_there=""), RELINK.format(mark=mark)
    same_output = "(OLD.made > 0) = (NEW.made > 0)"
    for name, event, condition, body in (
        ("new_input", "INSERT", "NEW.kind = 'order' AND NEW.made = 0 AND NEW.quantity > 0", link),
        ("new_output", "INSERT", "NEW.made > 0", relink),
        ("input", "UPDATE", f"NEW.kind = 'order' AND {same_output} AND ({OLD_IN}) < ({NEW_IN})", link),
        ("no_input", "UPDATE", f"NEW.kind = 'order' AND {same_output} AND ({OLD_IN}) > ({NEW_IN})", UNLINK),
        ("output", "UPDATE", "NEW.kind = 'order' AND (OLD.made > 0) <> (NEW.made > 0)", relink),
    ):
        op.execute(f"CREATE TRIGGER lineage_{name} AFTER {event} ON balance WHEN {condition} BEGIN {body} END")


def _keep_on_postgresql(mark: str) -> None:
    """Two reports of one run wait for each other here, so that neither misses what the other one adds."""
    link = LINK.format(mark=mark, unless_there=" ON CONFLICT DO NOTHING")
    op.execute(
        "CREATE FUNCTION floor_lineage() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE output boolean := NEW.made > 0; "
        "BEGIN "
        "PERFORM pg_advisory_xact_lock(hashtextextended('lineage ' || NEW.place, 0)); "
        "IF TG_OP = 'UPDATE' THEN output := (OLD.made > 0) <> output; END IF; "
        f"IF output THEN {RELINK.format(mark=mark)} "
        f"ELSIF {NEW_IN} THEN {link} ELSE {UNLINK} END IF; "
        "RETURN NULL; END $$"
    )
    for name, event, condition in (
        ("new", "INSERT", "NEW.kind = 'order' AND (NEW.made > 0 OR NEW.quantity > 0)"),
        ("change", "UPDATE", CHANGED),
    ):
        op.execute(
            f"CREATE TRIGGER lineage_{name} AFTER {event} ON balance FOR EACH ROW WHEN ({condition}) "
            "EXECUTE FUNCTION floor_lineage()"
        )
