"""Resumable uploads: tus 1.0.0 and draft-ietf-httpbis-resumable-upload, two languages for the same core."""
