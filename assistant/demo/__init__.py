"""The demo plant, carried along so that an installed assistant can show itself."""

from pathlib import Path

PLANT = Path(__file__).parent / "plant"
"""The folder of CSV files that describes the demo plant and its opening stock."""
