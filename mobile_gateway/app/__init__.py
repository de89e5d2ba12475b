"""The pocket app: an installable web application that records without a network."""
