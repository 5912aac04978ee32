"""The pure heart: values in, values out. No Slack, database, network or clock."""
