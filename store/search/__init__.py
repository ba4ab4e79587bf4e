"""Search in every script: what the full-text index holds, what can be typed, ranking, and the places that matched."""
