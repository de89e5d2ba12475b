"""Measurements of the running product, each side by side with a yardstick: `python -m bench`."""
