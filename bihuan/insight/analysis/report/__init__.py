"""The report a person reads: one page that needs no script and no network, its lists of rows, and a workbook."""
