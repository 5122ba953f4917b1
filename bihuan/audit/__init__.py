"""Who acted, what happened, and how a status moves: the audit log that every package writes."""
