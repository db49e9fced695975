"""What is asked of the API, one file a topic. Values travel as variables; nothing is ever put into these texts."""
