"""Knowledge: YAML files read into validated, read-only models."""
