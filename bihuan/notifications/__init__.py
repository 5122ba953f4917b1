"""Who hears of what: an event becomes a notice for each person, a page to read them on, a digest a day, a mail."""
