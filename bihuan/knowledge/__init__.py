"""Knowledge: what a case taught, written once, reviewed, used again."""
