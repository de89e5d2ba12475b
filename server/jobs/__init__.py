"""Durable work after the reply; the only caller of the audio package."""
