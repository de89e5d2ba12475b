"""The schema's history, applied by Alembic: see `server/store/schema.py`."""
