"""What people get when a conversation is handed over. Read `model`, then `handover`."""
