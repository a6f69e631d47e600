"""What the domain adds to the engine's inbox: filters by a hazard's facts, read marks, and acts on many tasks."""
