"""The analysis engine: data in, findings out. It knows no Django, no network and no clock."""
