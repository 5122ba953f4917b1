"""Working time: calendars, deadlines and how they came about. Deadline arithmetic here knows no Django and does not read the time."""
