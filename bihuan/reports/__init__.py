"""Reports: figures that open the rows they count."""
