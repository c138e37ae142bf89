"""Panels: state (traitlets) apart from view (ipywidgets), one folder each."""
