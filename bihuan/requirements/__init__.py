"""What customers want, between diagnosis and plans: said and unsaid, scored with reasons, placed in a queue."""
