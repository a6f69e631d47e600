"""The inbox: what waits for the signed-in person, what they have done, and what can be done with many tasks at once."""
