"""What Look-Back's processes do: campaigns, organisations, hazards and the stages they pass through."""
