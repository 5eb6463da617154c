"""What a whole turn and the rules cost, measured beside their least cost in the same run."""
