"""Pages for small browsers: HTML without a script, at most 4 KB each, for w3m, old handhelds and new phones alike."""
