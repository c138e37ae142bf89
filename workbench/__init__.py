"""Stance workbench."""
