"""Where lots came from and went to: lineage, recalls and their mass balance."""
