"""Recordings: recognised, decoded in a limited process, levelled, trimmed, and encoded. Paths and values only."""
