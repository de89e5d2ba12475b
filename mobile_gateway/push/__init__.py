"""Web push (RFC 8030, 8291, 8292): notices to phones whose app is closed."""
