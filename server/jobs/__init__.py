"""Durable work after the reply: put in a note's own transaction, run by worker processes, repeated without harm."""
