"""What `ramah check` looks at, one file a check: each has ``check(project)``, which yields what it finds."""
