"""Render: advice in, text out. Every format is a pure function of the advice."""
