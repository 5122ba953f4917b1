"""Who acted, what happened, and how a status moves: the book every room writes in."""
