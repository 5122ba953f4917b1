"""Who speaks to us, and the little we keep to reach them."""
