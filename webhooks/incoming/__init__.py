"""What comes in by hook: other platforms, hotlines and sensors tell us something, signed, each call on record."""
