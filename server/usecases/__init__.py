"""One module a noun: functions that take a session and do one thing the business has a word for."""
