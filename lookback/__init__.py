"""The composition root: reads the settings, wires every package once, and offers the command line."""
