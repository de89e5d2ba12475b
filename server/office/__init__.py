"""The integration API, and the console pages of managers and administrators."""
