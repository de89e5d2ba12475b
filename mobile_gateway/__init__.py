"""Everything that a device talks to: notes in, briefs out, and pages for small browsers."""
