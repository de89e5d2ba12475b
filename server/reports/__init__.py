"""Read-only SQL turned into rows, and rows into a table, a chart or a workbook."""
