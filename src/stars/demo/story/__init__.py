"""What has happened in the demonstration: a year of applications, decisions, learning and money."""
