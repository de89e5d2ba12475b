"""The reader of mails."""
