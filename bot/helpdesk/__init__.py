"""The use cases, one file each. Start with `diagnose`."""
