"""The schema as SQLModel rows: meaning lives in `store.model`, these only say how it is kept."""

from store.tables.books import (
    APPEND_ONLY,
    BalanceRow,
    CountedRow,
    EntryLotRow,
    EntryRow,
    LotRow,
    PostingRow,
    SealRow,
)
from store.tables.desk import ApprovalRow, FiringRow, InboxRow, OutboxRow, PendingRow, WarningRow
from store.tables.lineage import LineageRow
from store.tables.master import (
    CatalogVersion,
    PartnerRow,
    PersonRow,
    PlaceRow,
    ProductRow,
    ReasonRow,
    RecipeRow,
    SiteRow,
    WorkOrderRow,
)
from store.tables.recalls import RecallRow
from store.tables.rules import RuleSettingRow
from store.tables.types import Row

METADATA = Row.metadata
"""All tables of the store."""

__all__ = [
    "APPEND_ONLY",
    "METADATA",
    "ApprovalRow",
    "BalanceRow",
    "CatalogVersion",
    "CountedRow",
    "EntryLotRow",
    "EntryRow",
    "FiringRow",
    "InboxRow",
    "LineageRow",
    "LotRow",
    "OutboxRow",
    "PartnerRow",
    "PendingRow",
    "PersonRow",
    "PlaceRow",
    "PostingRow",
    "ProductRow",
    "ReasonRow",
    "RecallRow",
    "RecipeRow",
    "RuleSettingRow",
    "SealRow",
    "SiteRow",
    "WarningRow",
    "WorkOrderRow",
]
