"""Records that leave the house: standard files and workbooks."""
