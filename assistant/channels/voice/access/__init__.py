"""Who may open a voice line: PINs, tries, limits."""
