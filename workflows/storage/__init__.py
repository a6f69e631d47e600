"""The domain's tables as a whole, and their migrations."""
