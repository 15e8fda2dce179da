"""What makes a running site of the packages below: settings, the embedded database, the supervisor."""
