"""The business: its rules, its tables, its use cases, its jobs and its office face."""
