"""What operators see: logs that never hold what people pasted, `metrics`, and `health`."""
