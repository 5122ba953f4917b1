"""Who works here, in which team, and what their roles allow."""
