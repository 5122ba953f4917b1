"""Labels for one feedback: noise, problem type, urgency, nature, sentiment and scope."""
