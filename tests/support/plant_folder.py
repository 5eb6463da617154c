"""The smallest folder of plant files, two products and two places, and what reading a folder refuses."""

from datetime import date
from pathlib import Path

import pytest

from store.errors import LoadRefused
from store.plant.files import read_plant

TODAY = date(2026, 11, 22)
PRODUCTS = "sku,name,kind,base_unit,units,gtin\nR-ROM,Romaine,raw,lb,case=24,\nF-KIT,Kit,finished,ea,case=6,\n"
LOCATIONS = "code,name,kind,parent,check_digits\nC1,Cooler 1,storage,,261\nC1-01,Bay 1,storage,C1,941\n"
LOTS = "lot,sku,supplier,received,expires,location,quantity,unit,status,reference\n"


def faults(folder: Path) -> tuple[str, ...]:
    """Every fault that reading the folder tells."""
    with pytest.raises(LoadRefused) as refused:
        read_plant(folder, TODAY)
    return refused.value.faults
