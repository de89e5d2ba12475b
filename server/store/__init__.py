"""Tables, named queries, migrations and blobs; the only place that commits."""
