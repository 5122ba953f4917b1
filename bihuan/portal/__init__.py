"""The pages customers open: no login, signed links, limited rates."""
