"""Who hears of what: a fact becomes a notice for each person, a page to read them on, a digest a day, a mail."""
