"""Who takes part: organisations in their tree, people, and the roles that people have at organisations."""
