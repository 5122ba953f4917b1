"""Notifications of events for each recipient: an inbox, a daily digest, and e-mail."""
